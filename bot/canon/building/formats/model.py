"""What a format hands over: a document as blocks of text, in the order they are told."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.canon.dates import DateSpan
from bot.canon.models import Tier
from bot.errors import Fault


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, an entry or a post, as read.

    *line* is its first line in the file, from 1. *tier* None means the document's own. *span* is
    set for dated entries only, and *written* is then the date as the document gives it, with the
    year of the heading where it stands under one ("9 June 1914"). *heading* is the section or
    chapter it stands under; *title* its own, where the document gives one.
    """

    text: str
    line: int
    tier: Tier | None = None
    span: DateSpan | None = None
    written: str = ""
    heading: str = ""
    author: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document as read: its *title* where it names itself, and what to warn the operator of.

    *chapter* is the order of telling where the document itself gives one, else 0, and *tier* how
    canonical it says it is. *part* tells it from the others of one file, as the chapters of a
    book are documents of their own, and *whole* is then the book's title; else both are "".
    """

    format: str
    title: str
    blocks: tuple[Block, ...]
    notes: tuple[Fault, ...]
    chapter: int = 0
    tier: Tier | None = None
    part: str = ""
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Format:
    """A way of writing documents down.

    *recognise* tells from 0 to 1 how much a text looks like it; *read* takes the text and the
    document's name (for what is noted about it), and never fails on any text.
    """

    name: str
    recognise: Callable[[str], float]
    read: Callable[[str, str], ReadDocument]
