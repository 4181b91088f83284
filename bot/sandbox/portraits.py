"""The pictures of the readers and of the bot: flat shapes in a few colours, drawn when needed.

Blocking; call it off the event loop.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageDraw

_SIDE = 128
_FINE = 4  # drawn this many times larger, then reduced: Pillow's own edges are jagged

_RED, _CREAM, _BLACK = "#a11d21", "#f4ead5", "#1a1715"
_OCHRE, _SLATE = "#cf9434", "#3f5468"


class _Disc(NamedTuple):
    """A filled circle; all measures are hundredths of the picture's side."""

    colour: str
    x: float
    y: float
    radius: float


class _Area(NamedTuple):
    """A filled polygon: x and y of each corner in turn."""

    colour: str
    corners: Sequence[float]


_Picture = tuple[str, Sequence[_Disc | _Area]]

_PICTURES: Mapping[str, _Picture] = {
    # Three carbon copies, the last one typed upon.
    "samizdat": (
        _RED,
        (
            _Area(_BLACK, (38, 14, 84, 22, 75, 76, 29, 68)),
            _Area(_OCHRE, (31, 18, 77, 24, 69, 79, 23, 73)),
            _Area(_CREAM, (24, 22, 70, 26, 64, 84, 18, 80)),
            _Area(_RED, (30, 33, 63, 36, 62, 43, 29, 40)),
            _Area(_BLACK, (29, 50, 61, 53, 60.5, 57, 28.5, 54)),
            _Area(_BLACK, (27.5, 60, 60, 63, 59.5, 67, 27, 64)),
            _Area(_BLACK, (26.5, 70, 46, 72, 45.5, 76, 26, 74)),
        ),
    ),
    "vera": (
        _CREAM,
        (
            _Disc(_RED, 42, 42, 27),
            _Area(_BLACK, (10, 82, 82, 10, 92, 20, 20, 92)),
        ),
    ),
    "anatol": (
        _BLACK,
        (
            _Area(_CREAM, (50, 16, 88, 82, 12, 82)),
            _Disc(_RED, 50, 58, 13),
        ),
    ),
    "ines": (
        _OCHRE,
        (
            _Disc(_CREAM, 50, 46, 25),
            _Area(_BLACK, (0, 62, 100, 46, 100, 100, 0, 100)),
            _Area(_RED, (0, 80, 100, 64, 100, 74, 0, 90)),
        ),
    ),
    "otto": (
        _SLATE,
        (
            _Disc(_CREAM, 50, 50, 37),
            _Disc(_SLATE, 50, 50, 27),
            _Area(_SLATE, (50, 50, 100, 26, 100, 50)),
            _Disc(_RED, 50, 50, 15),
        ),
    ),
    "mei": (
        _CREAM,
        (
            _Area(_BLACK, (50, 10, 90, 50, 50, 90, 10, 50)),
            _Area(_RED, (50, 10, 90, 50, 50, 50)),
            _Area(_CREAM, (50, 50, 50, 72, 28, 50)),
        ),
    ),
    # An open book.
    "clio": (
        _RED,
        (
            _Area(_BLACK, (8, 36, 50, 46, 92, 36, 92, 82, 50, 92, 8, 82)),
            _Area(_CREAM, (12, 24, 48, 36, 48, 82, 12, 72)),
            _Area(_CREAM, (88, 24, 52, 36, 52, 82, 88, 72)),
        ),
    ),
    # Spines on a shelf.
    "nadia": (
        _BLACK,
        (
            _Area(_RED, (20, 22, 36, 22, 36, 80, 20, 80)),
            _Area(_CREAM, (40, 32, 52, 32, 52, 80, 40, 80)),
            _Area(_OCHRE, (58, 30, 70, 26, 84, 76, 72, 80)),
            _Area(_CREAM, (12, 80, 88, 80, 88, 85, 12, 85)),
        ),
    ),
}


def draw_portraits() -> dict[str, bytes]:
    """Return each person's picture (and the bot's, "samizdat") by name: a square PNG."""
    return {name: _draw(picture) for name, picture in _PICTURES.items()}


def _draw(picture: _Picture) -> bytes:
    background, shapes = picture
    unit = _SIDE * _FINE / 100
    image = Image.new("RGB", (_SIDE * _FINE, _SIDE * _FINE), background)
    brush = ImageDraw.Draw(image)
    for shape in shapes:
        if isinstance(shape, _Disc):
            centre = (shape.x * unit, shape.y * unit)
            brush.circle(centre, shape.radius * unit, fill=shape.colour)
        else:
            brush.polygon([measure * unit for measure in shape.corners], fill=shape.colour)
    written = BytesIO()
    image.resize((_SIDE, _SIDE), Image.Resampling.LANCZOS).save(written, "PNG", optimize=True)
    return written.getvalue()
