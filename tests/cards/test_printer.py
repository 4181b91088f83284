"""The printer: whatever a card does to the engine, the bot lives and the next card is drawn."""

import asyncio
import os
import signal

import pytest

from bot.cards.errors import PaintingError
from bot.cards.painter import Painter
from bot.cards.printer import Printer
from bot.cards.scenes import Picture, QuoteScene
from bot.language.speech import speaking
from bot.workers import worker

BROKEN = "tests.cards.broken_printer"


def scene(words: str) -> QuoteScene:
    return QuoteScene(words, "Vera")


def nobody_opens_a_studio():
    raise AssertionError("drawn in the bot's own process")


@pytest.fixture
async def painter_with(monkeypatch):
    monkeypatch.setattr(worker, "_PAUSE", 0)
    made = []

    def make(entry="open_printer", deadline=20.0, **parts):
        made.append(Painter(printer=Printer(deadline, f"{BROKEN}:{entry}"), **parts))
        return made[-1]

    yield make
    for painter in made:
        await painter.close()


async def test_a_picture_of_the_printer_is_the_same_as_one_of_a_thread():
    painter = Painter(open_with=nobody_opens_a_studio, printer=Printer(20.0))
    await painter.warm_up()
    with speaking("de"):
        drawn = await painter.paint(scene("Steel and bread"))
    await painter.close()

    assert drawn.png == Painter().paint_now(scene("Steel and bread")).png
    assert drawn.alt.startswith("Zitatkarte")


@pytest.mark.parametrize("trouble", ["abort", "raise"])
async def test_a_card_that_breaks_the_engine_is_told_kindly_and_the_next_is_drawn(
    painter_with, trouble
):
    painter = painter_with(open_with=nobody_opens_a_studio)
    broken, beside = await asyncio.gather(
        painter.paint(scene(trouble)), painter.paint(scene("beside")), return_exceptions=True
    )

    assert isinstance(broken, PaintingError)
    assert isinstance(beside, Picture)
    assert (await painter.paint(scene("next"))).alt == "next"


async def test_a_card_that_never_ends_is_ended_and_the_next_is_drawn(painter_with):
    painter = painter_with(deadline=2.0, open_with=nobody_opens_a_studio)
    await painter.warm_up()
    with pytest.raises(PaintingError):
        await painter.paint(scene("hang"))

    assert (await painter.paint(scene("next"))).alt == "next"


async def test_a_printer_that_was_killed_between_two_cards_is_not_noticed(painter_with):
    painter = painter_with(open_with=nobody_opens_a_studio)
    await painter.paint(scene("before"))
    first = painter._printer.process_id
    os.kill(first, signal.SIGKILL)
    async with asyncio.timeout(20):
        while painter._printer.process_id == first:  # noqa: ASYNC110 - nothing tells
            await asyncio.sleep(0.01)

    assert (await painter.paint(scene("after"))).alt == "after"


async def test_where_no_process_lives_the_bot_draws_itself(painter_with):
    painter = painter_with("die_at_once")
    await painter.warm_up()

    assert (await painter.paint(scene("here"))).png.startswith(b"\x89PNG")


async def test_the_printer_is_told_no_secrets(painter_with, monkeypatch, caplog):
    monkeypatch.setenv("DISCORD_TOKEN", "x")
    painter = painter_with()
    with pytest.raises(PaintingError):
        await painter.paint(scene("environment"))

    assert "PATH" in caplog.text
    assert "DISCORD_TOKEN" not in caplog.text
