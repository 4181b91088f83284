"""The lines of autocomplete, and what one that comes back as text stands for. Pure.

Discord sends a choice's value, but its label where a reader taps, then edits or pastes.
"""

import re
from collections.abc import Collection

from bot.canon.excerpt import CUT, excerpt
from bot.canon.models import Entry

MAX_LABEL = 100
"""Discord's limit on the characters of a line, and of what it stands for."""
SEPARATOR = " · "
_WORK_ROOM = 30
_NAME_ROOM = 40
_GROUP = re.compile(r"(.+?) — (?:all )?[\d,]+ entr(?:y|ies)(?:: .*)?")
_ALIAS = " (alias: "
_ENTITY = re.compile(r"(.+) — ([a-z]+)")


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
    line = f"{shown_name(name)} — {kind}{work_tail(work)}"
    room = MAX_LABEL - len(line) - len(_ALIAS) - 1
    return f"{line}{_ALIAS}{shortened(alias, room)})" if alias and room > 0 else line


def shown_name(name: str) -> str:
    """Return an entity's *name* as its line has it."""
    return shortened(name, _NAME_ROOM)


def read_entity_label(line: str) -> tuple[str, str] | None:
    """Return the (perhaps shortened) name and the kind in *line* without its work, or None."""
    match = _ENTITY.fullmatch(line)
    return (match[1], match[2]) if match else None


def without_alias(line: str) -> str:
    """Return an entity's *line* without the alias that was typed."""
    return line.rpartition(_ALIAS)[0] if _ALIAS in line and line.endswith(")") else line


def work_tail(title: str) -> str:
    """Return the end of a line, which names the work."""
    return f"{SEPARATOR}{one_line(title)[:_WORK_ROOM].strip()}"


def group_label(asked: str, count: int, *, everything: bool = False, first: str = "") -> str:
    """Return the line that stands for the *count* entries which *asked* brings."""
    number = "1 entry" if count == 1 else f"{count:,} entries"
    line = f"{asked} — {'all ' if everything else ''}{number}"
    return shortened(f"{line}: {first}" if first else line)


def asked_of_group(line: str) -> str | None:
    """Return what the `group_label` *line* asks for, or None when it is none."""
    match = _GROUP.fullmatch(line)
    return match[1] if match else None


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
