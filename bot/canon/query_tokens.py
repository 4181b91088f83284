"""What was typed, cut into tokens that the date grammar can step over.

A token keeps where it stood, so that whatever is not a date can be handed back exactly as it was
spelled. The cutting alone settles much of what is *not* a date: `10,000` and `U.S.S.R.` are one
token each, `Tb81` is one word, and glued neighbours (`U-14`, `1.5`, `$1932`) are told from free
ones by `Line.glued_left` and `Line.glued_right`.
"""

import re
import unicodedata
from enum import Enum, auto
from itertools import islice
from typing import NamedTuple

from bot.canon.query_languages import english


class Kind(Enum):
    """What a token is to the date grammar."""

    NUMBER = auto()
    ORDINAL = auto()
    """19th; the value is 19."""
    DECADE = auto()
    """1930s, 30s, 193X; the value is 1930."""
    HUNDRED = auto()
    """18XX: the years that begin alike; the value is 1800."""
    QUARTER = auto()
    """Q2; the value is 2."""
    HALF = auto()
    """H1; the value is 1."""
    WORD = auto()
    MARK = auto()
    """Punctuation or a symbol; its key is the character, dashes folded to `-` or `–`, dots `..`."""
    END = auto()


class Token(NamedTuple):
    """One token: its folded key, its value if it counts something, and where it stood."""

    kind: Kind
    key: str
    value: int
    start: int
    end: int
    spaced: bool
    """White space stood before it."""


_PADDING = 24
_MOST_TOKENS = 200
"""Who pastes a page asks for no date: behind this many tokens the text is left as it is."""
_END = Token(Kind.END, "", -1, 0, 0, spaced=True)

_TOKEN = re.compile(
    r"(?P<initials>(?:[^\W\d_]\.){2,})"  # U.S.S.R., A.D.
    r"|(?P<grouped>\d{1,3}(?:,\d{3})+(?![^\W_]))"  # 10,000
    r"|(?P<circa>[cC][aA]?(?=\d{4}(?![^\W_])))"  # c1920
    r"|(?P<ish>\d{4}s?(?=ish(?![^\W_])))"  # 1920ish
    r"|(?P<decade>(?:(?:1\d|20)\d0|[1-9]0)[-‐‑–](?:ые|ых|е|х)(?![^\W_]))"  # 1920-е, 30-х
    r"|(?P<nth>\d{1,2}-(?:й|го|му|ого)(?![^\W_]))"  # 19-го
    r"|(?P<word>(?:[^\W_]|[\u0300-\u036f])+)"
    r"|(?P<dash>[-‐‑‒–—―−]+>?|→)"
    r"|(?P<dots>\.{2,}|…)"
    r"|(?P<mark>\S)"
)
_SHAPES = (
    (Kind.ORDINAL, re.compile(r"(\d{1,2})(?:st|nd|rd|th)|(1)(?:er|re|ero)", re.ASCII)),
    (Kind.HUNDRED, re.compile(r"(1\d|20)xx", re.ASCII)),
    (Kind.DECADE, re.compile(r"((?:1\d|20)\d0|[1-9]0)(?:s|er|ern)|((?:1\d|20)\d)x", re.ASCII)),
    (Kind.QUARTER, re.compile(r"q(\d)", re.ASCII)),
    (Kind.HALF, re.compile(r"h([12])", re.ASCII)),
)
_APOSTROPHES = frozenset("'’‘ʼ´`′")
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs"})
_JOINERS_IN_WORDS = "\u200c\u200d"  # Persian spelling and emoji need them
_LONGEST_FOLDED = 64  # normalising a run of thousands of accents takes quadratic time


def clean(text: str) -> str:
    """Return *text* on one line, without control, bidirectional and other invisible characters."""
    unwanted = {
        ord(character): None
        for character in set(text)
        if not character.isspace()
        and character not in _JOINERS_IN_WORDS
        and unicodedata.category(character) in _UNPRINTABLE
    }
    return " ".join(text.translate(unwanted).split())


def fold(word: str) -> str:
    """Return *word* as it is compared: no case, no accents, plain letters."""
    if word.isascii() or len(word) > _LONGEST_FOLDED:
        return word.lower()
    letters = unicodedata.normalize("NFKD", word)
    return "".join(x for x in letters if not unicodedata.combining(x)).casefold()


