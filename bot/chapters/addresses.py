"""Which addresses may be fetched at all, before any name is resolved and again when it is. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from yarl import URL

from bot.chapters.errors import BadUrlError
from bot.language.sayings import Saying
from bot.language.speech import mark, say_number

LONGEST = 2000
PORTS = frozenset({80, 443})

_SCHEME = re.compile(r"(?i)([a-z][a-z0-9+.-]*)://")
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?")
_NUMBER = re.compile(r"(?i)\d+|0x[0-9a-f]*")
"""A host whose last label looks like this is an IPv4 address in some notation (URL Standard)."""

# What `is_global` lets through, or did before some version of Python.
_NOT_PUBLIC = tuple(
    map(IPv4Network, ["192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "240.0.0.0/4"])
)
_NOT_PUBLIC_6 = tuple(
    map(
        IPv6Network,
        (
            *("::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20"),
            *("5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"),
        ),
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")
_ISATAP = (0x0000_5EFE, 0x0200_5EFE)

_TRACKING = ("fbclid", "gclid", "mc_cid", "mc_eid")
_SHARED = ("wordpress.com", "blogspot.com", "fandom.com", "substack.com", "tumblr.com", "github.io")
"""Hosts whose subdomains belong to different people."""


def read_url(text: str, *, allow_loopback: bool = False) -> URL:
    """Return the address that a reader wrote; a missing scheme is https, `<…>` is taken off.

    *allow_loopback* (tests, sandbox): this machine may be named, with any port.

    Raises:
        BadUrlError: it is no http(s) address, or one that is never fetched.
    """
    text = text.strip().removeprefix("<").removesuffix(">").strip()
    url = _parsed(text)
    host = url.raw_host or ""
    if url.user is not None or url.password is not None:
        raise BadUrlError(
            mark("An address with a name or password in it is not fetched. Leave them out.")
        )
    if allow_loopback and is_loopback(host):
        return url
    if is_literal(host):
        raise BadUrlError(mark("Addresses made of numbers are not fetched. Use the site's name."))
    if not _HOST.fullmatch(host) or "." not in host.rstrip("."):
        raise BadUrlError(mark("That is not the name of a site on the internet."))
    if url.port not in PORTS:
        raise BadUrlError(mark("Only the usual ports of the web, 80 and 443, are fetched."))
    return url


def _parsed(text: str) -> URL:
    if not text:
        raise BadUrlError(mark("There is no address. Paste the one of the story."))
    if len(text) > LONGEST:
        raise BadUrlError(
            Saying("That address is longer than {most} characters.", most=say_number(LONGEST))
        )
    if any(char in '\\"<>^`{|}' or unicodedata.category(char)[0] in "CZ" for char in text):
        raise BadUrlError(mark("There are characters in that address that no address has."))
    scheme = _SCHEME.match(text)
    if not scheme:
        text = f"https://{text}"
    elif scheme[1].lower() not in {"http", "https"}:
        raise BadUrlError(mark("Only addresses that begin with http:// or https:// are fetched."))
    try:
        url = URL(text)
        url.port  # noqa: B018  # read late, and then found wrong
    except ValueError:
        raise BadUrlError(mark("That is not an address. Copy it anew from the browser.")) from None
    if not url.raw_host or url.scheme not in {"http", "https"}:
        raise BadUrlError(mark("That is not an address. Copy it anew from the browser."))
    return url


def is_literal(host: str) -> bool:
    """Tell whether *host* is an IP address in any notation, such as 127.1 or 0x7f000001."""
    host = unicodedata.normalize("NFKC", host).rstrip(".")
    return ":" in host or _NUMBER.fullmatch(host.rpartition(".")[2]) is not None


def is_loopback(host: str) -> bool:
    """Tell whether *host* names this machine, as `localhost` or a plain loopback address."""
    if host.rstrip(".") == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def is_public(address: str) -> bool:
    """Tell whether *address* (as a socket has it) is of the public internet.

    IPv4 addresses wrapped in IPv6 (mapped, 6to4, NAT64, ISATAP) count as what they wrap; multicast
    is refused, although `ipaddress` calls it global.
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        wrapped = _wrapped(ip)
        if wrapped is None:
            return _usual(ip) and not any(ip in network for network in _NOT_PUBLIC_6)
        ip = wrapped
    return _usual(ip) and not any(ip in network for network in _NOT_PUBLIC)


def _usual(ip: IPv4Address | IPv6Address) -> bool:
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _wrapped(ip: IPv6Address) -> IPv4Address | None:
    if ip in _NAT64 or (int(ip) >> 32) & 0xFFFF_FFFF in _ISATAP:
        return IPv4Address(int(ip) & 0xFFFF_FFFF)
    return ip.ipv4_mapped or ip.sixtofour


def bare_host(url: URL) -> str:
    """Return the host of *url* for comparing: without `www.` and trailing dot, with an odd port."""
    host = (url.raw_host or "").rstrip(".").removeprefix("www.")
    return host if url.is_default_port() else f"{host}:{url.port}"


def same_family(one: str, other: str) -> bool:
    """Tell whether two bare hosts belong together: equal, or one below the other's own domain."""
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    return shorter.count(".") > 0 and longer.endswith(f".{shorter}") and shorter not in _SHARED


def canonical(url: URL) -> URL:
    """Return *url* without its fragment and what only tells where a reader came from (`utm_*`)."""
    kept = [
        (name, value)
        for name, value in url.query.items()
        if not name.lower().startswith("utm_") and name.lower() not in _TRACKING
    ]
    url = url.with_fragment(None)
    return url if len(kept) == len(url.query) else url.with_query(kept or None)


def reader_url(told: str, base: URL, families: Iterable[str]) -> str | None:
    """Return the link *told*, absolute by *base* and without `utm_*`, if a reader may go there.

    That is: http(s), without a password, to a host of one of *families* (bare hosts).
    """
    try:
        url = base.join(URL(told.strip()))
        plain = url.scheme in {"http", "https"} and url.user is None and url.password is None
        host = bare_host(url)
    except ValueError:
        return None
    if not (told and plain and url.raw_host and len(str(url)) <= LONGEST):
        return None
    if not any(same_family(host, family) for family in families):
        return None
    return str(canonical(url).with_fragment(url.fragment or None))
