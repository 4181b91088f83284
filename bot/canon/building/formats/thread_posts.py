"""The posts of a saved forum page: what stands between its marks, each thing said once."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.canon.building.formats.prose import is_wrapped
from bot.canon.building.formats.thread_lines import (
    Kind,
    Line,
    is_edited_mark,
    is_post_head,
    lines_of,
)

_REPEATED = 8
"""Two readers may say the same few words; so many again are a quotation."""
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’)]{0,3} ")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a post. *stands_alone*: a blank line, or the end of the post, is below it.

    *quoted*: the page says that it is quoted, and its own post is not on the page.
    """

    line: int
    text: str
    words: int
    stands_alone: bool
    author: str = ""
    quoted: bool = False


@dataclass(slots=True)
class Post:
    """What stands between two marks of the forum's: one post, or several that no mark parts.

    *begins*: the mark above is the head of a post, so that it is one from its first paragraph on.
    *ends*: the mark below says when the post was edited, so that it is one to its last.
    """

    begins: bool = False
    ends: bool = False
    paragraphs: list[Paragraph] = field(default_factory=list)


def posts_of(text: str) -> Iterator[Post]:
    """Yield the posts of a page in order; what a reply repeats in order to answer is left out."""
    return _PageReader(list(lines_of(text))).read()


class _PageReader:
    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._closed = _closed_quotes(lines)
        self._wrapped = is_wrapped([one.text if one.kind is Kind.TEXT else "" for one in lines])
        self._post = Post()
        self._gathered: list[Line] = []
        self._author = ""
        self._quoting = ""
        self._seen: set[str] = set()

    def read(self) -> Iterator[Post]:
        for index, line in enumerate(self._lines):
            if self._gathered and not (self._wrapped and line.kind is Kind.TEXT):
                self._finish_paragraph(alone=line.kind in {Kind.BLANK, Kind.EDGE})
            if line.kind is Kind.TEXT:
                self._gathered.append(line)
            elif line.kind in {Kind.QUOTE, Kind.QUOTE_END}:
                self._quoting = line.author if index in self._closed else ""
            elif line.kind is Kind.EDGE:
                yield from self._edge(line)
        self._finish_paragraph(alone=True)
        yield from self._post_so_far()

    def _edge(self, line: Line) -> Iterator[Post]:
        is_head = is_post_head(line)
        if is_head:
            self._take_author(line)
        self._post.ends = is_edited_mark(line)
        yield from self._post_so_far()
        if is_head or self._post.paragraphs:
            self._post = Post(begins=is_head)
        elif not is_head and not self._post.begins:
            self._author = ""

    def _post_so_far(self) -> Iterator[Post]:
        if self._post.paragraphs:
            yield self._post

    def _finish_paragraph(self, *, alone: bool) -> None:
        if not self._gathered:
            return
        text = " ".join(line.text for line in self._gathered)
        begin = self._gathered[0].number
        self._gathered = []
        words = text.count(" ") + 1
        if self._is_repeated(text, words):
            return
        author = self._quoting or self._author
        quoted = bool(self._quoting)
        self._post.paragraphs.append(Paragraph(begin, text, words, alone, author, quoted))
