"""What a picture costs: `python -m benchmarks.cards [--hostile 1000] [--grow 1000]`.

F is the floor: encoding the finished bitmap as a PNG and nothing else, by `fpng`, in this very run.
Every time is given as a multiple of it. Beside it stands Pillow setting the same words plainly, in
one font, without fallbacks, directions, emoji or a layout.
"""

import argparse
import asyncio
import io
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.resources import files
from itertools import pairwise
from statistics import median, quantiles

import fpng  # type: ignore[import-untyped]
from PIL import Image, ImageDraw, ImageFont

from benchmarks.card_checks import has_tofu, hashes, overflows, slab_studio
from benchmarks.hard_texts import HARD_TEXTS, hostile
from benchmarks.sample_scenes import portrait
from bot.cards.draw import draw
from bot.cards.painter import Painter
from bot.cards.scenes import Picture, QuoteScene, Style
from bot.cards.studio import open_studio

MILLISECONDS = 1000
NORMAL, MIXED, MARKED, LONG = HARD_TEXTS[0], HARD_TEXTS[1:3], HARD_TEXTS[3], HARD_TEXTS[4]


def timed(work: Callable[[], object]) -> float:
    """Return how long *work* took, in milliseconds."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * MILLISECONDS


def busy(work: Callable[[], object]) -> float:
    """Return how long the processor worked on *work*, in milliseconds: neighbours do not count."""
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * MILLISECONDS


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


def print_costs(painter: Painter, runs: int) -> None:
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
        floors, cards, pillows, effort = [], [], [], []
        for scene in scenes:
            bitmap = bitmaps[scene.style]
            cards.append(timed(partial(painter.paint_now, scene)))
            floors.append(timed(partial(fpng.from_pil, bitmap)))
            pillows.append(timed(partial(plainly, scene.text, bitmap.height, size)))
            effort.append(busy(partial(painter.paint_now, scene)))
            effort[-1] /= max(busy(partial(fpng.from_pil, bitmap)), 0.1)
        floor, card, pillow = median(floors), median(cards), median(pillows)
        print(
            f"{name:18} F {floor:5.2f} ms   card {card:6.1f} ms = {card / floor:5.1f} F "
            f"(goal {goal}; of the processor {median(effort):.1f})   "
            f"Pillow {pillow:6.1f} ms = {pillow / floor:5.1f} F"
        )


def print_hostile(count: int) -> None:
    """Print what *count* hostile texts do to each style: faults, and the slowest."""
    studio, slabs = open_studio(), slab_studio()
    spent: list[float] = []
    working: list[float] = []
    exceptions, outside, tofu = 0, 0, 0
    for number, text in enumerate(hostile(count)):
        scene = QuoteScene(text, text[:64], text[64:184], title=text[:40])
        tofu += has_tofu(slabs, scene)
        for style in Style:
            scene = QuoteScene(text, text[:64], text[64:184], title=text[:40], style=style)
            begun, begun_cpu = time.perf_counter(), time.process_time()
            try:
                picture = draw(scene, studio)
            except Exception as error:  # noqa: BLE001
                exceptions += 1
                print(f"text {number}, {style}: {error!r}")
                continue
            spent.append((time.perf_counter() - begun) * MILLISECONDS)
            working.append((time.process_time() - begun_cpu) * MILLISECONDS)
            if faults := overflows(studio, scene, picture):
                outside += 1
                print(f"text {number}, {style}: {', '.join(faults)}")
    print(
        f"{count} hostile × {len(Style)} styles: {exceptions} exceptions, {outside} overflows, "
        f"{tofu} tofu; p50 {median(spent):.0f}, p99 {quantiles(spent, n=100)[98]:.0f} (goal 150), "
        f"max {max(spent):.0f} ms; of the processor p99 {quantiles(working, n=100)[98]:.0f}, "
        f"max {max(working):.0f} ms"
    )


async def print_stall(painter: Painter, seconds: float) -> None:
    """Print how late the event loop wakes, idle and with two cards always in flight."""
    for name, lanes in (("idle", 0), ("two in flight", 2)):
        until = time.perf_counter() + seconds
        drawing = [asyncio.create_task(_draw_on(painter, lane, until)) for lane in range(lanes)]
        late = []
        while time.perf_counter() < until:
            asked = time.perf_counter()
            await asyncio.sleep(0.002)
            late.append((time.perf_counter() - asked - 0.002) * MILLISECONDS)
        cards = sum(await asyncio.gather(*drawing))
        p99 = quantiles(late, n=100)[98]
        print(f"event loop, {name}: p99 {p99:.1f} (goal 5), max {max(late):.1f} ms; {cards} cards")


async def _draw_on(painter: Painter, lane: int, until: float) -> int:
    count = 0
    while time.perf_counter() < until:
        words = f"{NORMAL.words} {lane}/{count}"
        await painter.paint(QuoteScene(words, NORMAL.name, NORMAL.meta))
        count += 1
    return count


def resident() -> float:
    """Return the most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def print_growth(cards: int, batches: int = 3) -> None:
    """Print the most memory held after *cards* cards, and how much more each batch after needs.

    The hostile ones come first, and hold characters that nobody has sent before: the engine
    remembers their shapes, and the largest bitmaps are among them.
    """
    ordinary = [f"{HARD_TEXTS[n % 4].words} {n}" for n in range(cards * batches)]
    for name, texts in (("hostile", hostile(cards * batches, seed=2)), ("ordinary", ordinary)):
        painter = Painter()
        held = []
        for number, text in enumerate(texts, 1):
            style = list(Style)[number % len(Style)]
            painter.paint_now(QuoteScene(text, text[:32], style=style))
            if number % cards == 0:
                held.append(resident())
        more = ", ".join(f"{after - before:+.1f}" for before, after in pairwise(held))
        print(
            f"memory: {held[0]:.0f} MB after {cards} {name} cards, "
            f"{more} MB with each {cards} more (goal 5)"
        )


