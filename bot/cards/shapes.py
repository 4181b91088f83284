"""Small pieces of markup that several pictures are put together from. All sizes in pixels."""

from math import ceil

RED, GREY, BLUE, INK, PAPER = "#c8102e", "#7b7468", "#1f4e8c", "#1a1612", "#f1e7d0"
TROUGH = "#dccfae"
"""What an empty bar is filled with."""

YES = "M18 52L40 74L84 26"
NO = "M24 24L76 76M76 24L24 76"
NEITHER = "M22 50H78"


def svg(width: float, height: float, body: str) -> str:
    """Return a drawing whose units are pixels."""
    # The engine lays out in whole pixels, and would shrink a drawing that is a fraction larger.
    wide, high = ceil(width), ceil(height)
    return f'<svg width="{wide}" height="{high}" viewBox="0 0 {wide} {high}">{body}</svg>'


def rectangle(x: float, y: float, width: float, height: float, fill: str) -> str:
    """Return a filled rectangle; one without area is nothing."""
    if width <= 0 or height <= 0:
        return ""
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{fill}"/>'


def disc(x: float, y: float, radius: float, fill: str) -> str:
    """Return a filled circle."""
    return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius:.2f}" fill="{fill}"/>'


def sign(path: str, size: float, stroke: str, weight: float = 14) -> str:
    """Return one of the signs above as a drawing of its own."""
    line = f'<path d="{path}" fill="none" stroke="{stroke}" stroke-width="{weight:g}"/>'
    return f'<svg width="{size:g}" height="{size:g}" viewBox="0 0 100 100">{line}</svg>'


def at(x: float, y: float, markup: str, style: str = "", css: str = "") -> str:
    """Return *markup* with its upper left corner at a place of the body."""
    place = f"left:{round(x)}px;top:{round(y)}px;{style}"
    return f'<div class="at {css}" style="{place}">{markup}</div>'
