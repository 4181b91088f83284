"""How the words of a message are set: what reading its marks comes to."""

from dataclasses import dataclass
from enum import Enum, Flag, auto


class Mark(Flag):
    """How a stretch of text is set."""

    NONE = 0
    BOLD = auto()
    ITALIC = auto()
    UNDERLINE = auto()
    STRIKE = auto()
    CODE = auto()
    SPOILER = auto()


class Kind(Enum):
    """How a line is set."""

    PLAIN = "plain"
    HEADING = "heading"
    QUOTE = "quote"
    ITEM = "item"
    SMALL = "small"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one line that is set one way."""

    text: str
    marks: Mark


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a message."""

    kind: Kind
    spans: tuple[Span, ...]