def golden_scenes() -> list[QuoteScene]:
    """Return thirty scenes, always the same."""
    texts = [*(text.words for text in HARD_TEXTS), *hostile(5, seed=3)]
    avatar = portrait()
    return [
        QuoteScene(text, "Vera ☭", style=style, avatar=avatar) for text in texts for style in Style
    ]


def print_golden() -> None:
    """Print whether thirty cards are the same bytes in any order, thread and process."""
    scenes = golden_scenes()
    first = hashes(open_studio(), scenes)
    studio = open_studio()
    backwards = hashes(studio, scenes[::-1])[::-1]
    with ThreadPoolExecutor(4) as pool:
        threads = list(pool.map(lambda scene: hashes(studio, [scene])[0], scenes))
    command = "import benchmarks.cards as c; print(*c.hashes(c.open_studio(), c.golden_scenes()))"
    fresh = subprocess.run(
        [sys.executable, "-c", command], capture_output=True, check=True, text=True
    ).stdout.split()
    ways = {"backwards": backwards, "in 4 threads": threads, "in a fresh process": fresh}
    print(f"{len(first)} golden hashes: {', '.join(_compared(first, ways.items()))}")


def _compared(first: list[str], ways: Iterable[tuple[str, list[str]]]) -> Iterable[str]:
    return (f"{'same' if first == other else 'DIFFERENT'} {name}" for name, other in ways)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=12, help="cards of each text and style")
    parser.add_argument("--hostile", type=int, default=1000, help="hostile texts")
    parser.add_argument("--grow", type=int, default=1000, help="cards of a batch")
    parser.add_argument("--seconds", type=float, default=4.0, help="of watching the event loop")
    options = parser.parse_args()
    painter = Painter()
    print(f"warm up: {timed(lambda: asyncio.run(painter.warm_up())):.0f} ms")
    print_costs(painter, options.runs)
    asyncio.run(print_stall(Painter(), options.seconds))
    print_golden()
    if options.grow:
        print_growth(options.grow)
    if options.hostile:
        print_hostile(options.hostile)


if __name__ == "__main__":
    main()
