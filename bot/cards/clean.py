"""Foreign text, one grapheme cluster at a time, until every cluster can be drawn.

The engine picks one font for a whole cluster, and draws a box where none holds all of it; so a
cluster is kept only when one font of ours does. What cannot be kept is written more plainly
(NFKC), then without its strange marks, and at last as "·", which is counted.
"""

import unicodedata
from html import escape
from typing import NamedTuple

from bot.cards import emoji
from bot.cards.characters import CharacterSet, clusters
from bot.cards.fonts import Shelf

LOST = "·"
"""What stands for a character that no font can draw."""

_REMEMBERED, _COMMON = 8_000, 16
_MAX_MARKS = 3
_MAX_SIGNS = 8
_MAX_PLAIN = 24
_CIRCLE = "\u25cc"
"""What stands for the letter where one writes about marks."""

_BIDI_SIGNS = "\u200e\u200f\u061c"
# Left out before the clusters are told apart, or what stood beside them would join after all. Among
# them U+202A–202E, which turn text round unseen: a name could be made to read as another; and the
# isolates U+2066–2069, with which the engine moves a line out of its room (26 px seen).
_CONTROL = CharacterSet(
    r"[[\p{Cc}\p{Cf}]--[\s\u200c\u200d\p{GCB=Prepend}\U000e0020-\U000e007f" + _BIDI_SIGNS + "]]"
)
_BIDI_SIGN = CharacterSet(f"[{_BIDI_SIGNS}]")
_PREPENDED = CharacterSet(r"\p{GCB=Prepend}")
_NEEDS_A_BASE = CharacterSet(r"[\p{GCB=Extend}\p{GCB=SpacingMark}\p{GCB=ZWJ}]")
_VARIATION = CharacterSet("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_TAG = CharacterSet("[\U000e0000-\U000e007f]")
_JOIN = CharacterSet("[\u200c\u200d]")
# Of an emoji that nobody has drawn in that colour; a letter would get it as a second letter.
_TONE = CharacterSet("[\U0001f3fb-\U0001f3ff]")
# They stand on two letters, or to the right of one: at the end of a line, beside the line.
_ASIDE = CharacterSet("[\u0315\u031a\u035c-\u0363\u1dcd\u1dfc]")
_JOINING = CharacterSet(
    r"[\p{Arabic}\p{Devanagari}\p{Bengali}\p{Gurmukhi}\p{Gujarati}\p{Oriya}\p{Tamil}\p{Telugu}"
    r"\p{Kannada}\p{Malayalam}\p{Sinhala}\p{Khmer}\p{Myanmar}]"
)
# What boxes.py is about.
_OF_INDIA = CharacterSet(
    r"[\p{Devanagari}\p{Bengali}\p{Gurmukhi}\p{Gujarati}\p{Oriya}\p{Tamil}\p{Telugu}\p{Kannada}"
    r"\p{Malayalam}\p{Sinhala}\p{Khmer}\p{Myanmar}\u0964\u0965]"
)
_OF_THE_EAST = CharacterSet(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
_OF_THE_WEST = CharacterSet("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f]")
_OF_SIAM = CharacterSet(r"[\p{Thai}\p{Lao}]")
_OF_ARABIA = CharacterSet(r"\p{Bidi_Class=AL}")
_FROM_THE_RIGHT = CharacterSet(r"\p{Bidi_Class=R}")
_FROM_THE_LEFT = CharacterSet(r"[\p{Bidi_Class=L}\p{Bidi_Class=EN}\p{Bidi_Class=AN}]")
# One sign, sixteen letters wide: no line has room for it, and nothing decomposes it.
_BASMALA = "\ufdfd"
_WRITTEN_OUT = "بسم الله الرحمن الرحيم"


class Cluster(NamedTuple):
    """One thing a reader sees as one character: its words, its markup, whether it was lost.

    What is set of the last three tells how its word is laid out as boxes, where that has to be: the
    baseline of its font (`Shelf.drops`), and the sign of the direction it is read in, if any.
    """

    text: str
    html: str
    lost: bool = False
    is_picture: bool = False
    drop: float | None = None
    sign: str = ""
    must_be_boxed: bool = False


class Cleaner:
    """Turns foreign text into clusters that can be drawn; remembers those it has met."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._known: dict[str, tuple[Cluster, ...]] = {}

    def clusters(self, text: str) -> list[Cluster]:
        """Return what is drawn for one line of *text*; line breaks and controls are left out."""
        known, found = self._known, list[Cluster]()
        text = unicodedata.normalize("NFC", text.replace(_BASMALA, _WRITTEN_OUT))
        for raw in clusters(_CONTROL.taken_from(text)):
            drawn = known.get(raw)
            if drawn is None:
                drawn = self._clean(raw)
                # Emptied rather than trimmed: what is common comes back at once.
                if len(known) >= _REMEMBERED:
                    known.clear()
                # A drawing is kilobytes; emoji.py keeps the last ones.
                if len(raw) <= _COMMON and not any(cluster.is_picture for cluster in drawn):
                    known[raw] = drawn
            found.extend(drawn)
        return _spaced_once(_marked_within(found))

    def line(self, text: str) -> list[Cluster]:
        """Return the clusters of *text* as one line, its white space collapsed."""
        return self.clusters(" ".join(text.split()))

    def _clean(self, raw: str) -> tuple[Cluster, ...]:
        first = raw[0]
        # A space that carries marks is a space.
        if first.isspace():
            return (_plain("\u00a0" if first == "\u00a0" else " "),)
        if _PREPENDED.is_in(first) and (len(raw) == 1 or not self._shelf.can_draw(raw)):
            return self._clean(raw[1:]) if len(raw) > 1 else ()
        if _BIDI_SIGN.is_in(first) or _NEEDS_A_BASE.is_in(first):
            kept = _BIDI_SIGN.is_in(first) and self._shelf.can_draw(raw)
            return (_plain(raw),) if kept else ()
        # Of a flag or an emoji newer than this Python the drawing is known all the same.
        unknown = unicodedata.category(first) in {"Cs", "Co", "Cn"}
        if (unknown or emoji.wants_colour(raw)) and (pictures := _pictures(raw)):
            return pictures
        letters = () if unknown else self._letters(raw)
        return letters or _pictures(raw) or (Cluster(LOST, LOST, lost=True),)

    def _letters(self, raw: str) -> tuple[Cluster, ...]:
        """Return *raw* as the fonts can draw it, or nothing."""
        joining = _JOINING.is_in(raw)
        text = raw[0] + _TONE.taken_from(_TAG.taken_from(_VARIATION.taken_from(raw[1:])))
        text = _few_marks(text if joining else _JOIN.taken_from(text))
        for attempt in (text, _JOIN.taken_from(text)):
            if self._shelf.can_draw(attempt):
                return (self._drawn(attempt),)
        simpler = unicodedata.normalize("NFKC", text)[:_MAX_PLAIN]
        if simpler[:1].isspace():
            # An accent that stands alone is a space with an accent, and that is a space.
            return ()
        parts = clusters(simpler)
        if simpler != text and all(self._shelf.can_draw(part) for part in parts):
            return tuple(self._drawn(part) for part in parts)
        return self._without_strange_marks(unicodedata.normalize("NFD", simpler))

    def _without_strange_marks(self, text: str) -> tuple[Cluster, ...]:
        kept = text[:1]
        for sign in text[1:]:
            if self._shelf.can_draw(unicodedata.normalize("NFC", kept + sign)):
                kept += sign
        kept = unicodedata.normalize("NFC", kept)
        return (self._drawn(kept),) if self._shelf.can_draw(kept) else ()

    def _drawn(self, text: str) -> Cluster:
        """Return what one font can draw."""
        first, marked = text[0], len(text) > 1
        if _OF_INDIA.is_in(text):
            sign, must = "\u200e", True
        elif _FROM_THE_RIGHT.is_in(first):
            sign, must = "\u200f", marked
        elif _OF_ARABIA.is_in(first):
            sign, must = "\u061c", marked
        elif marked and not _FROM_THE_LEFT.is_in(first):
            sign, must = "", True
        elif _OF_SIAM.is_in(first):
            sign, must = "\u200e", False
        else:
            return _plain(text)
        return Cluster(
            text, escape(text), drop=self._shelf.drop(text), sign=sign, must_be_boxed=must
        )


def _marked_within(found: list[Cluster]) -> list[Cluster]:
    """Return *found*; marks that stand aside only where another letter follows."""
    for place, cluster in enumerate(found):
        text = cluster.text
        if len(text) > 1 and _ASIDE.is_in(text):
            following = found[place + 1].text[:1] if place + 1 < len(found) else ""
            if not following.isalpha():
                found[place] = cluster._replace(
                    text=_ASIDE.taken_from(text), html=_ASIDE.taken_from(cluster.html)
                )
    return found


def _spaced_once(found: list[Cluster]) -> list[Cluster]:
    """Return *found* without the spaces that follow a space, also across a sign of direction.

    Of several such signs in a row the first is kept: the engine moves a line with more of them
    out of its room (23 px seen).
    """
    kept: list[Cluster] = []
    spaced = signed = False
    for cluster in found:
        is_sign = bool(cluster.text) and _BIDI_SIGN.is_in(cluster.text)
        if (cluster.text == " " and spaced) or (is_sign and signed):
            continue
        kept.append(cluster)
        spaced = cluster.text == " " or (spaced and is_sign)
        signed = is_sign
    return kept


def _plain(text: str) -> Cluster:
    return Cluster(text, escape(text))


def _pictures(raw: str) -> tuple[Cluster, ...]:
    names = emoji.drawings(raw)
    return tuple(
        Cluster(
            raw if place == 0 else "",
            emoji.image(name),
            is_picture=True,
        )
        for place, name in enumerate(names)
    )


def _few_marks(cluster: str) -> str:
    """Return *cluster* with so few marks that they stay within their line."""
    kept, marks = cluster[:1], 0
    if kept != _CIRCLE and unicodedata.category(kept)[0] in "PSN":
        # Of a comma, a digit or an arrow no font knows where its marks belong.
        return kept
    if _OF_THE_EAST.is_in(kept):
        cluster = _OF_THE_WEST.taken_from(cluster)
    for sign in cluster[1 : 1 + _MAX_SIGNS * 4]:
        category = unicodedata.category(sign)
        marks += category == "Mn"
        # What encloses a letter reaches into its neighbours.
        if category == "Me" or (category == "Mn" and marks > _MAX_MARKS):
            continue
        if len(kept) < _MAX_SIGNS:
            kept += sign
    return kept
