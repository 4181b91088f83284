"""The one door to the web: fetches what strangers name, and nothing of the operator's network.

The address that a socket is about to connect to is checked when the socket is made, so it does not
matter what a name resolves to, when it changes its mind, or who redirects where.
"""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp.abc import AbstractResolver
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
from bot.chapters.fetch_models import Fetched, FetchRules
from bot.chapters.manners import Manners
from bot.chapters.resolver import OwnThreadsResolver
from bot.chapters.source_shapes import gap_of
from bot.clock import Clock
from bot.language.sayings import Saying
from bot.language.speech import mark
from bot.version import program_version

__all__ = ["FetchRules", "Fetched", "Fetcher", "told_in_words", "user_agent"]

log = logging.getLogger(__name__)

_AT_ONCE = 32
_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/xml;q=0.9, application/json;q=0.9,"
    " text/html;q=0.8, */*;q=0.1"
)
_RECEIVED_AT_ONCE = 32_768
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


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
        async with turn, self._slots, told_in_words(), asyncio.timeout(self._rules.seconds):
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
            mark("The site sends us on and on. Open the address and paste where it ends.")
        )

    def _next(self, url: URL, location: str) -> URL:
        try:
            return self._checked(answers.sent_on(url, location))
        except (ValueError, BadUrlError):
            raise RedirectError(
                mark("The site sends us on to an address that is never fetched.")
            ) from None

    async def _answer(self, response: aiohttp.ClientResponse, *, asked: bool) -> Fetched:
        now, headers = self._clock.now(), response.headers
        if response.status not in {200, 304}:
            response.close()
            raise answers.failure(response.status, headers, now)
        if response.status == 304 and not asked:
            raise SiteError(mark("The site answers that nothing is new, which nobody asked it."))
        body = await self._read(response) if response.status == 200 else b""
        if is_challenge(body):
            raise RefusedError(answers.CHALLENGED)
        return Fetched(
            status=response.status,
            body=body,
            final_url=str(response.url),
            etag=answers.validator(headers.get("ETag")),
            last_modified=answers.validator(headers.get("Last-Modified")),
            expires=answers.expires(headers, now),
            retry_after=answers.retry_after(headers, now),
            charset=answers.charset(headers),
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
            Saying(
                "The answer is larger than {size} MB, which no list of chapters is.",
                size=round(largest / 1_048_576),
            )
        )

    def _checked(self, text: str) -> URL:
        url = addresses.read_url(text, allow_loopback=self._rules.allow_loopback)
        host = url.raw_host or ""
        if not self._rules.admit(host):
            raise HostNotAllowedError(
                Saying(
                    "“{host}” is not among the sites that this bot reads. Its operator can allow it"
                    " (FEED_HOSTS); until then announce by hand: /chapter announce.",
                    host=host,
                )
            )
        return url

    def _socket(self, info: aiohttp.AddrInfoType) -> socket.socket:
        family, kind, protocol, _, address = info
        host = str(address[0])
        is_ours = self._rules.allow_loopback and addresses.is_loopback(host)
        if not (is_ours or addresses.is_public(host)):
            log.warning("refused to connect to an address that is not public")
            raise ForbiddenAddressError(
                mark("That name leads to no address of the public internet.")
            )
        made = socket.socket(family, kind, protocol)
        # What arrives at once is taken apart at once: thousands of empty chunks cost 50 ms.
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVED_AT_ONCE)
        return made

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("the fetcher is not open")
        return self._session


@asynccontextmanager
async def told_in_words() -> AsyncIterator[None]:
    """Turn what goes wrong between us and a site into an `UnreachableError` or `TooSlowError`."""
    try:
        yield
    except TimeoutError:
        raise TooSlowError(mark("The site takes too long to answer. We try again later.")) from None
    except aiohttp.ClientConnectorDNSError:
        raise UnreachableError(
            mark("There is no site of that name, or it cannot be found now.")
        ) from None
    except aiohttp.ClientConnectorCertificateError:
        raise UnreachableError(
            mark("The site's certificate is not valid, so it cannot be told from an impostor.")
        ) from None
    except aiohttp.ClientConnectionError:
        raise UnreachableError(mark("The site cannot be reached. We try again later.")) from None
    except (aiohttp.ClientError, OSError, ValueError):
        raise UnreachableError(
            mark("The site's answer arrived broken. We try again later.")
        ) from None


def user_agent(contact: str | None) -> str:
    """Return how the bot introduces itself: what it is, which version, and whom to write to."""
    about = "Discord bot that announces chapters"
    told = f"{about}; {contact}" if contact else about
    return f"Samizdat/{program_version() or '0'} ({told})"
