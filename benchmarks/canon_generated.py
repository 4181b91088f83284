"""A big canon that nobody wrote: a million words, 100,000 entries, 20,000 names."""

import calendar
import random
import re
from collections.abc import Sequence
from pathlib import Path

WORKS, ENTRIES, NAMES, WORDS_EACH = 4, 100_000, 20_000, 10


def generate(folder: Path, chance: random.Random) -> list[str]:
    """Write the big canon's seeds into *folder* and return queries about it."""
    every = _words(chance, 24_000)
    vocabulary, given, family = every[:20_000], every[20_000:22_000], every[22_000:]
    # As in any language: a few words everywhere, most of them hardly ever.
    weights = [1 / (rank + 3) for rank in range(len(vocabulary))]
    asked: list[str] = []
    for number in range(WORKS):
        place = folder / f"work-{number}"
        place.mkdir()
        (place / "canon.toml").write_text(f'title = "Work {number}"\n', "utf-8")
        pairs = chance.sample(range(4_000_000), NAMES // WORKS)
        names = [f"{given[n % 2000]} {family[n // 2000]}".title() for n in pairs]
        entities = [f'[[entity]]\nname = "{name}"\nkind = "person"\n' for name in names]
        (place / "lexicon.toml").write_text("\n".join(entities), "utf-8")
        lines = []
        for at in range(ENTRIES // WORKS):
            year = 1800 + at * 200 // (ENTRIES // WORKS)
            said = chance.choices(vocabulary, weights, k=WORDS_EACH - 2)
            text = f"{chance.choice(names)} {' '.join(said)}"
            lines.append(
                f"• {chance.randint(1, 28)} {calendar.month_name[at % 12 + 1]} {year}. {text}."
            )
            if at % 500 == 0:
                asked += _about(said, names, year, chance)
        (place / "timeline.txt").write_text("\n\n".join(lines), "utf-8")
    return asked


def _words(chance: random.Random, count: int) -> list[str]:
    """Return *count* different words that could be names of a language."""
    onsets = re.findall(r"[a-z]+", "b br d dr f g gr h k kl l m n p r s st t tr v w z")
    vowels = ["a", "e", "i", "o", "u", "ai", "ei", "ou"]
    ends = ["", "n", "r", "s", "k", "l", "m", "nd", "rg", "sk"]
    made: dict[str, None] = {}
    while len(made) < count:
        syllables = chance.randint(2, 4)
        word = "".join(chance.choice(onsets) + chance.choice(vowels) for _ in range(syllables))
        made.setdefault(word + chance.choice(ends))
    return list(made)


def _about(
    said: Sequence[str], names: Sequence[str], year: int, chance: random.Random
) -> list[str]:
    name = chance.choice(names)
    at = chance.randrange(len(name) - 1)
    typo = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return [
        name,
        typo,
        f"{said[0]} {said[1]}",
        f"who {said[2]} {said[3]} {said[4]}?",
        f"{said[5]} {year}",
        str(year),
        f"{calendar.month_name[year % 12 + 1]} {year}",
        f"{year}-{year + 5}",
    ]
