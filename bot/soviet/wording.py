"""Texts from outside, made fit to be kept: cleaned, bounded, split. What they say is left alone.

Mentions and markdown stay as written; whoever shows a text makes them harmless there.
"""

import re
import unicodedata
from typing import Final

from bot.language.speech import say, say_many, say_number
from bot.soviet.errors import BadDraftError
from bot.soviet.models import FEWEST_OPTIONS, LONGEST_OPTION, LONGEST_TEXT, MOST_OPTIONS

_LONGEST_TITLE: Final = 120
_LONGEST_PAPER: Final = 3_000
_SEPARATORS: Final = ("\n", "|", ";", ",")
_DROPPED: Final = {"Cc", "Cf", "Co", "Cs", "Cn"}
_KEPT: Final = {"\n", "\u200d"}
"""A line, and what joins one emoji out of several."""
_PROMISE: Final = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:[,. ]\d{3}){1,2}|\d{1,7})(?: ?([kк]|тыс\.?))?"
    r"[ -](?:words?|wörtern?|worte|слов[ао]?)\b",
    re.IGNORECASE,
)
_REPEAL: Final = re.compile(
    r"(?:(?:that )?(?:this house )?repeals? (?:the )?(?:motion |resolution )?"
    r"|(?:aufgehoben wird|aufhebung von|hebt auf:?|aufheben:?) (?:antrag |beschluss )?"
    r"|(?:отменить|отмена|отменяется) (?:предложени[ея] |постановлени[ея] )?)"
    r"(?:№|#|no\.|nr\.|number) ?(\d{1,9})\b",
    re.IGNORECASE,
)


def clean(text: str) -> str:
    """Return *text* without control, bidi and private characters, blanks and lines single."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", " "))
    kept = (char for char in text if char in _KEPT or unicodedata.category(char) not in _DROPPED)
    lines = (" ".join(line.split()) for line in "".join(kept).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def read_text(text: str) -> str:
    """Return the text of a motion.

    Raises:
        BadDraftError: it is empty or too long.
    """
    cleaned = clean(text)
    if not any(char.isalnum() for char in cleaned):
        raise BadDraftError(say("A motion needs words: say what the House shall decide."))
    if len(cleaned) > LONGEST_TEXT:
        raise BadDraftError(
            say_many(
                "That is {number} character; a motion has at most {most}. "
                "Put the reasons into the debate and the demand into the motion.",
                "That is {number} characters; a motion has at most {most}. "
                "Put the reasons into the debate and the demand into the motion.",
                len(cleaned),
                most=say_number(LONGEST_TEXT),
            )
        )
    return cleaned


def read_options(text: str) -> tuple[str, ...]:
    """Return the options in *text*, in the order in which they stand on the paper.

    Raises:
        BadDraftError: too few, too many, one is too long, or two read the same.
    """
    if len(text) > _LONGEST_PAPER:
        raise BadDraftError(
            say_many(
                "Those options have {number} character; a paper has room for {most} of {each}.",
                "Those options have {number} characters; a paper has room for {most} of {each}.",
                len(text),
                most=MOST_OPTIONS,
                each=LONGEST_OPTION,
            )
        )
    separator = next((mark for mark in _SEPARATORS if mark in text), ",")
    options = tuple(
        filter(None, (clean(part).replace("\n", " ") for part in text.split(separator)))
    )
    if len(options) < FEWEST_OPTIONS:
        raise BadDraftError(
            say("A choice needs at least two options. Separate them with `|`: `Novara | Zvezda`.")
        )
    if len(options) > MOST_OPTIONS:
        raise BadDraftError(
            say_many(
                "Those are {number} option; a paper has room for {most}.",
                "Those are {number} options; a paper has room for {most}.",
                len(options),
                most=MOST_OPTIONS,
            )
        )
    seen: set[str] = set()
    for option in options:
        if len(option) > LONGEST_OPTION:
            raise BadDraftError(
                say(
                    "“{option}…” is too long for an option: {most} characters at most.",
                    option=option[:40],
                    most=LONGEST_OPTION,
                )
            )
        key = unicodedata.normalize("NFKC", option).casefold()
        if key in seen:
            raise BadDraftError(
                say("Two options read the same: “{option}”. Name each once.", option=option)
            )
        seen.add(key)
    return options


def promised_in(text: str) -> int | None:
    """Return the words that a text asks for (“10,000 words”, “12k words”), or None."""
    match = _PROMISE.search(text)
    if match is None:
        return None
    words = int(re.sub(r"\D", "", match[1])) * (1000 if match[2] else 1)
    return words if 0 < words <= 10_000_000 else None


def repealed_in(text: str) -> int | None:
    """Return the № that a text begins by repealing (“Repeal № 41”), or None."""
    match = _REPEAL.match(text)
    return int(match[1]) if match else None


def title(text: str) -> str:
    """Return a title from a feed on one line, cut where it is too long."""
    line = " ".join(clean(text).split())
    return line if len(line) <= _LONGEST_TITLE else line[: _LONGEST_TITLE - 1].rstrip() + "…"
