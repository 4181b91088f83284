"""Text from outside, made safe to show: documents, queries, names.

Documents and readers are strangers. What they wrote is shown as they wrote it, and does nothing:
no mention, no masked link, no formatting that was not meant, no control over reading direction.
discord.utils.escape_markdown is not used: it is cubic in the length of some texts.
"""

import re
import unicodedata

_MARKUP = re.compile(r"([\\*_~|`\[\]<>])")
_LINE_MARKUP = re.compile(r"^([^\S\n]*)(#{1,3}|-#|[-+])(?=\s)", re.MULTILINE)
# A backslash before a digit is shown; before the dot it keeps a number from opening a list.
_NUMBERED = re.compile(r"^([^\S\n]*\d+)\.(?=\s)", re.MULTILINE)
_MENTION = re.compile(r"@(?=everyone|here|[!&]?\d)", re.IGNORECASE)
_LINK = re.compile(r"(?<=[a-zA-Z])://")
_COMBINING_RUN = 3
_KEPT_FORMATS = {"\u200d", "\ufe0f"}
_ZERO_WIDTH = "\u200b"
_ESCAPED = re.compile(r"\\(.)")
_SAID = re.compile(r"[“„«].*[”“»]", re.DOTALL)


# Nothing can be wrong with a text of these letters and signs alone, and most texts are.
_TAME = re.compile(r"[\n -~¡-¬®-ˬА-яЁёҐґІіЇїЄє‐-―‘-•…№€−◀▶←-↓]*")


def plain(text: str) -> str:
    """Return *text* without control, bidi and private characters, 3 accents a letter at most."""
    return text if _TAME.fullmatch(text) else _tamed(text)


def _tamed(text: str) -> str:
    kept: list[str] = []
    accents = 0
    for char in unicodedata.normalize("NFC", text):
        category = unicodedata.category(char)
        accents = accents + 1 if category in {"Mn", "Me"} else 0
        if accents > _COMBINING_RUN:
            continue
        if category in {"Cc", "Cf", "Co", "Cs", "Cn"} and char not in {"\n", *_KEPT_FORMATS}:
            if char == "\t":
                kept.append(" ")
            continue
        kept.append(" " if category in {"Zs", "Zl", "Zp"} else char)
    return "".join(kept)


def safe(text: str) -> str:
    """Return *text* so that Discord shows it as it is written and does nothing about it."""
    text = _LINE_MARKUP.sub(lambda match: match[1] + "\\" + match[2], _escaped(plain(text)))
    return _inert(_NUMBERED.sub(r"\1\\.", text))


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)


def _inert(text: str) -> str:
    text = _MENTION.sub("@" + _ZERO_WIDTH, text)
    return _LINK.sub(":" + _ZERO_WIDTH + "//", text)


def safe_line(text: str) -> str:
    """Return *text* as `safe` does, on one line."""
    return safe(" ".join(text.split()))


def safe_inline(text: str) -> str:
    """Return *text* as `safe_line` does, for the middle of a line, where no list can begin."""
    return _inert(_escaped(plain(" ".join(text.split()))))


def unsafe(text: str) -> str:
    """Return what `safe_line` was given; blanks as it left them."""
    return _ESCAPED.sub(r"\1", text).replace(_ZERO_WIDTH, "")


def safe_sentence(sentence: str) -> str:
    """Return a sentence of ours with what it quotes made safe.

    That is everything from the first “ (or „, «) to the last ”: what is quoted may hold such signs.
    """
    return _SAID.sub(lambda said: safe(said[0]), sentence)
