"""How the addresses of each site look. Pure.

Each function takes a checked address and *home* (this machine, which counts as any site by the
path), and returns its source, None when it is another site's, or raises `UnknownSourceError`.
"""

import re
from dataclasses import dataclass

from yarl import URL

from bot.chapters.addresses import bare_host, canonical
from bot.chapters.entries import SourceKind
from bot.chapters.errors import UnknownSourceError

MAIN = "main"
"""The category that forums call Threadmarks: the story itself."""

_QUARTER = 15 * 60
_HOUR = 60 * 60


@dataclass(frozen=True, slots=True)
class Source:
    """Where the chapters of a story are told of.

    *feed_url*: what is polled. *list_url*: the page with all chapters and the site's word counts
    (XenForo only). *story_url*: the page a reader opens. *story*: the story's identity, the same
    whatever slug or category its address came with. *host*: bare, for `same_family`. *gap*: seconds
    between two requests to the host. *interval*: the least seconds between two polls.
    *category_number*, *category*: of threadmarks, when not the main ones.
    """

    kind: SourceKind
    feed_url: str
    list_url: str | None
    story_url: str
    story: str
    host: str
    gap: float = 1.0
    interval: int = _QUARTER
    category_number: int | None = None
    category: str | None = None

    @property
    def key(self) -> str:
        """What two addresses of the same feed have in common: one row, one fetch for all guilds."""
        suffix = "" if self.category_number is None else f"#{self.category_number}"
        return f"{self.kind}:{self.story}{suffix}"

    @property
    def told_category(self) -> str | None:
        """The category of what the feed tells: of threadmarks without a number, the main ones."""
        if self.kind is SourceKind.XENFORO and self.category_number is None:
            return MAIN
        return self.category


def post_url(source: Source, post: int) -> str:
    """Return the address of a post of *source*'s forum, which leads to its place in its thread."""
    base = source.story_url.partition("/threads/")[0]
    return f"{base}/posts/{post}/"


def gap_of(url: URL) -> float:
    """Return the seconds that the host of *url*, not this machine, wants between two requests.

    Six for XenForo is what its forums asked of FanFicFare; five for AO3 stays well below its
    300 requests in 300 s.
    """
    host = bare_host(url)
    if host in _XENFORO or "/threads/" in url.raw_path:
        return 6.0
    return 5.0 if host in _AO3_HOSTS else 1.0


_XENFORO = {
    "alternatehistory.com": ("www.alternatehistory.com", "/forum", 50),
    "forums.spacebattles.com": ("forums.spacebattles.com", "", 200),
    "spacebattles.com": ("forums.spacebattles.com", "", 200),
    "forums.sufficientvelocity.com": ("forums.sufficientvelocity.com", "", 200),
    "sufficientvelocity.com": ("forums.sufficientvelocity.com", "", 200),
    "forum.questionablequesting.com": ("forum.questionablequesting.com", "", 200),
    "questionablequesting.com": ("forum.questionablequesting.com", "", 200),
}
"""Bare host → its real host, where its forum begins, and how long its lists of threadmarks are."""

_THREAD = re.compile(
    r"(?P<base>(?:/[^/]+)*?)(?:/index\.php)?/threads/(?P<name>(?:[^/]*\.)?(?P<id>\d+))(?P<rest>/.*)?"
)
_CATEGORY_IN_PATH = re.compile(r"/(\d+)/(?:reader|threadmarks)")


def threadmarks(url: URL, home: bool) -> Source | None:  # noqa: FBT001
    """Return the threadmarks of a XenForo thread, on any forum."""
    known = _XENFORO.get(bare_host(url))
    path = url.path
    if path.endswith("/index.php") and url.raw_query_string.startswith("threads/"):
        path = f"{path}/{url.raw_query_string.partition('&')[0]}"
    thread = _THREAD.fullmatch(path)
    if thread is None:
        _refuse_other_pages(path, is_forum=known is not None)
        return None
    host, base, size = known or (url.raw_host or "", thread["base"], 200)
    origin = url.origin() if home or not known else URL(f"https://{host}")
    number = _category_number(url, thread["rest"] or "")
    chosen = {} if number is None else {"threadmark_category": str(number)}
    story = origin.joinpath(f"{base}/threads/{thread['name']}/".removeprefix("/"))
    return Source(
        kind=SourceKind.XENFORO,
        feed_url=str((story / "threadmarks.rss").with_query(chosen)),
        list_url=str((story / "threadmarks").with_query(chosen | {"per_page": str(size)})),
        story_url=str(story),
        story=f"{bare_host(origin)}/threads/{int(thread['id'])}",
        host=bare_host(origin),
        gap=0.0 if home else 6.0,
        category_number=number,
    )


