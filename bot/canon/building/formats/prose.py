"""Plain prose: every paragraph is a passage. What any text is when no other format fits."""

from collections.abc import Iterator
from itertools import pairwise

from bot.canon.building.formats.model import Block, Format, ReadDocument

BASELINE = 0.5
"""How much any text looks like prose: what the other formats have to beat."""

_TITLE_WORDS = 12
_FULL_LINE = 45
_LONGEST_WRAPPED = 100
_SENTENCE_ENDS = ".!?…:;\"”’')]"


def read(text: str, name: str) -> ReadDocument:
    """Return the paragraphs; the first is the title if it looks like one and others follow."""
    found = list(paragraphs(text))
    title = ""
    if len(found) > 2 and looks_like_title(found[0][1]) and _stands_alone(text):
        title = found.pop(0)[1]
    return ReadDocument("prose", title, tuple(Block(text, line) for line, text in found), ())


def paragraphs(text: str, first_line: int = 1) -> Iterator[tuple[int, str]]:
    """Yield (line, paragraph), white space made single blanks; no word is lost.

    A text whose lines were broken at some width has its paragraphs between blank lines; in any
    other every line is a paragraph, as browsers and word processors save them.
    """
    lines = text.split("\n")
    if not is_wrapped(lines):
        for number, line in enumerate(lines, first_line):
            if tidy := tidied(line):
                yield number, tidy
        return
    gathered: list[str] = []
    begin = first_line
    for number, line in enumerate([*lines, ""], first_line):
        if line.strip():
            begin = begin if gathered else number
            gathered.append(line)
        elif gathered:
            yield begin, tidied(" ".join(gathered))
            gathered = []


def tidied(text: str) -> str:
    """Return *text* with every run of white space (NO-BREAK SPACEs too) as one blank."""
    return " ".join(text.split())


def is_wrapped(lines: list[str]) -> bool:
    """Tell whether sentences run over the ends of these lines: broken at a width, not by sense."""
    if max(map(len, lines)) > _LONGEST_WRAPPED:
        return False
    inner = unfinished = total = 0
    for line, following in pairwise(lines):
        if line.strip() and following.strip():
            inner += 1
            total += len(line)
            unfinished += line.rstrip()[-1] not in _SENTENCE_ENDS
    return inner > 0 and unfinished >= 0.5 * inner and total >= _FULL_LINE * inner


def looks_like_title(line: str) -> bool:
    """Tell whether *line* may be a title: short, begun with a capital or number, no sentence."""
    if not 0 < len(line) <= 100 or len(line.split()) > _TITLE_WORDS:
        return False
    smiling = line[-1] == ")" and "(" not in line
    ends = line[-1] in ".,;:!…" or smiling
    return not line[0].islower() and not ends and any(char.isalnum() for char in line)


def _stands_alone(text: str) -> bool:
    """Tell whether the first line that holds anything is followed by a blank one."""
    lines = text.lstrip().split("\n", 2)
    return len(lines) > 1 and not lines[1].strip()


PROSE = Format("prose", lambda text: BASELINE, read)
