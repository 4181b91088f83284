"""What every kind of picture is made with."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards import emoji
from bot.cards.avatar import Portraits
from bot.cards.boxes import begins_right_to_left, is_mixed, word_markup
from bot.cards.clean import Cleaner, Cluster
from bot.cards.fit import longest_prefix
from bot.cards.fonts import open_shelf
from bot.cards.memory import share_one_heap
from bot.cards.press import Press
from bot.cards.richtext import Reader

_NEAR = 14
_EM = "▇▇"
"""As wide as a picture in a line, and a little more."""


@dataclass(frozen=True, slots=True)
class Studio:
    """The press, and those who make text ready for it."""

    press: Press
    cleaner: Cleaner
    reader: Reader
    portraits: Portraits

    def size_for(self, text: str, family: str, sizes: Sequence[int], room: float) -> int:
        """Return the first of *sizes* (px) at which *text* is not wider than *room*, or the last.

        For words of ours, which are longer in other languages.
        """
        fits = (size for size in sizes if self.press.width(text, family, size, 400) <= room)
        return next(fits, sizes[-1])

    def one_line(
        self, text: str, family: str, size: int, weight: int, room: float
    ) -> list[Cluster]:
        """Return *text* cleaned, and cut with an ellipsis where it is wider than *room* (px)."""
        clusters = self.cleaner.line(text)

        def width_of(count: int) -> float:
            shown = shortened(clusters, count)
            return self.press.width(
                "".join(_EM if cluster.is_picture else cluster.text for cluster in shown),
                family,
                size,
                weight,
            )

        if width_of(len(clusters)) <= room:
            return clusters
        return whole_words(clusters, longest_prefix(width_of, room, len(clusters)))


def open_studio() -> Studio:
    """Return a studio of its own. Blocking: the first one of a process reads the fonts."""
    share_one_heap()
    shelf = open_shelf()
    emoji.warm_up()
    cleaner = Cleaner(shelf)
    return Studio(Press(shelf), cleaner, Reader(cleaner), Portraits())


def shortened(clusters: Sequence[Cluster], most: int) -> list[Cluster]:
    """Return at most *most* clusters, the last an ellipsis where some were left out."""
    if len(clusters) <= most:
        return list(clusters)
    return [*clusters[: most - 1], Cluster("…", "…")]


def whole_words(clusters: Sequence[Cluster], most: int) -> list[Cluster]:
    """Return `shortened`, cut after a whole word where one ends near."""
    for kept in range(most - 1, max(most - _NEAR, 1), -1):
        if clusters[kept].text.isspace():
            return shortened(clusters, kept + 1)
    return shortened(clusters, most)


def markup(clusters: Sequence[Cluster]) -> str:
    """Return the markup of *clusters*."""
    mixed = is_mixed(clusters)
    # The engine sees the direction of the first letter.
    turned = mixed and begins_right_to_left(clusters)
    return "".join(word_markup(clusters, mixed=mixed, right_to_left=turned))


def words(clusters: Sequence[Cluster]) -> str:
    """Return the words of *clusters*."""
    return "".join(cluster.text for cluster in clusters)


def lost(*texts: Sequence[Cluster]) -> int:
    """Return how many characters of *texts* could not be drawn."""
    return sum(cluster.lost for clusters in texts for cluster in clusters)
