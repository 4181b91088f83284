"""Small texts that keep to their room: smaller first, then cut with an ellipsis."""

from collections.abc import Sequence

from bot.cards.clean import Cluster
from bot.cards.fit import longest_prefix
from bot.cards.looks import Small
from bot.cards.press import Sheet
from bot.cards.studio import markup, shortened


def fit_small(sheet: Sheet, text: Small, clusters: Sequence[Cluster]) -> None:
    """Set *clusters*, which the element already holds, at the largest size that fits; else cut."""
    for size in text.sizes:
        sheet.style(text.element, "font-size", f"{size}px")
        if sheet.box(text.element).height <= text.height:
            return

    def height_of(count: int) -> float:
        sheet.fill(**{text.element: markup(shortened(clusters, count))})
        return sheet.box(text.element).height

    height_of(longest_prefix(height_of, text.height, len(clusters)))
