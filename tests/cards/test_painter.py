"""The painter under strain: one card that hangs or breaks never spoils the next."""

import asyncio
import threading

import pytest

from bot.cards.errors import PainterBusyError, PaintingError
from bot.cards.painter import AT_ONCE, KEPT, QUEUE, Painter
from bot.cards.scenes import Picture, QuoteScene
from bot.errors import BotError


def scene(words: str) -> QuoteScene:
    return QuoteScene(words, "Vera")


class Panic(BaseException):
    """What the engine's own faults are for Python: no Exception."""


class Gate:
    """Draws when let through; "break" and "panic" raise; "hang" waits until the test is over."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.studios: list[object] = []
        self.at_once = self.most_at_once = self.drawn = 0
        self._lock = threading.Lock()

    def __call__(self, drawn: QuoteScene, studio: object) -> Picture:
        with self._lock:
            self.studios.append(studio)
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            if drawn.text == "break":
                raise RuntimeError("the engine broke")
            if drawn.text == "panic":
                raise Panic
            if drawn.text == "hang":
                self.open.wait(30)
            elif drawn.text.startswith("slow"):
                self.open.wait(1)
            self.drawn += 1
            return Picture(drawn.text.encode(), 1, 1, drawn.text)
        finally:
            with self._lock:
                self.at_once -= 1


@pytest.fixture
def gate():
    made = Gate()
    yield made
    made.open.set()


@pytest.fixture
def painter(gate) -> Painter:
    return Painter(gate, deadline=0.2)


async def test_a_scene_becomes_a_picture():
    painter = Painter()
    await painter.warm_up()
    picture = await painter.paint(scene("All power to the readers"))

    assert picture.png.startswith(b"\x89PNG")
    assert (picture.width, picture.height) == (1200, 630)
    assert "All power to the readers" in picture.alt


async def test_the_same_scene_is_drawn_once(painter, gate):
    first = await painter.paint(scene("a"))

    assert await painter.paint(scene("a")) is first
    assert gate.drawn == 1


async def test_another_avatar_is_another_picture(painter, gate):
    for avatar in (None, b"one", b"two", b"one"):
        await painter.paint(QuoteScene("a", "Vera", avatar=avatar))

    assert gate.drawn == 3


async def test_only_the_last_pictures_are_remembered(painter, gate):
    for number in range(KEPT + 1):
        await painter.paint(scene(str(number)))
    await painter.paint(scene("0"))
    await painter.paint(scene(str(KEPT)))

    assert gate.drawn == KEPT + 2


async def test_a_break_is_said_kindly_and_the_next_card_works(painter):
    with pytest.raises(PaintingError) as caught:
        await painter.paint(scene("break"))

    assert isinstance(caught.value, BotError)
    assert "words themselves are fine" in str(caught.value)
    assert (await painter.paint(scene("next"))).alt == "next"


@pytest.mark.parametrize("trouble", ["break", "panic"])
async def test_whatever_broke_is_said_kindly_and_its_sheets_are_not_used_again(
    painter, gate, trouble
):
    await painter.paint(scene("before"))
    with pytest.raises(PaintingError):
        await painter.paint(scene(trouble))

    assert (await painter.paint(scene("next"))).alt == "next"
    assert gate.studios[0] is gate.studios[1]
    assert gate.studios[1] is not gate.studios[2]


async def test_a_panic_while_warming_up_keeps_nobody_from_starting():
    def die(_scene, _studio):
        raise Panic

    await Painter(die).warm_up()


async def test_a_hang_ends_at_the_deadline_and_the_next_card_has_a_fresh_studio(painter, gate):
    await painter.paint(scene("before"))
    with pytest.raises(PaintingError):
        await painter.paint(scene("hang"))

    assert (await painter.paint(scene("next"))).alt == "next"
    assert gate.studios[0] is gate.studios[1]
    assert gate.studios[1] is not gate.studios[2]


async def test_when_all_hang_nobody_waits_for_ever_and_all_is_well_once_they_are_through(
    painter, gate
):
    for _ in range(4):
        with pytest.raises(PaintingError):
            await painter.paint(scene("hang"))
    with pytest.raises(PainterBusyError):
        await painter.paint(scene("next"))
    gate.open.set()
    await asyncio.sleep(0.1)

    assert (await painter.paint(scene("next"))).alt == "next"


async def test_two_are_drawn_at_once_and_the_queue_has_an_end(gate):
    painter = Painter(gate)
    waiting = [
        asyncio.create_task(painter.paint(scene(f"slow {number}")))
        for number in range(AT_ONCE + QUEUE + 3)
    ]
    await asyncio.sleep(0.05)
    gate.open.set()
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)

    assert sum(isinstance(outcome, PainterBusyError) for outcome in outcomes) == 3
    assert sum(isinstance(outcome, Picture) for outcome in outcomes) == AT_ONCE + QUEUE
    assert gate.most_at_once == AT_ONCE


async def test_a_caller_that_goes_away_leaves_its_place(gate):
    painter = Painter(gate)
    gone = [asyncio.create_task(painter.paint(scene(f"slow {number}"))) for number in range(3)]
    await asyncio.sleep(0.02)
    for task in gone:
        task.cancel()
    await asyncio.gather(*gone, return_exceptions=True)
    after = [asyncio.create_task(painter.paint(scene(f"slow too {number}"))) for number in range(3)]
    await asyncio.sleep(0.02)
    gate.open.set()
    await asyncio.gather(*after)

    assert (await painter.paint(scene("next"))).alt == "next"
    assert gate.most_at_once <= AT_ONCE


async def test_the_event_loop_keeps_turning_while_cards_are_drawn():
    painter = Painter()
    await painter.warm_up()
    drawing = [asyncio.create_task(painter.paint(scene(f"words {number}"))) for number in range(12)]
    turns = 0
    while not all(task.done() for task in drawing):
        await asyncio.sleep(0)
        turns += 1

    assert turns > 50
    assert len({task.result().png for task in drawing}) == 12


def test_without_a_loop_it_draws_too():
    assert Painter().paint_now(scene("now")).png.startswith(b"\x89PNG")


async def test_fonts_that_cannot_be_read_are_said_kindly_and_tried_again(gate):
    answers = iter([OSError("no fonts"), OSError("no fonts"), "a studio"])

    def open_with():
        answer = next(answers)
        if isinstance(answer, OSError):
            raise answer
        return answer

    painter = Painter(gate, open_with)
    await painter.warm_up()
    with pytest.raises(PaintingError):
        await painter.paint(scene("too early"))

    assert (await painter.paint(scene("now"))).alt == "now"
    assert gate.studios == ["a studio"]
