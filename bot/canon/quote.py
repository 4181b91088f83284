"""What an entry says, in the sentences that matter to whoever asked."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.canon.excerpt import Stretch, shown, telling
from bot.canon.models import Entry

CARD = 600
"""Characters of a passage on a card; of a longer one, the sentences that tell what was asked."""


@dataclass(frozen=True, slots=True)
class Quote:
    """An entry, and the stretch of its text that is quoted."""

    entry: Entry
    stretch: Stretch

    @property
    def text(self) -> str:
        """The words that are quoted; `[…]` where the entry says more."""
        return shown(self.entry.text, self.stretch)


def quote_of(
    entry: Entry, words: Collection[str] = (), length: int = CARD, *, after: int = 0
) -> Quote:
    """Return *entry* in at most *length* characters: the sentences that say most of *words*.

    Those before the character *after* are left out.
    """
    stretch = telling(entry.text[after:], words, length)
    return Quote(entry, Stretch(after + stretch.start, after + stretch.end))
