"""The bot's own pictures, and that a wheel carries what the press reads."""

from importlib.resources import files

import pytest

from bot.cards.looks import LOOKS
from bot.cards.painter import Painter
from bot.cards.scenes import Style


def test_the_portrait_and_the_banner_have_the_sizes_of_discord():
    painter = Painter()

    assert (painter.avatar().width, painter.avatar().height) == (512, 512)
    assert (painter.banner().width, painter.banner().height) == (1360, 480)
    assert painter.avatar().alt
    assert painter.banner().alt


@pytest.mark.parametrize("style", Style)
def test_every_style_has_its_sheets_and_no_size_is_too_small_to_read(style):
    canvases = LOOKS[style].canvases

    for canvas in canvases:
        assert (files("bot.cards") / "sheets" / f"{canvas.sheet}.html").is_file()
        assert 24 <= canvas.smallest < canvas.largest
    assert [canvas.height for canvas in canvases] == sorted(canvas.height for canvas in canvases)
