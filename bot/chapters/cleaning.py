"""Text from feeds, made plain: no markup, no control over the reader's screen, one line. Pure.

It is not escaped for Discord: `bot.ui.text.safe_line` does that where it is shown, and a title that
says "@everyone" is kept as its author wrote it.
"""

import html
import re
import unicodedata

LONGEST_TITLE = 200
LONGEST_NAME = 80

_LOOKED_AT = 4_000
_TAG = re.compile(r"<(?:[a-zA-Z/!?][^<>]*)>")
_KEPT_FORMATS = {"\u200c", "\u200d", "\ufe0f"}
_ACCENTS = 3


def clean_html(markup: str, longest: int = LONGEST_TITLE) -> str:
    """Return *markup* (HTML) as one plain line of at most *longest* characters.

    Tags are taken out first and entities decoded once, so `&lt;b&gt;` stays as a visible `<b>`.
    """
    return _line(html.unescape(_TAG.sub("", markup[:_LOOKED_AT])), longest)


def clean_text(text: str, longest: int = LONGEST_TITLE) -> str:
    """Return *text* as one plain line of at most *longest* characters; tags in it are taken out."""
    return _line(_TAG.sub("", text[:_LOOKED_AT]), longest)


def _line(text: str, longest: int) -> str:
    line = " ".join(_visible(unicodedata.normalize("NFC", text)).split())
    if len(line) <= longest:
        return line
    return line[: longest - 1].rstrip() + "…"


def _visible(text: str) -> str:
    kept: list[str] = []
    accents = 0
    for char in text:
        category = unicodedata.category(char)
        accents = accents + 1 if category in {"Mn", "Me"} else 0
        if accents > _ACCENTS:
            continue
        if category[0] == "C" and char not in _KEPT_FORMATS:
            kept.append(" " if char in "\t\n\r\v\f\x85" else "")
        else:
            kept.append(" " if category[0] == "Z" else char)
    return "".join(kept)