def _alphanumeric(word: str) -> tuple[Kind, str, int]:
    if word.isdecimal():
        # Beyond nine digits nothing is counted, and int() refuses some thousands of them.
        return Kind.NUMBER, word, int(word) if len(word) <= 9 else -1
    key = fold(word)
    if key[:1].isdigit() or key[1:2].isdigit():
        for kind, shape in _SHAPES:
            if match := shape.fullmatch(key):
                return kind, key, _counted(kind, int(match[match.lastindex or 1]))
    return Kind.WORD, english(key), -1


def _counted(kind: Kind, number: int) -> int:
    if kind is Kind.HUNDRED:
        return number * 100
    if kind is Kind.DECADE and number < 1000:
        return number + 1900 if number < 100 else number * 10
    return number


def _token(match: re.Match[str], *, spaced: bool) -> Token:
    raw, kind, key, value = match[0], Kind.MARK, match[0], -1
    if match.lastgroup in {"word", "ish"}:
        kind, key, value = _alphanumeric(raw)
    elif match.lastgroup in {"initials", "circa"}:
        kind, key = Kind.WORD, fold(raw.replace(".", ""))
    elif match.lastgroup == "grouped":
        kind = Kind.WORD
    elif match.lastgroup in {"decade", "nth"}:
        digits = re.match(r"\d+", raw)
        kind = Kind.DECADE if match.lastgroup == "decade" else Kind.ORDINAL
        key, value = raw, _counted(kind, int(digits[0])) if digits else -1
    elif match.lastgroup == "dash":
        key = "-" if raw in "-‐‑−" else "–"
    elif match.lastgroup == "dots":
        key = ".."
    elif raw in _APOSTROPHES:
        key = "'"
    return Token(kind, key, value, match.start(), match.end(), spaced)


class Line:
    """The first tokens of one cleaned text. Any index may be asked for; outside stands `END`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[Token] = []
        reached = 0
        for match in islice(_TOKEN.finditer(text), _MOST_TOKENS):
            self.tokens.append(_token(match, spaced=not match.start() or match.start() > reached))
            reached = match.end()
        # The grammar asks about neighbours all the time: behind the last token, and before the
        # first (index -1 is the list's end), it finds END without any test.
        self._padded = self.tokens + [_END] * _PADDING

    def __len__(self) -> int:
        return len(self.tokens)

    def at(self, index: int) -> Token:
        """Return the token at *index*."""
        try:
            return self._padded[index]
        except IndexError:
            return _END

    def key(self, index: int) -> str:
        """Return the folded key of the token at *index*."""
        return self.at(index).key

    def is_number(self, index: int) -> bool:
        """Tell whether plain digits stand at *index*."""
        return self.at(index).kind is Kind.NUMBER

    def digits(self, index: int) -> int:
        """Return how many digits the number at *index* is written with, 0 if none stands there."""
        token = self.at(index)
        return token.end - token.start if token.kind is Kind.NUMBER else 0

    def is_mark(self, index: int, marks: str) -> bool:
        """Tell whether one of the single-character *marks* stands at *index*."""
        token = self.at(index)
        return token.kind is Kind.MARK and token.key in marks

    def binds(self, index: int, marks: str) -> bool:
        """Tell whether one of *marks* stands at *index* with no space on either side."""
        return (
            self.is_mark(index, marks)
            and not self.at(index).spaced
            and not self.at(index + 1).spaced
        )

    def says(self, index: int, words: tuple[str, ...]) -> bool:
        """Tell whether exactly these folded words stand from *index* on."""
        return all(self.key(index + offset) == word for offset, word in enumerate(words))

    def glued_left(self, index: int) -> bool:
        """Tell whether the token at *index* is the tail of something else, as in `U-14`."""
        if self.at(index).spaced:
            return False
        before = self.at(index - 1)
        if before.kind is not Kind.MARK or before.key in "#$£€¥№@":
            return True
        if before.spaced or index < 2:
            return False
        beyond = self.at(index - 2).kind
        if before.key in "-/":
            return beyond is not Kind.MARK
        if before.key == ",":
            return beyond is Kind.NUMBER and self.digits(index) == 3
        return beyond is Kind.NUMBER and before.key in "–.:_"

    def glued_right(self, index: int) -> bool:
        """Tell whether what ends before *index* runs on into something else, as in `1932%`."""
        mark, after = self.at(index), self.at(index + 1)
        if mark.spaced:
            return False
        if mark.kind is not Kind.MARK or mark.key in "%‰°$£€¥":
            return True
        if after.spaced or mark.key not in "-–/.,:_":
            return False
        if mark.key == ",":
            return self.digits(index + 1) == 3
        return after.kind is not Kind.MARK and (mark.key == "_" or after.key[:1].isdigit())
