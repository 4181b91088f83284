"""The styles of quote cards, as data. A new one: its sheets in `sheets/`, and a row here."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.cards.scenes import Style
from bot.language.speech import mark


@dataclass(frozen=True, slots=True)
class Small:
    """A small text of a sheet: the sizes it may have (px), the largest first, and its height (px).

    What does not fit at the last size is cut with an ellipsis.
    """

    element: str
    sizes: tuple[int, ...]
    height: int


@dataclass(frozen=True, slots=True)
class Canvas:
    """One size of a style: its sheet, its height (px), and the sizes its text may have (px).

    *area* is about how much room the text has (px²): what is far too long is not tried.

    No text goes below 24 px, some 8 points on a phone: a taller card comes first.
    """

    sheet: str
    height: int
    area: int
    largest: int
    smallest: int
    small: tuple[Small, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """What a style is made of.

    Attributes:
        canvases: its sizes, the smallest first.
        font: the family that leads for the text.
        em: the mean width of a letter in that font, in ems; a first guess only.
        ground: what stands behind initials (RGB).
        grey: whether portraits lose their colour.
        title: the masthead where the scene has none.
        foot: the line at the foot where the scene has none.
    """

    canvases: tuple[Canvas, ...]
    font: str
    em: float
    ground: int
    grey: bool
    title: str = "Samizdat"
    foot: str = ""


def _canvases(
    name: str, largest: int, small: tuple[Small, ...], tall: tuple[Small, ...]
) -> tuple[Canvas, ...]:
    return (
        Canvas(name, 630, 700 * 430, largest, 32, small),
        Canvas(f"{name}_tall", 900, 1075 * 560, 44, 30, tall),
        Canvas(f"{name}_tall", 1150, 1075 * 810, 40, 28, tall),
        Canvas(f"{name}_tall", 1400, 1075 * 1060, 38, 24, tall),
    )


LOOKS: Mapping[Style, Look] = MappingProxyType(
    {
        Style.POSTER: Look(
            _canvases(
                "poster",
                150,
                (Small("name", (44, 36, 30), 108), Small("meta", (30, 26), 70)),
                (Small("name", (50, 40, 32, 26), 62), Small("meta", (34, 28, 24), 46)),
            ),
            "Oswald",
            0.42,
            0x37322C,
            grey=True,
        ),
        Style.NEWSPAPER: Look(
            _canvases(
                "newspaper",
                124,
                (
                    Small("title", (58, 48, 40, 34), 71),
                    Small("meta", (28, 24), 38),
                    Small("name", (32, 27, 23), 118),
                    Small("foot", (24, 21), 32),
                ),
                (
                    Small("title", (64, 52, 42, 36), 78),
                    Small("meta", (30, 25), 40),
                    Small("name", (44, 36, 30), 108),
                    Small("foot", (26, 22), 35),
                ),
            ),
            "PT Serif",
            0.5,
            0x3A3733,
            grey=True,
            foot=mark("Read it, copy it, pass it on."),
        ),
        Style.PLAIN: Look(
            _canvases(
                "plain",
                128,
                (Small("name", (42, 34, 28), 104), Small("meta", (30, 26), 74)),
                (Small("name", (46, 38, 32), 112), Small("meta", (32, 27), 88)),
            ),
            "Noto Sans",
            0.54,
            0x5B5E66,
            grey=False,
        ),
    }
)
