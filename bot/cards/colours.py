"""Foreign colours: which letters are read on them, and how they are drawn on paper. Pure."""

_LIGHT = 0.17
"""The luminance at which our ink and our papers are read equally well."""


def colour(rgb: int) -> str:
    """Return an RGB number as CSS writes it; anything beyond 24 bits is left out."""
    return f"#{rgb & 0xFFFFFF:06x}"


def is_light(rgb: int) -> bool:
    """Tell whether dark letters are read more easily on this colour than light ones."""
    return _luminance(rgb) > _LIGHT


def on_paper(rgb: int) -> str:
    """Return a colour as CSS writes it, darker where paper would swallow it."""
    while is_light(rgb):
        rgb = sum((part * 15 // 16) << shift for part, shift in _parts(rgb))
    return colour(rgb)


def _luminance(rgb: int) -> float:
    """Return the relative luminance of WCAG 2.2: 0 is black, 1 is white."""
    weights = {16: 0.2126, 8: 0.7152, 0: 0.0722}
    return sum(weights[shift] * _linear(part / 255) for part, shift in _parts(rgb))


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def _parts(rgb: int) -> list[tuple[int, int]]:
    return [(rgb >> shift & 0xFF, shift) for shift in (16, 8, 0)]
