"""How the addresses of archives, wikis and blogs look. Pure; see source_shapes.py."""

import re

from yarl import URL

from bot.chapters.addresses import bare_host, canonical
from bot.chapters.entries import SourceKind
from bot.chapters.errors import UnknownSourceError
from bot.chapters.source_shapes import AO3_HOSTS, Source
from bot.language.speech import mark

_HOUR = 60 * 60

_FICTION = re.compile(r"/fiction/([0-9]{1,12})(?:/.*)?|/(?:fiction/)?syndication/([0-9,]+)/?")


def royal_road(url: URL, *, home: bool) -> Source | None:
    """Return a fiction of Royal Road, from its page, a chapter's long address or its feed."""
    if not home and bare_host(url) != "royalroad.com":
        return None
    fiction = _FICTION.fullmatch(url.path)
    if fiction is None or "," in (fiction[2] or ""):
        if home and fiction is None:
            return None
        raise UnknownSourceError(
            mark("Paste the page of one fiction on Royal Road (…/fiction/12345/name).")
        )
    number = fiction[1] or fiction[2]
    origin = url.origin() if home else URL("https://www.royalroad.com")
    return Source(
        kind=SourceKind.ROYAL_ROAD,
        feed_url=str(origin / "fiction/syndication" / number),
        list_url=None,
        story_url=str(origin / "fiction" / number),
        story=f"{bare_host(origin)}/fiction/{int(number)}",
        host=bare_host(origin),
        gap=0.0 if home else 1.0,
    )


_WORK = re.compile(r"(?:/collections/[^/]+)?/works/([0-9]{1,12})(?:/.*)?")


def ao3(url: URL, *, home: bool) -> Source | None:
    """Return a work on AO3 by its index of chapters; AO3 has no feed that tells of new chapters."""
    if not home and bare_host(url) not in AO3_HOSTS:
        return None
    work = _WORK.fullmatch(url.path)
    if work is None:
        if home:
            return None
        raise UnknownSourceError(
            mark(
                "Chapters on AO3 are followed work by work: paste the address of the work"
                " (…/works/12345). Its series, tags and authors tell nothing of new chapters."
            )
        )
    origin = url.origin() if home else URL("https://archiveofourown.org")
    story = origin / "works" / work[1]
    return Source(
        kind=SourceKind.AO3,
        feed_url=str((story / "navigate").with_query(view_adult="true")),
        list_url=None,
        story_url=str(story),
        story=f"{bare_host(origin)}/works/{int(work[1])}",
        host=bare_host(origin),
        gap=0.0 if home else 5.0,
        interval=_HOUR,
    )


def _secured(url: URL) -> URL:
    return URL(f"https://{url.raw_host}")


_LANGUAGE = re.compile(r"((?:/[a-z]{2,3}(?:-[a-z]+)?)?)(?:/(?:wiki|api\.php|index\.php)?.*)?")
_NEW_PAGES = {
    "action": "query",
    "list": "recentchanges",
    "rctype": "new",
    "rcnamespace": "0",
    "rcshow": "!bot|!redirect",
    "rcprop": "ids|title|timestamp|user",
    "rclimit": "50",
    "format": "json",
    "formatversion": "2",
}


def mediawiki(url: URL, *, home: bool) -> Source | None:
    """Return the new pages of a Fandom wiki, or of any wiki whose `api.php` is named."""
    host = bare_host(url)
    if host.endswith(".fandom.com"):
        found = _LANGUAGE.fullmatch(url.path)
        folder = found[1] if found else ""
    elif url.path.endswith("/api.php"):
        folder = url.path.removesuffix("/api.php")
    elif host == "fandom.com":
        raise UnknownSourceError(mark("Paste a page of the wiki itself (name.fandom.com)."))
    else:
        return None
    origin = _secured(url) if host.endswith(".fandom.com") else url.origin()
    return Source(
        kind=SourceKind.MEDIAWIKI,
        feed_url=str(origin.with_path(f"{folder}/api.php").with_query(_NEW_PAGES)),
        list_url=None,
        story_url=str(origin.with_path(f"{folder}/")),
        story=f"{host}{folder}",
        host=host,
        gap=0.0 if home else 1.0,
    )


_BLOGSPOT = re.compile(r"([a-z0-9-]+)\.blogspot\.(?:com|[a-z]{2}|com?\.[a-z]{2})")
_SECTION = re.compile(r"(/(?:category|tag|author)/[^?]+?)(?:/feed(?:/.*)?)?/?(?:page/\d+/?)?")
_LABEL = re.compile(r"/(?:search/label|feeds/posts/(?:default|summary)/-)/([^/]+)/?")


def blog(url: URL, *, home: bool) -> Source | None:
    """Return the feed of a blog on WordPress.com or Blogspot, or of one section of it."""
    host, origin = bare_host(url), url.origin() if home else _secured(url)
    if host.endswith(".wordpress.com"):
        section = _SECTION.fullmatch(url.path)
        path = section[1] if section else ""
        kind, feed = SourceKind.WORDPRESS, origin.with_path(f"{path}/feed/")
    elif blogspot := _BLOGSPOT.fullmatch(host):
        # Every country's name leads to the one of them all.
        host = f"{blogspot[1]}.blogspot.com"
        origin = URL(f"https://{host}")
        label = _LABEL.fullmatch(url.path)
        path = f"/-/{label[1]}" if label else ""
        kind, feed = SourceKind.BLOGSPOT, origin.with_path(f"/feeds/posts/default{path}")
    elif home and url.path.endswith("/feed/"):
        path = url.path.removesuffix("/feed/")
        kind, feed = SourceKind.WORDPRESS, canonical(url)
    elif host in {"wordpress.com", "blogspot.com", "blogger.com"}:
        raise UnknownSourceError(mark("Paste the address of the blog itself (name.wordpress.com)."))
    else:
        return None
    return Source(
        kind=kind,
        feed_url=str(feed),
        list_url=None,
        story_url=str(origin / ""),
        story=f"{host}{path}",
        host=host,
        gap=0.0 if home else 1.0,
    )
