"""One studio for all tests of pictures: the fonts are read once a process."""

import io
from collections.abc import Callable

import pytest
from PIL import Image

from bot.cards.clean import Cleaner
from bot.cards.draw import draw
from bot.cards.fonts import open_shelf
from bot.cards.scenes import Picture, QuoteScene, Scene, Style
from bot.cards.studio import Studio, open_studio


@pytest.fixture(scope="session")
def studio() -> Studio:
    return open_studio()


@pytest.fixture(scope="session")
def cleaner() -> Cleaner:
    return Cleaner(open_shelf())


@pytest.fixture
def drawn(studio) -> Callable[[Scene], Picture]:
    return lambda scene: draw(scene, studio)


@pytest.fixture
def card(drawn) -> Callable[..., Picture]:
    """Draw a quote card in the plain style, unless told otherwise."""

    def draw_card(text: str, name: str = "Vera", **fields) -> Picture:
        return drawn(QuoteScene(text, name, **{"style": Style.PLAIN, **fields}))

    return draw_card


@pytest.fixture
def png() -> Callable[..., bytes]:
    """Return the bytes of a picture in one colour."""

    def make(colour="#3f5468", size=(256, 256), kind="PNG", **options) -> bytes:
        file = io.BytesIO()
        Image.new("RGB", size, colour).save(file, kind, **options)
        return file.getvalue()

    return make


def pixels(picture: Picture) -> Image.Image:
    with Image.open(io.BytesIO(picture.png)) as opened:
        return opened.convert("RGB")
