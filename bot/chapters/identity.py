"""What makes a chapter the same chapter: its source's own name for it, no title, no date. Pure.

Two entries of one page with the same name are told apart by the next best thing. The oldest keeps
the first name, so that a chapter that was known keeps its name when a newer one appears.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence

from yarl import URL

from bot.chapters.addresses import bare_host, canonical

_LONGEST = 400
_POST = re.compile(r"(?:/posts/|#post-|/post-)(\d{1,15})")
_CHAPTER = re.compile(r"/chapter/(\d{1,15})")
_NUMBER = re.compile(r"\d{1,15}")


def post_number(*told: str) -> int | None:
    """Return the number of a XenForo post out of the first address that has one."""
    return next((int(found[1]) for one in told if (found := _POST.search(one))), None)


def chapter_number(guid: str, link: str) -> int | None:
    """Return the number of a Royal Road chapter: its guid, or what its link names."""
    if _NUMBER.fullmatch(guid):
        return int(guid)
    return next((int(found[1]) for one in (link, guid) if (found := _CHAPTER.search(one))), None)


def names_of(guid: str, link: str) -> Iterator[str]:
    """Yield what an entry of any feed may be known by, best first.

    *link* is absolute or blank. The guid of WordPress is an address with `?p=N`, of which the
    number counts, not whether it is http or https; other guids count as they stand.
    """
    guid = "".join(char for char in guid if char.isprintable()).strip()
    if guid:
        yield _capped(_of_guid(guid))
    if link and (url := _url(link)) is not None:
        plain = canonical(url)
        yield _capped(f"{bare_host(plain)}{plain.raw_path_qs}")
        if url.raw_fragment:
            yield _capped(f"{bare_host(plain)}{plain.raw_path_qs}#{url.raw_fragment}")


def assign(names: Sequence[Sequence[str]]) -> list[str | None]:
    """Return the identity of each entry, given newest first with its names; None: said before.

    >>> assign([["x", "2"], ["x", "1"]])
    ['2', 'x']
    """
    taken: dict[str, Sequence[str]] = {}
    identities: list[str | None] = []
    for own in reversed(names):
        name = next((one for one in own if one not in taken), None)
        if name is not None and any(taken.get(one) == own for one in own):
            name = None
        if name is not None:
            taken[name] = own
        identities.append(name)
    return identities[::-1]


def _of_guid(guid: str) -> str:
    if not re.match(r"(?i)https?://", guid) or (url := _url(guid)) is None:
        return guid
    number = url.query.get("p", "")
    if url.path == "/" and _NUMBER.fullmatch(number):
        return f"{bare_host(url)}/?p={number}"
    return str(canonical(url).with_fragment(url.fragment or None))


def _url(text: str) -> URL | None:
    try:
        url = URL(text)
        bare_host(url)
    except ValueError:
        return None
    return url


def _capped(name: str) -> str:
    if len(name) <= _LONGEST:
        return name
    return f"sha256:{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()}"
