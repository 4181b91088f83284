"""A message made ready: markup that is inert, drawable, and can be cut at any character."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from bot.cards.boxes import is_mixed, word_markup
from bot.cards.characters import CharacterSet
from bot.cards.clean import Cleaner, Cluster
from bot.cards.markdown import parse, plain
from bot.cards.marks import Kind, Line, Mark

MAX_CLUSTERS = 2000
"""Characters of a message that a card may show."""

CUT = "[…]"
"""What says that there is more."""

_MAX_BLANKS = 1
_COVERED_WORD = 8
_RIGHT = CharacterSet(r"[\p{Bidi_Class=R}\p{Bidi_Class=AL}]")
_LEFT = CharacterSet(r"\p{Bidi_Class=L}")
_STRONG = CharacterSet(r"[\p{Bidi_Class=R}\p{Bidi_Class=AL}\p{Bidi_Class=L}\u200e\u200f\u061c]")
# Where a line may break; of scripts without spaces, anywhere.
_BREAKS = re.compile(
    "[\\s\\-/–—\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af"
    "\U0001f000-\U0003ffff]+"
)
_SLANTED = CharacterSet(r"[\p{Latin}\p{Greek}\p{Cyrillic}]")
_TAGS = (
    (Mark.BOLD, "<b>", "</b>"),
    (Mark.UNDERLINE, "<u>", "</u>"),
    (Mark.STRIKE, "<s>", "</s>"),
    (Mark.CODE, '<span class="code">', "</span>"),
)


class Piece(NamedTuple):
    """One character of a message and how it is set."""

    cluster: Cluster
    marks: Mark


class Row(NamedTuple):
    """One line of a message, cleaned."""

    kind: Kind
    pieces: tuple[Piece, ...]


class RichText:
    """A message as a card shows it."""

    def __init__(self, rows: Sequence[Row], *, whole: bool) -> None:
        self.rows = tuple(rows)
        self.whole = whole
        self.length = sum(len(row.pieces) for row in self.rows)
        self.lost = sum(piece.cluster.lost for row in self.rows for piece in row.pieces)
        self.right_to_left = _reads_right_to_left(self.plain(), otherwise=False)
        self.longest_word = max(map(len, _BREAKS.split(self.plain())))

    def html(self, limit: int | None = None) -> str:
        """Return the markup of the first *limit* characters, and the sign that there is more."""
        cut = not self.whole or (limit is not None and limit < self.length)
        rows = list(_first(self.rows, self.length if limit is None else limit))
        drawn = [self._row(row, last=cut and row is rows[-1]) for row in rows]
        return "".join(drawn) if drawn or not cut else f"<p>{CUT}</p>"

    def plain(self) -> str:
        """Return the words, spoilers left out."""
        text = "\n".join("".join(_readable(row)) for row in self.rows)
        return text if self.whole else f"{text} {CUT}"

    def _row(self, row: Row, *, last: bool) -> str:
        # As the engine sees it: a flag is two letters no more once it is a picture.
        seen = [p.cluster for p in row.pieces if Mark.SPOILER not in p.marks]
        words = "".join(cluster.text for cluster in seen if not cluster.is_picture)
        mixed = is_mixed(seen)
        turned = _reads_right_to_left(words, otherwise=self.right_to_left)
        body = "".join(_markup(row, mixed=mixed, right_to_left=turned))
        body += f" {CUT}" if last else ""
        # An indent moves a line that is read from the right out of its room.
        kind = Kind.PLAIN if turned and row.kind is Kind.ITEM else row.kind
        return f'<p class="{kind.value}">{_direction_sign(words, right=turned)}{body}</p>'


class Reader:
    """Reads messages for the cards."""

    def __init__(self, cleaner: Cleaner) -> None:
        self._cleaner = cleaner

    def read(self, text: str, *, markdown: bool = True) -> RichText:
        """Return *text* cleaned, at most `MAX_CLUSTERS` of it."""
        rows: list[Row] = []
        left, blanks = MAX_CLUSTERS, _MAX_BLANKS
        for line in parse(text) if markdown else plain(text):
            pieces = tuple(self._pieces(line))
            if not any(piece.cluster.text.strip() for piece in pieces):
                if blanks < _MAX_BLANKS:
                    rows.append(Row(Kind.PLAIN, ()))
                blanks += 1
                continue
            if left > 0:
                rows.append(Row(line.kind, pieces[:left]))
            blanks, left = 0, left - len(pieces)
            if left < 0:
                break
        while rows and not rows[-1].pieces:
            rows.pop()
        return RichText(rows, whole=left >= 0)

    def _pieces(self, line: Line) -> Iterator[Piece]:
        for span in line.spans:
            # Markup collapses white space; a listing needs its indents.
            text = span.text.replace(" ", "\u00a0") if line.kind is Kind.CODE else span.text
            for cluster in self._cleaner.clusters(text):
                yield Piece(cluster, span.marks)


def _first(rows: Sequence[Row], limit: int) -> Iterator[Row]:
    for row in rows:
        if limit <= 0:
            return
        yield Row(row.kind, row.pieces[:limit])
        limit -= max(len(row.pieces), 1)


def _readable(row: Row) -> Iterator[str]:
    for covered, pieces in groupby(row.pieces, key=lambda piece: Mark.SPOILER in piece.marks):
        yield "[spoiler]" if covered else "".join(piece.cluster.text for piece in pieces)


def _markup(row: Row, *, mixed: bool, right_to_left: bool) -> Iterator[str]:
    for marks, group in groupby(row.pieces, key=lambda piece: piece.marks):
        pieces = [piece.cluster for piece in group]
        if Mark.SPOILER in marks:
            yield from _covered(pieces)
            continue
        opening = "".join(tag for mark, tag, _ in _TAGS if mark in marks)
        closing = "".join(tag for mark, _, tag in reversed(_TAGS) if mark in marks)
        body = "".join(word_markup(pieces, mixed=mixed, right_to_left=right_to_left))
        if Mark.ITALIC in marks:
            slanted = _SLANTED.is_in("".join(cluster.text for cluster in pieces))
            body = f"<i>{body}</i>" if slanted else f"<em>{body}</em>"
        yield f"{opening}{body}{closing}"


def _covered(clusters: Sequence[Cluster]) -> Iterator[str]:
    """Yield bars as long as the words: what is hidden never reaches the engine."""
    for blank, group in groupby(clusters, key=lambda cluster: cluster.text.isspace()):
        if blank:
            yield " "
            continue
        length = len(list(group))
        for place in range(0, length, _COVERED_WORD):
            width = 0.5 * min(_COVERED_WORD, length - place)
            yield f'<span class="spoiler" style="width:{width:.1f}em"></span>'


def _reads_right_to_left(text: str, *, otherwise: bool) -> bool:
    """Tell whether most letters are read from the right; *otherwise* if just as many are not."""
    right, left = _RIGHT.count(text), _LEFT.count(text)
    return otherwise if right == left else right > left


def _direction_sign(words: str, *, right: bool) -> str:
    """Return the sign that makes the engine see the direction the words have on the whole.

    The engine asks the first strong letter only, and heeds neither `dir` nor `direction`.
    """
    first = _STRONG.first_in(words)
    seen = first in {"\u200f", "\u061c"} or _RIGHT.is_in(first)
    if first and seen == right:
        return ""
    if right:
        return "\u200f"
    return "\u200e" if first else ""
