"""What pictures do to the process that draws them and to the event loop, and under strain."""

import asyncio
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles

from benchmarks.card_checks import has_tofu, hashes, overflows, slab_studio
from benchmarks.card_goals import MILLISECONDS, Goals
from benchmarks.hard_texts import HARD_TEXTS, hostile
from benchmarks.sample_scenes import portrait
from bot.cards.draw import draw
from bot.cards.painter import DEADLINE, Painter
from bot.cards.printer import Printer
from bot.cards.scenes import QuoteScene, Style
from bot.cards.studio import open_studio

NORMAL = HARD_TEXTS[0]


async def judge_printer(seconds: float, goals: Goals) -> None:
    """Print what a short card costs through the printer's pipes, beside a thread, in turn."""
    printer = Printer(DEADLINE)
    there, here = Painter(printer=printer), Painter()
    begun = time.perf_counter()
    await there.warm_up()
    print(f"the printer begins in {time.perf_counter() - begun:.1f} s")
    await here.warm_up()
    spent: dict[Painter, list[float]] = {there: [], here: []}
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        for painter, times in spent.items():
            asked = time.perf_counter()
            words = f"{NORMAL.words} {len(times)}"
            await painter.paint(QuoteScene(words, NORMAL.name, NORMAL.meta))
            times.append((time.perf_counter() - asked) * MILLISECONDS)
    held = most_held(str(printer.process_id))
    print(
        f"a short card: {median(spent[there]):.1f} ms by the printer, "
        f"{median(spent[here]):.1f} ms in a thread; the printer holds "
        f"{held:.0f} MB"
    )
    goals.at_most("by the printer, times a thread", median(spent[there]) / median(spent[here]), 1.5)
    await there.close()


async def judge_stall(seconds: float, goals: Goals) -> None:
    """Print how late the event loop wakes, idle and with two cards always in flight."""
    for where, printer in (("in the printer", Printer(DEADLINE)), ("in threads", None)):
        painter = Painter(printer=printer)
        await painter.warm_up()
        for name, lanes in (("idle", 0), ("two cards in flight", 2)):
            late, cards = await _lateness(painter, lanes, seconds)
            p99 = quantiles(late, n=100)[98]
            print(
                f"event loop, {name}, drawn {where}: late by {p99:.1f} ms (p99), "
                f"{max(late):.1f} (max); {cards} cards"
            )
            if lanes:
                goals.at_most(f"late by, p99 in ms, drawn {where}", p99, 5)
        await painter.close()


async def _lateness(painter: Painter, lanes: int, seconds: float) -> tuple[list[float], int]:
    until = time.perf_counter() + seconds
    drawing = [asyncio.create_task(_draw_on(painter, lane, until)) for lane in range(lanes)]
    late = []
    while time.perf_counter() < until:
        asked = time.perf_counter()
        await asyncio.sleep(0.002)
        late.append((time.perf_counter() - asked - 0.002) * MILLISECONDS)
    return late, sum(await asyncio.gather(*drawing))


async def _draw_on(painter: Painter, lane: int, until: float) -> int:
    count = 0
    while time.perf_counter() < until:
        words = f"{NORMAL.words} {lane}/{count}"
        await painter.paint(QuoteScene(words, NORMAL.name, NORMAL.meta))
        count += 1
    return count


def golden_scenes() -> list[QuoteScene]:
    """Return thirty scenes, always the same."""
    texts = [*(text.words for text in HARD_TEXTS), *hostile(5, seed=3)]
    avatar = portrait()
    return [
        QuoteScene(text, "Vera ☭", style=style, avatar=avatar) for text in texts for style in Style
    ]


def judge_golden(goals: Goals) -> None:
    """Print whether thirty cards are the same bytes in any order, thread and process."""
    scenes = golden_scenes()
    first = hashes(open_studio(), scenes)
    studio = open_studio()
    backwards = hashes(studio, scenes[::-1])[::-1]
    with ThreadPoolExecutor(4) as pool:
        threads = list(pool.map(lambda scene: hashes(studio, [scene])[0], scenes))
    command = (
        "import benchmarks.card_strain as c; print(*c.hashes(c.open_studio(), c.golden_scenes()))"
    )
    fresh = subprocess.run(
        [sys.executable, "-c", command], capture_output=True, check=True, text=True
    ).stdout.split()
    ways = {"backwards": backwards, "in 4 threads": threads, "in a fresh process": fresh}
    for way, other in ways.items():
        differing = sum(before != after for before, after in zip(first, other, strict=True))
        goals.at_most(f"of {len(first)} cards drawn {way}, other bytes", differing, 0)


def judge_growth(cards: int, goals: Goals) -> None:
    """Print the most memory held after *cards* cards, and how much more each batch after needs.

    Of hostile ones, three batches of characters that nobody has sent before (the engine remembers
    their shapes, and the largest bitmaps are among them); of ordinary ones, two. Each in a process
    of its own, because a process never holds less than it has held.
    """
    for kind, batches in (("hostile", 3), ("ordinary", 2)):
        command = f"import benchmarks.card_strain as c; c.print_held('{kind}', {cards}, {batches})"
        printed = subprocess.run(
            [sys.executable, "-c", command], capture_output=True, check=True, text=True
        ).stdout
        held = [float(figure) for figure in printed.split()]
        for number, (before, after) in enumerate(pairwise(held), 2):
            goals.at_most(
                f"MB that batch {number} of {cards} {kind} cards needs", after - before, 5
            )
        goals.at_most(f"MB held at most, {kind} cards", held[-1], 250)


def print_held(kind: str, cards: int, batches: int) -> None:
    """Draw cards of a *kind* and print the most memory this process has held after each batch."""
    count = cards * batches
    ordinary = (f"{HARD_TEXTS[n % 4].words} {n}" for n in range(count))
    painter = Painter()
    for number, text in enumerate(hostile(count, seed=2) if kind == "hostile" else ordinary, 1):
        style = list(Style)[number % len(Style)]
        painter.paint_now(QuoteScene(text, text[:32], style=style))
        if number % cards == 0:
            print(most_held())


def most_held(process: str = "self") -> float:
    """Return the most memory a process has held, in MB. Not `getrusage`: that counts its parent."""
    status = Path(f"/proc/{process}/status").read_text("ascii")
    found = re.search(r"VmHWM:\s+(\d+)", status)
    return int(found[1]) / 1024 if found else 0.0


def judge_hostile(count: int, goals: Goals) -> None:
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
        f"{count} hostile texts in {len(Style)} styles: p50 {median(spent):.0f}, "
        f"p99 {quantiles(spent, n=100)[98]:.0f}, max {max(spent):.0f} ms by the clock"
    )
    goals.at_most("exceptions", exceptions, 0)
    goals.at_most("outside their room", outside, 0)
    goals.at_most("tofu", tofu, 0)
    goals.at_most("p99, ms of the processor", quantiles(working, n=100)[98], 150)
