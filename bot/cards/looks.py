"""The styles of quote cards, as data. A new one: its sheets in `sheets/`, and a row here."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.cards.scenes import Style


@dataclass(frozen=True, slots=True)
class Canvas:
    """One size of a style: its sheet, its height, and the sizes its text may have (px).

    No text goes below 24 px, some 8 points on a phone: a taller card comes first.
    """

    sheet: str
    height: int
    largest: int
    smallest: int


@dataclass(frozen=True, slots=True)
class Look:
    """What a style is made of.

    Attributes:
        canvases: its sizes, the smallest first.
        font: the family that leads for the text.
        em: the mean width of a letter in that font, in ems; a first guess only.
        grey: whether portraits lose their colour.
        title: the masthead where the scene has none.
        foot: the line at the foot where the scene has none.
    """

    canvases: tuple[Canvas, ...]
    font: str
    em: float
    grey: bool
    title: str = "Samizdat"
    foot: str = ""


def _canvases(name: str, largest: int) -> tuple[Canvas, ...]:
    return (
        Canvas(name, 630, largest, 32),
        Canvas(f"{name}_tall", 900, 44, 30),
        Canvas(f"{name}_tall", 1150, 40, 28),
        Canvas(f"{name}_tall", 1400, 38, 24),
    )


LOOKS: Mapping[Style, Look] = MappingProxyType(
    {
        Style.POSTER: Look(_canvases("poster", 72), "Oswald", 0.42, grey=True),
        Style.NEWSPAPER: Look(
            _canvases("newspaper", 56),
            "PT Serif",
            0.5,
            grey=True,
            foot="Read it, copy it, pass it on.",
        ),
        Style.PLAIN: Look(_canvases("plain", 60), "Noto Sans", 0.54, grey=False),
    }
)
