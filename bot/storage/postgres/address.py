"""The address of a server, and what of it may be said aloud.

`postgresql://user:password@host:port/database`, as libpq knows it
(https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS).
"""

import re
from dataclasses import dataclass
from typing import Final, Self

from pydantic import SecretStr

from bot.errors import StorageError

_PARTS: Final = re.compile(
    r"postgres(?:ql)?://(?:(?P<login>[^/?#]*)@)?(?P<hosts>[^/?#@]*)/(?P<name>[^/?#@]+)"
    r"(?:\?(?P<options>[^#@]*))?"
)
_HOST: Final = re.compile(r"(?:[\w.%-]*|\[[0-9A-Fa-f:.%\w]+\])(?::(?P<port>\d{1,5}))?")
UNREADABLE: Final = (
    "DATABASE_URL cannot be read. It is postgresql://user:password@host:port/database, in which "
    "each of @ / ? # % : in the password is written as its number (%40 %2F %3F %23 %25 %3A)."
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where the database is. *shown* holds no word of the login."""

    url: SecretStr
    shown: str

    @classmethod
    def read(cls, url: SecretStr) -> Self:
        """Return the address of *url*.

        Raises:
            StorageError: it is none; what it says instead is not repeated.
        """
        parts = _PARTS.fullmatch(url.get_secret_value().strip())
        if parts is None:
            raise StorageError(UNREADABLE)
        for host in parts["hosts"].split(","):
            place = _HOST.fullmatch(host)
            if place is None or not 0 <= int(place["port"] or 0) < 2**16:
                raise StorageError(UNREADABLE)
        hosts = parts["hosts"] or "this machine"
        return cls(SecretStr(url.get_secret_value().strip()), f"{parts['name']} at {hosts}")
