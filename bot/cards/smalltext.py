"""Small texts that keep to their room: smaller first, then cut with an ellipsis."""

from collections.abc import Sequence

from bot.cards.clean import Cluster
from bot.cards.fit import longest_prefix
from bot.cards.looks import Small
from bot.cards.press import Sheet
from bot.cards.studio import markup, whole_words


def fit_small(sheet: Sheet, text: Small, clusters: Sequence[Cluster]) -> int:
    """Set *clusters*, which the element already holds, at the largest size that fits; else cut.

    Return the size (px).
    """
    for size in text.sizes:
        sheet.style(text.element, "font-size", f"{size}px")
        if sheet.box(text.element).height <= text.height:
            return size

    def height_of(count: int) -> float:
        sheet.fill(**{text.element: markup(whole_words(clusters, count))})
        return sheet.box(text.element).height

    height_of(longest_prefix(height_of, text.height, len(clusters)))
    return text.sizes[-1]
