"""Lines of about equal length, so that no last word stands alone."""

from bot.cards.press import Sheet

_MOST = 8
_SHORTER = (0.7, 0.4, 0.2)
"""Lines by which the last one may be shorter than the others, tried in turn."""


def balance(sheet: Sheet, element: str, lines: int, narrowest: float = 0.0) -> None:
    """Narrow an element that holds a few *lines* of text as far as that costs no line.

    Not below *narrowest* (px), at which a word might be broken that was whole.
    """
    if not 1 < lines <= _MOST:
        return
    _, _, room, height = sheet.box(element)
    for shorter in _SHORTER:
        width = max(room * (lines - shorter) / lines, narrowest)
        if width >= room:
            continue
        sheet.style(element, "width", f"{width:.0f}px")
        if sheet.box(element).height <= height:
            return
    sheet.style(element, "width", f"{room:g}px")
