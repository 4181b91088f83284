"""The golden set as questions, and the judgement of one answer to one of them."""

import tomllib
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from bot.canon.answers import Answer
from bot.canon.library import Library
from bot.canon.lookup import Lookup
from bot.canon.models import Entry, Tier
from bot.canon.search import Manner

FOLDER = Path(__file__).parent
HISTORY = "otl "
CHAPTER_LINE = 300
"""Characters: the paragraphs of the chapter are longer, whatever else a saved page holds is not."""


@dataclass(frozen=True)
class Question:
    """What is asked and what must come; see the heads of the files for how entries are named.

    *single*: whether showing the one entry at once would be right.
    """

    ask: str
    label: str
    first: frozenset[str]
    exactly: tuple[str, ...] | None
    miss: bool
    single: bool
    work: str | None

    @property
    def held_out(self) -> bool:
        """A third of the set, by chance: nothing was ever tuned on these before being measured."""
        return blake2b(self.ask.encode(), digest_size=2).digest()[0] % 3 == 0


@dataclass(frozen=True)
class Verdict:
    """How one answer did. *came*: what stood first, for the report."""

    question: Question
    first: bool
    within_five: bool
    wrong_single: bool
    came: str


def questions(corpus: str) -> list[Question]:
    """Return the questions over *corpus*: "seeds" or "originals"."""
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        table = tomllib.loads(path.read_text("utf-8"))
        if corpus in table["over"]:
            found += [
                _question(label, entry)
                for label, entries in table["queries"].items()
                for entry in entries
            ]
    return found


def _question(label: str, entry: dict[str, Any]) -> Question:
    exactly = tuple(entry["exactly"]) if "exactly" in entry else None
    first = entry.get("first", [])
    names = frozenset([first] if isinstance(first, str) else first) or frozenset(exactly or ())
    miss = entry.get("miss", False)
    alone = len(exactly) == 1 if exactly else len(names) == 1
    return Question(
        entry["ask"], label, names, exactly, miss, entry.get("single", alone), entry.get("work")
    )


_PARAGRAPHS: WeakKeyDictionary[Library, dict[str, int]] = WeakKeyDictionary()


async def paragraphs(library: Library) -> dict[str, int]:
    """Return the key of each paragraph of the chapter → which one it is, from 1."""
    if library in _PARAGRAPHS:
        return _PARAGRAPHS[library]
    rows = await library.file.fetch(
        "SELECT passage.key, passage.text FROM passage JOIN work ON work.id = passage.work_id"
        " WHERE work.slug = 'red-guards' AND passage.tier <> 'comment'"
        " ORDER BY passage.source_id, passage.number"
    )
    long = [row["key"] for row in rows if len(row["text"]) > CHAPTER_LINE]
    _PARAGRAPHS[library] = {key: number for number, key in enumerate(long, 1)}
    return _PARAGRAPHS[library]


def named(entry: Entry, numbers: dict[str, int]) -> str:
    """Return *entry* as the golden files name it."""
    if entry.date:
        return (HISTORY if entry.work.is_history else "") + entry.date.written
    if entry.source.tier is Tier.CHAPTER:
        return f"¶{numbers.get(entry.key, 0)}"
    return "intro"


async def judged(question: Question, lookup: Lookup, library: Library) -> Verdict:
    """Ask *question* and judge the answer."""
    numbers = await paragraphs(library)
    view = library.view(question.work)
    answer = await lookup.answer(question.ask, view)
    came = [named(entry, numbers) for entry in answer.entries]
    page = 1
    while question.exactly and len(came) < answer.total:
        more = (await lookup.answer(question.ask, view, page)).entries
        came += [named(entry, numbers) for entry in more]
        page += 1
    single_is_right = question.single and bool(came) and came[0] in question.first
    return Verdict(
        question,
        _is_first(question, answer, came),
        _is_near(question, answer, came),
        answer.single and not single_is_right,
        f"{came[:5]} of {answer.total}, {'single, ' if answer.single else ''}{answer.manner.name}",
    )


def _is_first(question: Question, answer: Answer, came: list[str]) -> bool:
    if question.miss:
        return _missed(answer)
    if question.exactly is not None:
        return came == list(question.exactly)
    return bool(came) and came[0] in question.first


def _is_near(question: Question, answer: Answer, came: list[str]) -> bool:
    if question.miss:
        return _missed(answer)
    return not question.first.isdisjoint(came[:5])


def _missed(answer: Answer) -> bool:
    """Nothing, or an honest “nothing has all of that” with what comes nearest."""
    return not answer.single and (not answer.total or answer.manner is Manner.SOME)
