"""Where the tables and fields of a TOML file stand, so that a fault names a line to jump to."""

import re
from collections.abc import Mapping, Sequence

Place = tuple[str | int, ...]
"""A path into the file as pydantic gives it: ("entity", 3, "kind") is in the fourth [[entity]]."""

_HEADER = re.compile(r"\s*(?P<list>\[)?\[(?P<path>[^\[\]]+)\]\]?\s*(?:#.*)?")
_FIELD = re.compile(r"""\s*(?P<name>"[^"]*"|'[^']*'|[\w-]+)\s*[=.]""")
_LONG_STRING = re.compile(r"\"\"\"|'''")


def toml_lines(text: str) -> dict[Place, int]:
    """Return the line, from 1, of every table and field of *text*, which is valid TOML."""
    lines: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    table: Place = ()
    inside = False
    for number, row in enumerate(text.split("\n"), 1):
        was_inside = inside
        inside ^= len(_LONG_STRING.findall(row)) % 2 == 1
        if was_inside:
            continue
        if header := _HEADER.fullmatch(row.rstrip("\r")):
            path: Place = tuple(part.strip(" \"'") for part in header["path"].split("."))
            if header["list"]:
                counts[path] = counts.get(path, -1) + 1
                table = (*path, counts[path])
            else:
                table = path
            lines.setdefault(table, number)
        elif found := _FIELD.match(row):
            lines.setdefault((*table, found["name"].strip("\"'")), number)
    return lines


def line_of(lines: Mapping[Place, int], place: Sequence[str | int]) -> int | None:
    """Return the line of *place*, or of the nearest table around it that has one."""
    for length in range(len(place), 0, -1):
        if line := lines.get(tuple(place[:length])):
            return line
    return None
