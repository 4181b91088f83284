"""Words as markup; those whose place or width the engine misjudges are boxes of their own.

Two faults of the engine are kept from showing:

- Where a line of some scripts is full, once other fonts share it (127 px seen).
- How wide a line is, where letters with marks are read from the right, or stand beside such. It
  shares the width of a letter among its marks, and loses or doubles the shares where a line or a
  font begins: lines stand beside each other and their column (26 px seen, 100 in large letters).

A box is laid out alone, so that neither can happen, and takes part in the order of the line as a
sign without direction; a sign of no width on both sides of it says which one its letters have.
"""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from bot.cards.characters import CharacterSet
from bot.cards.clean import Cluster

_COUNTED_BLANK = "\u2005"
"""A blank that counts where a line ends; an ordinary one hangs beside the line."""

_LONG, _STRETCH = 24, 12
"""Characters of a word that may be longer than a line, and of one box of such a word."""

_FROM_THE_RIGHT = CharacterSet(r"[\p{Bidi_Class=R}\p{Bidi_Class=AL}]")
_FROM_THE_LEFT = CharacterSet(r"\p{Bidi_Class=L}")

# It gives a line that is only boxes the height of text.
_NOTHING = "\u200b"


def is_mixed(clusters: Sequence[Cluster]) -> bool:
    """Tell whether a line holds letters read from either side, or marks of several fonts."""
    words = "".join(cluster.text for cluster in clusters if not cluster.is_picture)
    if _FROM_THE_RIGHT.is_in(words):
        return _FROM_THE_LEFT.is_in(words)
    marked = [cluster for cluster in clusters if len(cluster.text) > 1 and not cluster.is_picture]
    return len({cluster.drop for cluster in marked if not cluster.must_be_boxed}) > 1


def begins_right_to_left(clusters: Sequence[Cluster]) -> bool:
    """Tell whether the first letter of *clusters* is read from the right."""
    return _ends_right_to_left(clusters[::-1], otherwise=False)


def word_markup(
    clusters: Sequence[Cluster], *, mixed: bool, right_to_left: bool = False
) -> Iterator[str]:
    """Yield the markup of each word and of each blank between words.

    In a *mixed* line the blank at its end may be one between two words that are read the other way
    than the line (the engine lets it hang on the wrong side of them), and letters with marks are
    misjudged in whichever direction they are read.
    """
    turned = False
    for blank, group in groupby(clusters, key=lambda cluster: cluster.text.isspace()):
        word = list(group)
        if blank:
            drawn = _html(word)
            yield drawn.replace(" ", _COUNTED_BLANK) if turned else drawn
            continue
        if mixed:
            word = [_ready_for_a_mixed_line(cluster) for cluster in word]
            turned = _ends_right_to_left(word, otherwise=turned != right_to_left) != right_to_left
        yield _boxed(word) if any(cluster.must_be_boxed for cluster in word) else _html(word)


def _ends_right_to_left(word: Sequence[Cluster], *, otherwise: bool) -> bool:
    """Tell whether the last letter of *word* is read from the right; *otherwise* without any."""
    for cluster in reversed(word):
        if not cluster.is_picture:
            if _FROM_THE_RIGHT.is_in(cluster.text):
                return True
            if _FROM_THE_LEFT.is_in(cluster.text):
                return False
    return otherwise


def _ready_for_a_mixed_line(cluster: Cluster) -> Cluster:
    """Return *cluster* to be boxed, or without the marks that no sign of its own holds."""
    text = cluster.text
    if len(text) < 2 or cluster.is_picture or cluster.must_be_boxed:
        return cluster
    if cluster.drop is None:
        return cluster._replace(html=escape(text[0]))
    return cluster._replace(must_be_boxed=True)


def _boxed(word: Sequence[Cluster]) -> str:
    """Return *word* as boxes of one font each; what stands around its letters stays outside."""
    drawn = ""
    for (sign, drop), group in groupby(word, key=lambda cluster: (cluster.sign, cluster.drop)):
        letters = list(group)
        if drop is None or not (sign or letters[0].must_be_boxed):
            drawn += _html(letters)
            continue
        stretch = _STRETCH if len(word) > _LONG else len(word)
        for place in range(0, len(letters), stretch):
            drawn += sign + _box(letters[place : place + stretch], drop)
        drawn += sign or _NOTHING
    return drawn


def _box(letters: Sequence[Cluster], drop: float) -> str:
    return f'<span class="word" style="margin-bottom:-{drop:.3f}em">{_html(letters)}</span>'


def _html(clusters: Sequence[Cluster]) -> str:
    return "".join(cluster.html for cluster in clusters)
