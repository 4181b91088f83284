"""The lines of autocomplete, and what one that comes back as text stands for. Pure.

Discord sends a choice's value, but its label where a reader taps, then edits or pastes. A label may
come back in any language: whoever presses a button under the answer may read another.
"""

import re
from collections.abc import Collection, Iterator

from bot.canon.excerpt import CUT, excerpt
from bot.canon.kinds import kind_called, kind_name
from bot.canon.models import EntityKind, Entry
from bot.language.speech import LANGUAGES, say, say_many, speaking

MAX_LABEL = 100
"""Discord's limit on the characters of a line, and of what it stands for."""
SEPARATOR = " · "
_WORK_ROOM = 30
_NAME_ROOM = 40
_DASH = " — "
_COUNTS = (1, 2, 5)
"""Numbers of which each language has one for each of its plural forms."""


def label(entry: Entry, words: Collection[str] = ()) -> str:
    """Return the line that stands for *entry*; `Lookup` can find it again by this alone.

    For a paragraph that is its number and the part of it that says *words*.
    """
    tail = work_tail(entry.work.title)
    if entry.date:
        room = MAX_LABEL - len(entry.date.written) - len(tail) - len(SEPARATOR)
        return f"{entry.date.written}{SEPARATOR}{shortened(entry.title, room)}{tail}"
    room = MAX_LABEL - len(tail) - 8
    about = excerpt(one_line(entry.text), words, room).replace(CUT, "").strip()
    return f"¶{entry.number}{SEPARATOR}{shortened(about, room)}{tail}"


def entity_label(name: str, kind: str, work: str, alias: str | None) -> str:
    """Return the line that stands for an entity, with the *alias* that was typed, if any."""
    line = f"{shown_name(name)}{_DASH}{kind_name(EntityKind(kind))}{work_tail(work)}"
    room = MAX_LABEL - len(line) - len(_also(""))
    return f"{line}{_also(shortened(alias, room))}" if alias and room > 0 else line


def _also(alias: str) -> str:
    return " " + say("(alias: {alias})", alias=alias)


def shown_name(name: str) -> str:
    """Return an entity's *name* as its line has it."""
    return shortened(name, _NAME_ROOM)


def read_entity_label(line: str) -> tuple[str, EntityKind] | None:
    """Return the (perhaps shortened) name and the kind in *line* without its work, or None."""
    name, _, word = line.rpartition(_DASH)
    kind = kind_called(word) if name else None
    return (name, kind) if kind else None


def without_alias(line: str) -> str:
    """Return an entity's *line* without the alias that was typed."""
    for language in LANGUAGES:
        with speaking(language):
            opening = _also("").removesuffix(")")
        if opening in line and line.endswith(")"):
            return line.rpartition(opening)[0]
    return line


def work_tail(title: str) -> str:
    """Return the end of a line, which names the work."""
    return f"{SEPARATOR}{one_line(title)[:_WORK_ROOM].strip()}"


def group_label(asked: str, count: int, *, everything: bool = False, first: str = "") -> str:
    """Return the line that stands for the *count* entries which *asked* brings."""
    line = _grouped(asked, count, everything=everything)
    return shortened(f"{line}: {first}" if first else line)


def _grouped(asked: str, count: int, *, everything: bool, **shown: str) -> str:
    if everything:
        return say_many(
            "{asked} — all of {number} entry",
            "{asked} — all {number} entries",
            count,
            asked=asked,
            **shown,
        )
    return say_many(
        "{asked} — {number} entry", "{asked} — {number} entries", count, asked=asked, **shown
    )


def asked_of_group(line: str) -> str | None:
    """Return what the `group_label` *line* asks for, or None when it is none."""
    if _DASH not in line:
        return None
    matches = (re.fullmatch(pattern, line) for pattern in _group_patterns())
    return next((match[1] for match in matches if match), None)


def _group_patterns() -> Iterator[str]:
    """Yield what a `group_label` looks like in each language, for each form of its number."""
    for language in LANGUAGES:
        for everything in (False, True):
            for count in _COUNTS:
                with speaking(language):
                    line = _grouped("\0", count, everything=everything, number="\1")
                asked = re.escape(line).replace("\0", "(.+?)")
                yield asked.replace("\1", r"[\d.,\s]+") + "(?:: .*)?"


def shortened(text: str, length: int = MAX_LABEL) -> str:
    """Return *text* on one line of *length* characters at most, cut between words with `…`."""
    text = one_line(text)
    if len(text) <= length:
        return text
    head = text[: max(length - 1, 0)]
    cut = head.rfind(" ")
    return head[: cut if cut > length // 2 else len(head)].rstrip(" ,;:–—-") + "…"


def one_line(text: str) -> str:
    """Return *text* with every white space as a single blank."""
    return " ".join(text.split())
