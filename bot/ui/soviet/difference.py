"""Two wordings set against each other: ~~what goes~~ and __what comes__. Pure."""

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final

from bot.ui.text import safe
from bot.ui.theme import clip

ROOM: Final = 3_200
"""Characters of a message that differences may take, all together."""
_WORDS: Final = re.compile(r"\S+\s*|\s+")
_MOST_WORK: Final = 5_000
"""Pairs of equal words, what the matcher's time grows with; above, all is struck and said anew."""


def difference(old: str, new: str, room: int = ROOM) -> str:
    """Return *new* against *old* in Discord's markdown, within *room* characters.

    Blocking for some 20 ms with the longest texts: call it off the event loop.
    """
    shown = clip("".join(_pieces(old, new)), room)
    for mark in ("~~", "__"):
        # A cut between two marks would leave the rest of the message struck.
        if shown.count(mark) % 2:
            shown += mark
    return shown


def _pieces(old: str, new: str) -> Iterator[str]:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    counts = Counter(before)
    if sum(counts[word] for word in after) > _MOST_WORK:
        yield from (_marked([old], "~~"), " ", _marked([new], "__"))
        return
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for what, start, end, begin, stop in matcher.get_opcodes():
        if what == "equal":
            yield safe("".join(after[begin:stop]))
            continue
        yield _marked(before[start:end], "~~")
        yield _marked(after[begin:stop], "__")


def _marked(words: list[str], mark: str) -> str:
    text = "".join(words)
    bare = text.strip()
    if not bare:
        return text
    # Marks do not reach across lines, nor hold next to a blank.
    lines = [f"{mark}{safe(line.strip())}{mark}" for line in bare.splitlines() if line.strip()]
    ending = text[len(text.rstrip()) :]
    return "\n".join(lines) + (ending or " ")
