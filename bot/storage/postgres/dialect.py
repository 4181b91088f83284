"""The same SQL for both engines: named parameters become PostgreSQL's numbered ones.

The statements keep to what SQLite and PostgreSQL both know, so that this is all there is to do. A
number is told its type, by the value it stands for: asyncpg asks the server for types, and the
server would take `:flag = 1` for a small integer, in which no id of Discord has room.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from bot.storage.rows import Parameters

_TOKEN: Final = re.compile(
    r"""
    (?P<skipped> '(?:[^']|'')*' | "(?:[^"]|"")*" | --[^\n]* | /\*.*?\*/ | :: )
    | :(?P<name>[A-Za-z_]\w*)
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
    names = _names(sql)
    values = [parameters[name] for name in names]
    return _numbered(sql, tuple(map(_type_of, values))), [_sent(value) for value in values]


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
def _numbered(sql: str, types: Sequence[str]) -> str:
    names = _names(sql)

    def number(token: re.Match[str]) -> str:
        if token["name"] is None:
            return token[0]
        place = names.index(token["name"])
        return f"${place + 1}::{types[place]}" if types[place] else f"${place + 1}"

    return _TOKEN.sub(number, sql)
