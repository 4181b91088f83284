"""Seats in a half circle: one a ballot, in the order in which the sides sit. Pure geometry."""

from collections.abc import Sequence
from math import cos, pi, sin
from typing import NamedTuple

MOST_SEATS = 400
"""Seats beyond which one seat stands for several ballots."""

_MOST_ROWS = 14
INNER = 0.42
"""Radius of the floor that stays free, in units of the outer radius."""

_FILLED = 0.8
_LARGEST = 0.095
_ONE_ROW, _LONE_ROW = 12, 0.71


class Seat(NamedTuple):
    """A seat: its centre in units of the outer radius (y upwards), and whose it is."""

    x: float
    y: float
    side: int


class House(NamedTuple):
    """All seats from left to right, the radius of a seat, and how many ballots one stands for."""

    seats: tuple[Seat, ...]
    radius: float
    ballots_a_seat: int


def house(sides: Sequence[int]) -> House:
    """Seat the ballots of each side (never negative), the first side on the left."""
    total = sum(sides)
    scale = max(1, -(-total // MOST_SEATS))
    seated = shares(sides, -(-total // scale))
    count = sum(seated)
    if count == 0:
        return House((), _LARGEST, scale)
    radii, size = _rows(count)
    placed = sorted(
        (angle, radius)
        for radius, seats in zip(
            radii, shares([round(r * 1000) for r in radii], count), strict=True
        )
        for angle in _angles(seats)
    )
    owners = [side for side, seats in enumerate(seated) for _ in range(seats)]
    return House(
        tuple(
            Seat(-radius * cos(angle), radius * sin(angle), side)
            for (angle, radius), side in zip(placed, owners, strict=True)
        ),
        size,
        scale,
    )


def shares(parts: Sequence[int], whole: int) -> list[int]:
    """Divide *whole* in proportion to *parts*, by largest remainder: the sum is exact."""
    total = sum(parts)
    if total == 0:
        return [0] * len(parts)
    divided = [part * whole // total for part in parts]
    remainders = sorted(
        range(len(parts)), key=lambda place: (-(parts[place] * whole % total), place)
    )
    for place in remainders[: whole - sum(divided)]:
        divided[place] += 1
    return divided


def _rows(count: int) -> tuple[list[float], float]:
    """Return the radii of as few rows as hold *count* seats, and the radius of a seat."""
    if count <= _ONE_ROW:
        return [_LONE_ROW], _LARGEST
    rows = next(rows for rows in range(2, _MOST_ROWS + 1) if _capacity(rows) >= count)
    return _radii(rows), min(_spacing(rows) * _FILLED / 2, _LARGEST)


def _spacing(rows: int) -> float:
    return (1 - INNER) / rows


def _radii(rows: int) -> list[float]:
    """Return the middle of each row, the innermost first."""
    return [INNER + _spacing(rows) * (row + 0.5) for row in range(rows)]


def _capacity(rows: int) -> int:
    return sum(int(pi * radius / _spacing(rows)) for radius in _radii(rows))


def _angles(seats: int) -> list[float]:
    """Return angles from left (0) to right (pi); a single seat stands in the middle."""
    if seats == 1:
        return [pi / 2]
    return [pi * place / (seats - 1) for place in range(seats)]
