"""What a source is, and how the addresses of XenForo forums look. Pure.

A shape (those of site_shapes.py, too) takes a checked address and *home* (this machine, which
counts as any site, by the path); it returns the source, None when it is another site's, or raises
`UnknownSourceError`.
"""

import re
from dataclasses import dataclass

from yarl import URL

from bot.chapters.addresses import bare_host
from bot.chapters.entries import SourceKind
from bot.chapters.errors import UnknownSourceError
from bot.language.speech import mark

MAIN = "main"
"""The category that forums call Threadmarks: the story itself."""

_QUARTER = 15 * 60


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
    if host in _XENFORO or re.search(r"/threads/|/posts/\d", url.raw_path):
        return 6.0
    return 5.0 if host in AO3_HOSTS else 1.0


AO3_HOSTS = frozenset(
    {"archiveofourown.org", "archiveofourown.com", "archiveofourown.net", "ao3.org"}
)
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


def threadmarks(url: URL, *, home: bool) -> Source | None:
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
            mark(
                "This feed of a whole forum moves with every reply, so it would announce replies."
                " Paste the address of the story's own thread."
            )
        )
    if is_forum:
        raise UnknownSourceError(
            mark(
                "This is a page of the forum, but not of a thread. Open the story's first page and"
                " paste its address (…/threads/name.12345/)."
            )
        )


def _category_number(url: URL, rest: str) -> int | None:
    told = url.query.get("threadmark_category") or url.query.get("category_id")
    if told is None and (in_path := _CATEGORY_IN_PATH.match(rest)):
        told = in_path[1]
    return int(told) if told and re.fullmatch(r"[0-9]{1,6}", told) else None
