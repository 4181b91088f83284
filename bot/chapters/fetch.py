"""The one door to the web: fetches what strangers name, and nothing of the operator's network.

The address that a socket is about to connect to is checked when the socket is made, so it does not
matter what a name resolves to, when it changes its mind, or who redirects where.
"""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp.abc import AbstractResolver
from multidict import CIMultiDictProxy
from yarl import URL

from bot.chapters import addresses, answers
from bot.chapters.challenge import is_challenge
from bot.chapters.errors import (
    BadUrlError,
    ForbiddenAddressError,
    HostNotAllowedError,
    RedirectError,
    RefusedError,
    SiteError,
    TooLargeError,
    TooSlowError,
    UnreachableError,
)
from bot.chapters.manners import Manners
from bot.chapters.resolver import OwnThreadsResolver
from bot.chapters.source_shapes import gap_of
from bot.clock import Clock, Instant
from bot.settings import Settings
from bot.version import program_version

log = logging.getLogger(__name__)

_AT_ONCE = 32
_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/xml;q=0.9, application/json;q=0.9,"
    " text/html;q=0.8, */*;q=0.1"
)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


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


class Fetcher:
    """Fetches addresses one at a time a host; open it with `async with`."""

    def __init__(
        self,
        rules: FetchRules,
        clock: Clock,
        contact: str | None = None,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._rules = rules
        self._clock = clock
        self._resolver = resolver
        self._own_resolver = resolver is None
        self._user_agent = user_agent(contact)
        self._manners = Manners()
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        if self._rules.allow_loopback:
            log.warning("FEED_ALLOW_LOOPBACK IS ON: admins can make the bot read this machine")
        if self._own_resolver:
            self._resolver = OwnThreadsResolver()
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=_AT_ONCE,
                limit_per_host=1,
                resolver=self._resolver,
                use_dns_cache=False,
                # One address after the other, so that a refusal reaches us as it was raised.
                happy_eyeballs_delay=None,
                socket_factory=self._socket,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self._user_agent, "Accept": _ACCEPT},
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=10, sock_read=15),
            trust_env=False,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None
        if self._own_resolver and self._resolver is not None:
            await self._resolver.close()

    async def fetch(
        self, url: str, etag: str | None = None, last_modified: str | None = None
    ) -> Fetched:
        """Fetch *url* when its host's turn has come; *etag* and *last_modified* as last told.

        Raises:
            BadUrlError: *url* is never fetched.
            FetchError: it is not answered; says whether for good, on purpose, or for now.
        """
        target = self._checked(url)
        gap = 0.0 if addresses.is_loopback(target.raw_host or "") else gap_of(target)
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in conditions.items() if answers.validator(value)}
        turn = self._manners.turn(addresses.bare_host(target), gap)
        async with turn, self._slots, _told_in_words(), asyncio.timeout(self._rules.seconds):
            return await self._follow(target, headers)

    async def _follow(self, url: URL, headers: dict[str, Any]) -> Fetched:
        for _ in range(self._rules.redirects + 1):
            async with self._opened().get(url, headers=headers, allow_redirects=False) as response:
                if response.status not in _REDIRECTS:
                    return await self._answer(response, asked=bool(headers))
                url = self._next(url, response.headers.get("Location", ""))
                # Its body is of no interest, and may be without end.
                response.close()
        raise RedirectError(
            "The site sends us on and on. Open the address and paste where it ends."
        )

    def _next(self, url: URL, location: str) -> URL:
        try:
            return self._checked(sent_on(url, location))
        except (ValueError, BadUrlError):
            raise RedirectError(
                "The site sends us on to an address that is never fetched."
            ) from None

    async def _answer(self, response: aiohttp.ClientResponse, *, asked: bool) -> Fetched:
        now, headers = self._clock.now(), response.headers
        if response.status not in {200, 304}:
            response.close()
            raise answers.failure(response.status, headers, now)
        if response.status == 304 and not asked:
            raise SiteError("The site answers that nothing is new, which nobody asked it.")
        body = await self._read(response) if response.status == 200 else b""
        if is_challenge(body):
            raise RefusedError(str(answers.CHALLENGED))
        return Fetched(
            status=response.status,
            body=body,
            final_url=str(response.url),
            etag=answers.validator(headers.get("ETag")),
            last_modified=answers.validator(headers.get("Last-Modified")),
            expires=answers.expires(headers, now),
            retry_after=answers.retry_after(headers, now),
            charset=_charset(headers),
        )

    async def _read(self, response: aiohttp.ClientResponse) -> bytes:
        largest = self._rules.largest
        parts = bytearray()
        if (response.content_length or 0) <= largest:
            async for part in response.content.iter_chunked(65_536):
                parts += part
                if len(parts) > largest:
                    break
            else:
                return bytes(parts)
        response.close()
        raise TooLargeError(
            f"The answer is larger than {largest / 1_048_576:.0f} MB, which no list of chapters is."
        )

    def _checked(self, text: str) -> URL:
        url = addresses.read_url(text, allow_loopback=self._rules.allow_loopback)
        host = url.raw_host or ""
        if not self._rules.admit(host):
            raise HostNotAllowedError(
                f"“{host}” is not among the sites that this bot reads. Its operator can allow it"
                " (FEED_HOSTS); until then announce by hand: /chapter announce."
            )
        return url

    def _socket(self, info: aiohttp.AddrInfoType) -> socket.socket:
        family, kind, protocol, _, address = info
        host = str(address[0])
        is_ours = self._rules.allow_loopback and addresses.is_loopback(host)
        if not (is_ours or addresses.is_public(host)):
            log.warning("refused to connect to an address that is not public")
            raise ForbiddenAddressError("That name leads to no address of the public internet.")
        return socket.socket(family, kind, protocol)

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("the fetcher is not open")
        return self._session


@asynccontextmanager
async def _told_in_words() -> AsyncIterator[None]:
    try:
        yield
    except TimeoutError:
        raise TooSlowError("The site takes too long to answer. We try again later.") from None
    except aiohttp.ClientConnectorDNSError:
        raise UnreachableError(
            "There is no site of that name, or it cannot be found now."
        ) from None
    except aiohttp.ClientConnectionError:
        raise UnreachableError("The site cannot be reached. We try again later.") from None
    except (aiohttp.ClientError, OSError, ValueError):
        raise UnreachableError("The site's answer arrived broken. We try again later.") from None


def sent_on(url: URL, location: str) -> str:
    """Return where *location* leads from *url*; not yet checked as an address of its own.

    Raises:
        RedirectError: it gives up https, or leads nowhere.
        ValueError: it is no address.
    """
    target = url.join(URL(location))
    if not location or (url.scheme == "https" and target.scheme != "https"):
        raise RedirectError("The site sends us on to an address that is not safe to fetch.")
    return str(target)


def _charset(headers: CIMultiDictProxy[str]) -> str | None:
    for part in headers.get("Content-Type", "").split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'")[:40] or None
    return None


def user_agent(contact: str | None) -> str:
    """Return how the bot introduces itself: what it is, which version, and whom to write to."""
    about = "Discord bot that announces chapters"
    told = f"{about}; {contact}" if contact else about
    return f"Samizdat/{program_version() or '0'} ({told})"
