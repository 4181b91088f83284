"""What may be fetched, and what comes of it."""

from dataclasses import dataclass
from typing import Self

from bot.chapters import addresses
from bot.clock import Instant
from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class FetchRules:
    """What may be fetched. *hosts*: each with all below it, `*` for any (FEED_HOSTS).

    *allow_loopback*: this machine may be asked, on any port. *largest*: bytes after decompression.
    *seconds*: for one fetch with all its redirects, from its turn on.
    """

    hosts: tuple[str, ...]
    allow_loopback: bool = False
    largest: int = 5 * 1024 * 1024
    seconds: float = 20.0
    redirects: int = 5

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Return the rules that the operator has set."""
        return cls(settings.feed_hosts, settings.feed_allow_loopback)

    def admit(self, host: str) -> bool:
        """Tell whether *host* is one of the hosts, or below one, or this machine if allowed."""
        host = host.rstrip(".")
        if self.allow_loopback and addresses.is_loopback(host):
            return True
        return any(name in {"*", host} or host.endswith(f".{name}") for name in self.hosts)


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: *status* 200 with a *body*, or 304 with none.

    *etag*, *last_modified*: verbatim, to be given to the next `fetch`. *expires*: until when asking
    again is pointless, or None. *retry_after*: seconds the site wants us to stay away, or None.
    *final_url*: where the redirects ended. *charset*: as the Content-Type has it.
    """

    status: int
    body: bytes
    final_url: str
    etag: str | None = None
    last_modified: str | None = None
    expires: Instant | None = None
    retry_after: float | None = None
    charset: str | None = None
