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
_NAME_LINES = 3
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
        self._repeats = _Repeats(with_sentences=bool(self._closed))
        self._post = Post()
        self._gathered: list[Line] = []
        self._author = ""
        self._quoting = ""

    def read(self) -> Iterator[Post]:
        for index, line in enumerate(self._lines):
            if self._gathered and not (self._wrapped and line.kind is Kind.TEXT):
                self._finish_paragraph(alone=line.kind in {Kind.BLANK, Kind.EDGE})
            if line.kind is Kind.TEXT:
                self._gathered.append(line)
            elif line.kind in {Kind.QUOTE, Kind.QUOTE_END}:
                self._quoting = line.author if index in self._closed else ""
            elif line.kind is Kind.EDGE:
                yield from self._finish_post(line)
        if self._gathered:
            self._finish_paragraph(alone=True)
        if self._post.paragraphs:
            yield self._post

    def _finish_paragraph(self, *, alone: bool) -> None:
        text = " ".join(line.text for line in self._gathered)
        begin = self._gathered[0].number
        self._gathered = []
        above = self._post.paragraphs[-1].text if self._post.paragraphs else ""
        if self._repeats.has(text, above, quoting=bool(self._quoting)):
            return
        author = self._quoting or self._author
        words = text.count(" ") + 1
        self._post.paragraphs.append(
            Paragraph(begin, text, words, alone, author, bool(self._quoting))
        )

    def _finish_post(self, mark: Line) -> Iterator[Post]:
        is_head = is_post_head(mark)
        name = self._name_above(mark) if is_head else ""
        if self._post.paragraphs:
            self._post.ends = is_edited_mark(mark)
            yield self._post
            self._post, self._author = Post(begins=is_head), name
        elif is_head:
            self._post.begins, self._author = True, name or self._author
        else:
            self._author = ""

    def _name_above(self, head: Line) -> str:
        """Take the author's name, and what the forum calls them, off the end of the post above.

        They stand above "Joined", or above the head of a post with nothing else between the marks.
        """
        above = self._post.paragraphs
        count = 0
        while count < min(_NAME_LINES, len(above)) and _may_be_a_name(above[-1 - count].text):
            count += 1
        alone = count == len(above) and not self._post.begins
        if not count or not (alone or head.text.casefold().startswith("joined")):
            return ""
        name = above[-count].text
        del above[-count:]
        return name


class _Repeats:
    """Knows what was said before, by paragraph and, for pages with marked quotes, by sentence."""

    def __init__(self, *, with_sentences: bool) -> None:
        self._with_sentences = with_sentences
        self._paragraphs: set[str] = set()
        self._sentences: set[str] = set()

    def has(self, text: str, above: str, *, quoting: bool) -> bool:
        """Tell whether *text* is a repetition, and remember it if it is none."""
        key = text.casefold()
        long_enough = quoting or key.count(" ") + 1 >= _REPEATED or key == above.casefold()
        if long_enough and key in self._paragraphs:
            return True
        sentences = _SENTENCE_END.split(key) if self._with_sentences else []
        if quoting and self._sentences.issuperset(sentences):
            return True
        self._paragraphs.add(key)
        self._sentences.update(sentences)
        return False


def _may_be_a_name(text: str) -> bool:
    return len(text) <= 40 and text.count(" ") < 4 and (text[-1].isalnum() or text[-1] in "_'-)")


def _closed_quotes(lines: Sequence[Line]) -> set[int]:
    """Return the places of the quotes that the page closes before the post's end."""
    closed: set[int] = set()
    is_open = False
    for index in range(len(lines) - 1, -1, -1):
        kind = lines[index].kind
        if kind in {Kind.QUOTE_END, Kind.EDGE}:
            is_open = kind is Kind.QUOTE_END
        elif kind is Kind.QUOTE and is_open:
            closed.add(index)
    return closed
