"""The lines of a timeline: what each is before anyone asks for its date."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.canon.building.formats.wikitext import GONE
from bot.canon.building.leading_forms import is_month

_INDENT = re.compile(r"[ \t]*")
# Arrows, shapes, stars, boxes, pictures: whatever a program or a person sets before a line.
_SIGNS = "•‣·⁃∙»›❧※§¤←-⇿⌀-⏿①-⓿■-➿⬀-⯿🌀-🫿\ufe0f"
_BULLET = re.compile(
    rf"(?:[{_SIGNS}*:;+>‐‑–—-]{{1,6}}|\(?\d{{1,3}}\)(?=[ \t])|"
    r"o(?=[ \t]+(?:[\dA-Z*_~?]|ca?\.)))[ \t]*"
)
_COUNTED = re.compile(r"[ \t]*(?P<number>\d{1,3})\.[ \t]+(?P<next>\w*)(?P<to>[–-] ?\d{1,2}\.)?")
_PARTED = frozenset(["hälfte", "halbjahr", "quartal"])
# "**1914**: …" is a date in bold, not a bullet of the second level.
_BOLD = re.compile(r"(\*{1,3})[^*\s](?:[^*]{0,60}[^*\s])?\1(?=[\s:.,–—-]|$)")
_RULE = re.compile(r"(?:[-=_*~#•·+—–|:][ \t]*){3,}|\{\|.*|\|[-}+].*")
_NUMBERED = re.compile(r"#{1,6}[ \t]*")
_CELLS = re.compile(r"[ \t]*\|+[ \t]*")
_WIKI_HEADING = re.compile(r"(={1,6})[ \t]*([^=].{0,200}?)[ \t]*={1,6}")
_FRAMED = re.compile(
    r"(?P<open>[-=~*_+<>|•–—]{2,8})[ \t]*(?P<words>[^\W_](?:.{0,78}[^\s])?)"
    r"[ \t]*(?P<close>[-=~*_+<>|•–—]{2,8})"
)
_HASH_HEADING = re.compile(r"(#{1,6})[ \t]+(.{1,200}?)[ \t]*#*")
# As a page of a wiki shows its headings to who may edit them.
_COPIED_HEADING = re.compile(
    r"(.{1,120}?)[ \t]*\[[ \t]?(?:edit|edit source|bearbeiten|править|edytuj|modifier)"
    r"(?:[ \t]?\|[ \t]?[^\[\]]{1,40})?[ \t]?\]",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"[\u00a0\u2007\u2009\u202f\u3000]")
_LONGEST_HEADING = 240


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds something. *number* counts from 1, *level* is that of a heading or 0.

    *depth* is how far in it stands; *after_blank* tells whether a blank line (or none) is above.
    *wrapped*: the line above seems to have been broken in the middle of a sentence.
    """

    number: int
    content: str
    level: int = 0
    bulleted: bool = False
    depth: int = 0
    after_blank: bool = True
    wrapped: bool = False


def lines_of(text: str, *, hash_headings: bool) -> Iterator[Line]:
    """Yield the lines of *text* without bullets, heading marks and the rules between them.

    *hash_headings*: # begins a heading, as in Markdown; else it numbers a list, as in wikis. The
    cells of a table's row are parted by |.
    """
    above = ""
    rows = text.split("\n")
    counted = _counted(rows)
    for number, raw in enumerate(rows, 1):
        if raw == GONE:
            continue
        row = _BLANKS.sub(" ", raw)
        content = row.strip()
        if content and not _is_rule(content):
            heading = _heading(content, hash_headings=hash_headings)
            if heading is None and number < len(rows):
                heading = _underlined(content, rows[number])
            if heading is not None:
                yield Line(number, heading[1], heading[0], after_blank=not above)
            elif (
                line := _line(
                    number,
                    _uncounted(row) if number in counted else row,
                    above,
                    hash_headings=hash_headings,
                )
            ).content:
                yield line
        above = content


