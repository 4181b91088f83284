"""The same SQL for both engines: named parameters become PostgreSQL's numbered ones.

The statements keep to what SQLite and PostgreSQL both know, so that this is all there is to do. A
number is told its type, by the value it stands for: asyncpg asks the server for types, and the
server would take `:flag = 1` for a small integer, in which no id of Discord has room. Of what is
None it finds the type out itself, but not in `:name IS NULL`, which is answered here instead.
"""

import re
from functools import lru_cache
from typing import Final

from bot.storage.rows import Parameters

_TOKEN: Final = re.compile(
    r"""
    (?P<skipped> '(?:[^']|'')*' | "(?:[^"]|"")*" | --[^\n]* | /\*.*?\*/ | :: )
    | :(?P<name>[A-Za-z_]\w*) (?P<test>\s+IS\s+(?P<not>NOT\s+)?NULL\b)?
    """,
    re.VERBOSE | re.DOTALL,
)
_TYPES: Final = {
    bool: "bigint",
    int: "bigint",
    str: "text",
    float: "double precision",
    bytes: "bytea",
}


def render(sql: str, parameters: Parameters) -> tuple[str, list[object]]:
    """Return *sql* as PostgreSQL takes it, and the values of its numbers.

    Raises:
        KeyError: a parameter has no value.
    """
    types = tuple(_type_of(parameters[name]) for name in _names(sql))
    said, names = _numbered(sql, types)
    return said, [_sent(parameters[name]) for name in names]


def _type_of(value: object) -> str:
    """Return the SQL type for *value*; without one the server finds out what None would be."""
    if value is None:
        return ""
    return next(name for kind, name in _TYPES.items() if isinstance(value, kind))


def _sent(value: object) -> object:
    """Return *value* as it can be kept: PostgreSQL has no text with NUL in it."""
    if isinstance(value, str) and "\0" in value:
        return value.replace("\0", "\N{REPLACEMENT CHARACTER}")
    return int(value) if isinstance(value, bool) else value


@lru_cache(maxsize=2048)
def _names(sql: str) -> tuple[str, ...]:
    """Return the parameters of *sql*, each once, in the order in which they appear."""
    found = (token["name"] for token in _TOKEN.finditer(sql))
    return tuple(dict.fromkeys(name for name in found if name is not None))


@lru_cache(maxsize=4096)
def _numbered(sql: str, types: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Return *sql* with numbers for its parameters, which are of *types*, and whose they are."""
    type_of = dict(zip(_names(sql), types, strict=True))
    numbers: dict[str, int] = {}

    def number(token: re.Match[str]) -> str:
        name = token["name"]
        if name is None:
            return token[0]
        if token["test"]:
            return "TRUE" if (type_of[name] == "") is (token["not"] is None) else "FALSE"
        place = numbers.setdefault(name, len(numbers) + 1)
        return f"${place}::{type_of[name]}" if type_of[name] else f"${place}"

    said = _TOKEN.sub(number, sql)
    return said, tuple(numbers)
