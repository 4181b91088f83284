"""What a picture costs: `python -m benchmarks.cards`, five minutes on a quiet machine.

F is the floor: encoding the finished bitmap as a PNG and nothing else, by `fpng`, in this very run.
Every time is given as a multiple of it. Beside it stands Pillow setting the same words plainly, in
one font, without fallbacks, directions, emoji or a layout. The time of the processor is judged,
which neighbours on the machine change little; the time by the clock stands beside it.
"""

import argparse
import asyncio
import io
from collections.abc import Callable, Sequence
from functools import partial
from importlib.resources import files
from statistics import median

import fpng  # type: ignore[import-untyped]
from PIL import Image, ImageDraw, ImageFont

from benchmarks.card_goals import Goals, busy, timed
from benchmarks.card_strain import (
    judge_golden,
    judge_growth,
    judge_hostile,
    judge_printer,
    judge_stall,
)
from benchmarks.hard_texts import HARD_TEXTS
from benchmarks.sample_scenes import portrait
from bot.cards.painter import Painter
from bot.cards.scenes import Picture, QuoteScene, Style

NORMAL, MIXED, MARKED, LONG = HARD_TEXTS[0], HARD_TEXTS[1:3], HARD_TEXTS[3], HARD_TEXTS[4]


def bitmap_of(picture: Picture) -> Image.Image:
    """Return the finished bitmap of a picture."""
    with Image.open(io.BytesIO(picture.png)) as opened:
        return opened.convert("RGB")


def plainly(words: str, height: int, size: int) -> bytes:
    """Return the words set by Pillow alone: one font, lines broken by length, PNG level 1."""
    place = files("manimgx_fonts") / "NotoSans[wght].ttf"
    font = ImageFont.truetype(io.BytesIO(place.read_bytes()), size)
    picture = Image.new("RGB", (1200, height), "#17181c")
    pencil = ImageDraw.Draw(picture)
    line, top = "", 60.0
    for word in words.split():
        if line and font.getlength(f"{line} {word}") > 1080:
            pencil.text((60, top), line, font=font, fill="white")
            line, top = word, top + size * 1.3
        else:
            line = f"{line} {word}".strip()
    pencil.text((60, top), line, font=font, fill="white")
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=1)
    return file.getvalue()


def normal_scenes(words: Sequence[str], runs: int) -> list[QuoteScene]:
    """Return *runs* cards for each style, each with words of its own: nothing is remembered."""
    avatar = portrait()
    return [
        QuoteScene(f"{text} {number}.", NORMAL.name, NORMAL.meta, style=style, avatar=avatar)
        for number in range(runs)
        for text in words
        for style in Style
    ]


def judge_costs(painter: Painter, runs: int, goals: Goals) -> None:
    """Print the median of each kind of text in F, and Pillow's beside it.

    The three are timed in turn, so that a busy machine slows all of them alike.
    """
    kinds = (
        ("≤ 300 characters", [NORMAL.words, MARKED.words], 40, 12),
        ("mixed scripts", [text.words for text in MIXED], 40, 20),
        ("2,000 characters", [LONG.words[:1990]], 26, 15),
    )
    for name, words, size, goal in kinds:
        scenes = normal_scenes(words, runs)
        bitmaps = {
            scene.style: bitmap_of(painter.paint_now(scene)) for scene in scenes[: 3 * len(words)]
        }
        floor, card, pillow = (_Timed(), _Timed(), _Timed())
        for scene in scenes:
            bitmap = bitmaps[scene.style]
            card.add(partial(painter.paint_now, scene))
            floor.add(partial(fpng.from_pil, bitmap))
            pillow.add(partial(plainly, scene.text, bitmap.height, size))
        print(
            f"{name}: F {floor.effort:.2f} ms; card {card.effort:.1f} ms; Pillow "
            f"{pillow.effort:.1f} ms = {pillow.effort / floor.effort:.1f} F; by the clock "
            f"F {floor.clock:.2f}, card {card.clock:.1f}, Pillow {pillow.clock:.1f} ms"
        )
        goals.at_most(f"{name}, in F", card.effort / floor.effort, goal)


class _Timed:
    """The medians of what was timed: ms by the clock, and of the processor."""

    def __init__(self) -> None:
        self._clock: list[float] = []
        self._effort: list[float] = []

    def add(self, work: Callable[[], object]) -> None:
        self._effort.append(busy(lambda: self._clock.append(timed(work))))

    @property
    def clock(self) -> float:
        return median(self._clock)

    @property
    def effort(self) -> float:
        return max(median(self._effort), 0.1)


def main() -> None:
    """Measure, print and judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=12, help="cards of each text and style")
    parser.add_argument("--hostile", type=int, default=1000, help="hostile texts")
    parser.add_argument("--grow", type=int, default=1000, help="cards of a batch")
    parser.add_argument("--seconds", type=float, default=4.0, help="of watching the event loop")
    options = parser.parse_args()
    goals, painter = Goals(), Painter()
    print(f"warm up: {timed(lambda: asyncio.run(painter.warm_up())):.0f} ms")
    judge_costs(painter, options.runs, goals)
    asyncio.run(judge_printer(options.seconds, goals))
    asyncio.run(judge_stall(options.seconds, goals))
    judge_golden(goals)
    if options.grow:
        judge_growth(options.grow, goals)
    if options.hostile:
        judge_hostile(options.hostile, goals)
    goals.close()


if __name__ == "__main__":
    main()