def _refuse_other_pages(path: str, *, is_forum: bool) -> None:
    if re.search(r"/forums/.*index\.rss$|/forums/-/index\.rss$", path):
        raise UnknownSourceError(
            "This feed of a whole forum moves with every reply, so it would announce replies."
            " Paste the address of the story's own thread."
        )
    if is_forum:
        raise UnknownSourceError(
            "This is a page of the forum, but not of a thread. Open the story's first page and"
            " paste its address (…/threads/name.12345/)."
        )


def _category_number(url: URL, rest: str) -> int | None:
    told = url.query.get("threadmark_category") or url.query.get("category_id")
    if told is None and (in_path := _CATEGORY_IN_PATH.match(rest)):
        told = in_path[1]
    return int(told) if told and re.fullmatch(r"[0-9]{1,6}", told) else None


_FICTION = re.compile(r"/fiction/([0-9]{1,12})(?:/.*)?|/(?:fiction/)?syndication/([0-9,]+)/?")


def royal_road(url: URL, home: bool) -> Source | None:  # noqa: FBT001
    """Return a fiction of Royal Road, from its page, a chapter's long address or its feed."""
    if not home and bare_host(url) != "royalroad.com":
        return None
    fiction = _FICTION.fullmatch(url.path)
    if fiction is None or "," in (fiction[2] or ""):
        if home and fiction is None:
            return None
        raise UnknownSourceError(
            "Paste the page of one fiction on Royal Road (…/fiction/12345/name)."
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


_AO3_HOSTS = frozenset(
    {"archiveofourown.org", "archiveofourown.com", "archiveofourown.net", "ao3.org"}
)
_WORK = re.compile(r"(?:/collections/[^/]+)?/works/([0-9]{1,12})(?:/.*)?")


def ao3(url: URL, home: bool) -> Source | None:  # noqa: FBT001
    """Return a work on AO3 by its index of chapters; AO3 has no feed that tells of new chapters."""
    if not home and bare_host(url) not in _AO3_HOSTS:
        return None
    work = _WORK.fullmatch(url.path)
    if work is None:
        if home:
            return None
        raise UnknownSourceError(
            "Chapters on AO3 are followed work by work: paste the address of the work"
            " (…/works/12345). Its series, tags and authors tell nothing of new chapters."
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


def mediawiki(url: URL, home: bool) -> Source | None:  # noqa: FBT001
    """Return the new pages of a Fandom wiki, or of any wiki whose `api.php` is named."""
    host = bare_host(url)
    if host.endswith(".fandom.com"):
        found = _LANGUAGE.fullmatch(url.path)
        folder = found[1] if found else ""
    elif url.path.endswith("/api.php"):
        folder = url.path.removesuffix("/api.php")
    elif host == "fandom.com":
        raise UnknownSourceError("Paste a page of the wiki itself (name.fandom.com).")
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


_BLOGSPOT = re.compile(r"[a-z0-9-]+\.blogspot\.(?:com|[a-z]{2}|com?\.[a-z]{2})")
_SECTION = re.compile(r"(/(?:category|tag|author)/[^?]+?)(?:/feed(?:/.*)?)?/?(?:page/\d+/?)?")
_LABEL = re.compile(r"/(?:search/label|feeds/posts/(?:default|summary)/-)/([^/]+)/?")


def blog(url: URL, home: bool) -> Source | None:  # noqa: FBT001
    """Return the feed of a blog on WordPress.com or Blogspot, or of one section of it."""
    host, origin = bare_host(url), url.origin() if home else _secured(url)
    if host.endswith(".wordpress.com"):
        section = _SECTION.fullmatch(url.path)
        path = section[1] if section else ""
        kind, feed = SourceKind.WORDPRESS, origin.with_path(f"{path}/feed/")
    elif _BLOGSPOT.fullmatch(host):
        label = _LABEL.fullmatch(url.path)
        path = f"/-/{label[1]}" if label else ""
        kind, feed = SourceKind.BLOGSPOT, origin.with_path(f"/feeds/posts/default{path}")
    elif home and url.path.endswith("/feed/"):
        path = url.path.removesuffix("/feed/")
        kind, feed = SourceKind.WORDPRESS, canonical(url)
    elif host in {"wordpress.com", "blogspot.com", "blogger.com"}:
        raise UnknownSourceError("Paste the address of the blog itself (name.wordpress.com).")
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
