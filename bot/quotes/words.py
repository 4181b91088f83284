"""The words of a message: mentions become names, what a spoiler hides stays hidden. Pure."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.canon.excerpt import CUT
from bot.canon.names import fold
from bot.language.speech import say, say_date, say_in

COVER = "▒▒▒"
"""What stands for a spoiler where it cannot be pressed open."""
MAX_TEXT = 4000
"""Characters of a message, by Discord (with Nitro)."""
_MOST_WORDS = 6

_SPOILER = re.compile(r"\|\|(.+?)\|\|", re.DOTALL)
_MENTION = re.compile(r"<(@!?|@&|#)(\d{1,20})>")
_EMOJI = re.compile(r"<a?:(\w{1,32}):\d{1,20}>")
_COMMAND = re.compile(r"</([^:>\n]{1,100}):\d{1,20}>")
_MOMENT = re.compile(r"<t:(-?\d{1,13})(?::[tTdDfFRsS])?>")
# Letters and signs without ink that Unicode does not count as white space.
_INKLESS = re.compile(r"[\s\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5]")


@dataclass(frozen=True, slots=True)
class Names:
    """Who and what the ids in a message are called."""

    people: Mapping[int, str] = field(default_factory=dict)
    roles: Mapping[int, str] = field(default_factory=dict)
    channels: Mapping[int, str] = field(default_factory=dict)


def resolved(text: str, names: Names) -> str:
    """Return *text* with mentions, custom emoji, commands and times as a reader sees them."""
    unknown = say_in("name", "unknown")

    def name(match: re.Match[str]) -> str:
        kind, number = match[1], int(match[2])
        if kind == "#":
            return f"#{names.channels.get(number, unknown)}"
        known = names.roles if kind == "@&" else names.people
        return f"@{known.get(number, unknown)}"

    text = _MENTION.sub(name, text)
    text = _EMOJI.sub(r":\1:", text)
    text = _COMMAND.sub(r"/\1", text)
    return _MOMENT.sub(_shown_moment, text)


def _shown_moment(match: re.Match[str]) -> str:
    try:
        at = datetime.fromtimestamp(int(match[1]), UTC)
    except (ValueError, OverflowError, OSError):
        return match[0]
    return say("{day}, {time} UTC", day=say_date(at), time=f"{at:%H:%M}")


def has_ink(text: str) -> bool:
    """Tell whether anything of *text* (already without control characters) can be seen."""
    return bool(_INKLESS.sub("", text))


def covered(text: str) -> str:
    """Return *text* with its spoilers painted over."""
    return _SPOILER.sub(COVER, text)


def pieces(text: str) -> list[tuple[str, bool]]:
    """Return *text* in pieces, each with whether a spoiler hides it; without the bars."""
    found = []
    at = 0
    for match in _SPOILER.finditer(text):
        found += [(text[at : match.start()], False), (match[1], True)]
        at = match.end()
    return [(piece, hidden) for piece, hidden in [*found, (text[at:], False)] if piece]


def digest(raw: str) -> str:
    """Return the SHA-256 of a message as Discord sent it, in hexadecimal."""
    return hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()


def searchable(text: str) -> str:
    """Return what a search looks through: folded words, nothing of what a spoiler hides."""
    return f" {fold(_SPOILER.sub(' ', text))} "


def patterns(words: str) -> list[str]:
    """Return six LIKE patterns (escaped by a backslash) that all have to fit `searchable` text.

    Each of the first six words must begin a word of the quote (in scripts without blanks, stand
    anywhere in it); what is left over fits anything.
    """
    typed = fold(words).split()[:_MOST_WORDS]
    found = [f"% {_literal(word)}%" if word.isascii() else f"%{_literal(word)}%" for word in typed]
    return found + ["%"] * (_MOST_WORDS - len(found))


def _literal(word: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", word)


def shortened(text: str, length: int) -> str:
    """Return *text* in at most *length* characters; where it was cut stands `[…]`."""
    if len(text) <= length:
        return text
    head = text[: length - len(CUT) - 3]
    cut = max(head.rfind(" "), head.rfind("\n"))
    head = head[: cut if cut > length // 2 else len(head)]
    # A spoiler that was cut open is closed again, or it would show what it hides.
    return f"{head.rstrip()}{'||' if head.count('||') % 2 else ''} {CUT}"
