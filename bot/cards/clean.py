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

_REMEMBERED = 20_000
_MAX_MARKS = 3
_MAX_SIGNS = 8
_MAX_PLAIN = 24
# U+202A–202E turn text round unseen: a name could be made to read as another.
_OVERRIDE = CharacterSet("[\u202a-\u202e]")
_BIDI_SIGN = frozenset("\u200e\u200f\u061c\u2066\u2067\u2068\u2069")
_VARIATION = CharacterSet("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_TAG = CharacterSet("[\U000e0000-\U000e007f]")
_JOIN = CharacterSet("[\u200c\u200d]")
_JOINING = CharacterSet(
    r"[\p{Arabic}\p{Devanagari}\p{Bengali}\p{Gurmukhi}\p{Gujarati}\p{Oriya}\p{Tamil}\p{Telugu}"
    r"\p{Kannada}\p{Malayalam}\p{Sinhala}\p{Khmer}\p{Myanmar}]"
)


class Cluster(NamedTuple):
    """One thing a reader sees as one character: its words, its markup, how much it stands for."""

    text: str
    html: str
    lost: bool = False
    is_picture: bool = False


class Cleaner:
    """Turns foreign text into clusters that can be drawn; remembers those it has met."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._known: dict[str, tuple[Cluster, ...]] = {}

    def clusters(self, text: str) -> list[Cluster]:
        """Return what is drawn for one line of *text*; line breaks and controls are left out."""
        known, found = self._known, list[Cluster]()
        for raw in clusters(_OVERRIDE.taken_from(unicodedata.normalize("NFC", text))):
            drawn = known.get(raw)
            if drawn is None:
                drawn = self._clean(raw)
                # Emptied rather than trimmed: what is common comes back at once.
                if len(known) >= _REMEMBERED:
                    known.clear()
                known[raw] = drawn
            found.extend(drawn)
        return found

    def line(self, text: str) -> list[Cluster]:
        """Return the clusters of *text* as one line, its white space collapsed."""
        return self.clusters(" ".join(text.split()))

    def _clean(self, raw: str) -> tuple[Cluster, ...]:
        # A space that carries marks is a space.
        if raw[0].isspace():
            return (_plain("\u00a0" if raw[0] == "\u00a0" else " "),)
        if raw in _BIDI_SIGN:
            return (_plain(raw),) if self._shelf.can_draw(raw) else ()
        category = unicodedata.category(raw[0])
        if category in {"Cs", "Co", "Cn"}:
            # Flags and newer emoji may be unknown to this Python; their drawings are not.
            return _pictures(raw) or (Cluster(LOST, LOST, lost=True),)
        if category in {"Cc", "Cf"} or category.startswith("M"):
            return ()
        if emoji.wants_colour(raw) and (pictures := _pictures(raw)):
            return pictures
        return self._letters(raw) or _pictures(raw) or (Cluster(LOST, LOST, lost=True),)

    def _letters(self, raw: str) -> tuple[Cluster, ...]:
        """Return *raw* as the fonts can draw it, or nothing."""
        joining = _JOINING.is_in(raw)
        text = _TAG.taken_from(_VARIATION.taken_from(raw))
        text = _few_marks(text if joining else _JOIN.taken_from(text))
        for attempt in (text, _JOIN.taken_from(text)):
            if self._shelf.can_draw(attempt):
                return (_plain(attempt),)
        simpler = unicodedata.normalize("NFKC", text)[:_MAX_PLAIN]
        parts = clusters(simpler)
        if simpler != text and all(self._shelf.can_draw(part) for part in parts):
            return tuple(_plain(part) for part in parts)
        return self._without_strange_marks(unicodedata.normalize("NFD", simpler))

    def _without_strange_marks(self, text: str) -> tuple[Cluster, ...]:
        kept = text[:1]
        for sign in text[1:]:
            if self._shelf.can_draw(unicodedata.normalize("NFC", kept + sign)):
                kept += sign
        kept = unicodedata.normalize("NFC", kept)
        return (_plain(kept),) if self._shelf.can_draw(kept) else ()


def _plain(text: str) -> Cluster:
    return Cluster(text, escape(text))


def _pictures(raw: str) -> tuple[Cluster, ...]:
    names = emoji.drawings(raw)
    return tuple(
        Cluster(
            raw if place == 0 else "",
            f'<img class="emoji" src="{emoji.data_uri(name)}">',
            is_picture=True,
        )
        for place, name in enumerate(names)
    )


def _few_marks(cluster: str) -> str:
    """Return *cluster* with so few marks that they stay within their line."""
    kept, marks = cluster[:1], 0
    for sign in cluster[1 : 1 + _MAX_SIGNS * 4]:
        category = unicodedata.category(sign)
        marks += category == "Mn"
        # What encloses a letter reaches into its neighbours.
        if category == "Me" or (category == "Mn" and marks > _MAX_MARKS):
            continue
        if len(kept) < _MAX_SIGNS:
            kept += sign
    return kept