def _counted(rows: list[str]) -> set[int]:
    """Return the numbers of the lines that are counted, as in "3. 1916: …".

    A number before a month may be a day ("5. Mai 1914"): there, only lines that count on from 1
    are a list.
    """
    found = [
        (number, int(match["number"]), match["to"] or match["next"])
        for number, row in enumerate(rows, 1)
        if (match := _COUNTED.match(row)) is not None
    ]
    counted: set[int] = set()
    run: list[int] = []
    expected = 1
    for line, number, following in [*found, (0, 0, "")]:
        if number != expected:
            if len(run) > 1:
                counted.update(run)
            run, expected = [], 1
        if number == expected:
            run.append(line)
            expected += 1
        if line and not _may_be_dated(following):
            counted.add(line)
    return counted


def _may_be_dated(following: str) -> bool:
    """Tell whether a number before *following* may be a date: “5. Mai”, “1. – 3. Mai”."""
    return is_month(following) or following.casefold() in _PARTED or following[-1:] == "."


def _uncounted(row: str) -> str:
    """Return *row* with a bullet in the place of its number."""
    head, _dot, rest = row.partition(".")
    return " " * (len(head) - len(head.lstrip())) + "•" + rest


def _line(number: int, row: str, above: str, *, hash_headings: bool) -> Line:
    indent = _INDENT.match(row)
    begin = indent.end() if indent else 0
    depth = len(row[:begin].expandtabs(4))
    bullet = _bullet(row, begin, hash_headings=hash_headings)
    if bullet is not None:
        depth += len(bullet[0].strip())
        content = row[bullet.end() :].strip()
        return Line(number, content, bulleted=True, depth=depth, after_blank=not above)
    content = row.strip()
    if content.startswith("|"):
        content = _CELLS.sub(" | ", content.strip("| \t"))
    wrapped = 50 <= len(above) <= 120 and above[-1] not in '.!?…:;"”’)|'
    return Line(number, content, depth=depth, after_blank=not above, wrapped=wrapped)


def _bullet(row: str, begin: int, *, hash_headings: bool) -> re.Match[str] | None:
    if not hash_headings and row.startswith("#", begin):
        return _NUMBERED.match(row, begin)
    if _BOLD.match(row, begin):
        return None
    end = begin + 1 if _BOLD.match(row, begin + 1) else len(row)
    return _BULLET.match(row, begin, end)


def _is_rule(content: str) -> bool:
    return len(content) < _LONGEST_HEADING and _RULE.fullmatch(content) is not None


def _heading(content: str, *, hash_headings: bool) -> tuple[int, str] | None:
    if len(content) > _LONGEST_HEADING:
        return None
    # Most lines are none, and are told by one letter.
    if content[-1] == "]" and (copied := _COPIED_HEADING.fullmatch(content)):
        return 2, copied[1]
    found = None
    if content[0] == "=":
        found = _WIKI_HEADING.fullmatch(content)
    elif content[0] == "#" and hash_headings:
        found = _HASH_HEADING.fullmatch(content)
    if found is None and (framed := _framed(content)):
        return 2, framed
    return None if found is None else (len(found[1]), found[2])


def _framed(content: str) -> str:
    """Return the words of a heading like “-= 1902 =-” or “--- 1902 ---”; of bold text none."""
    found = _FRAMED.fullmatch(content) if not content[0].isalnum() else None
    if found is None or sorted(found["open"]) != sorted(found["close"]):
        return ""
    return "" if set(found["open"]) <= {"*", "_"} else found["words"]


def _underlined(content: str, below: str) -> tuple[int, str] | None:
    """Return a heading that is underlined with = or -."""
    below = below.strip()
    if len(content) > 100 or len(below) < 3 or set(below) not in ({"="}, {"-"}):
        return None
    return (1 if below[0] == "=" else 2), content
