"""Feeds and pages as the sites write them, made from the chapters of an invented story."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape

BOM = "\N{BYTE ORDER MARK}"


@dataclass(eq=False)
class Chapter:
    """A chapter of a story on the farm; *number* is the site's own, *at* epoch seconds."""

    number: int
    title: str
    at: int
    text: str = "It was a cold morning in Petrograd."
    words: str = "1,234"
    category: int = 1


@dataclass(eq=False)
class Told:
    """What a page is made of: *newest* first, *origin* like http://127.0.0.1:8123."""

    number: int
    title: str
    origin: str
    newest: list[Chapter]


def rss_date(at):
    return format_datetime(datetime.fromtimestamp(at, UTC))


def iso_date(at):
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def rss(title, items, more=""):
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">\n<channel>'
        f"<title>{escape(title)}</title><link>https://site.invalid/</link>{more}\n"
        + "\n".join(items)
        + "\n</channel>\n</rss>\n"
    )


def threadmarks_rss(told, category=1):
    """A thread's threadmarks: the last ten, the channel's link is the forum."""
    own = [chapter for chapter in told.newest if chapter.category == category][:10]
    thread = f"{told.origin}/threads/story.{told.number}"
    return rss(
        told.title,
        [
            f"<item><title>{escape(chapter.title)}</title>"
            f"<pubDate>{rss_date(chapter.at)}</pubDate>"
            f"<link>{thread}/post-{chapter.number}</link>"
            f"<guid>{told.origin}/posts/{chapter.number}/</guid></item>"
            for chapter in own
        ],
    )


def threadmark_row(told, chapter, attribute="data-time"):
    return f"""
<div class="structItem structItem--threadmark" data-content-author="Author &amp; Co">
 <div class="structItem-cell structItem-cell--main"><div class="structItem-title">
  <ul><li><a href="/threads/story.{told.number}/#post-{chapter.number}"
   data-tp-primary="on">{escape(chapter.title)}</a></li></ul></div></div>
 <div class="structItem-cell structItem-cell--meta"><dl class="pairs">
  <dt>Words</dt><dd>{chapter.words}</dd></dl></div>
 <div class="structItem-cell structItem-cell--latest">
  <time class="structItem-latestDate u-dt" {attribute}="{chapter.at}">a day</time></div>
</div>"""


def threadmarks_page(told, category=1, attribute="data-time", extra=""):
    """The list of threadmarks: oldest first, a tab for each category of the forum."""
    own = [chapter for chapter in reversed(told.newest) if chapter.category == category]
    path = f"/threads/story.{told.number}/threadmarks"
    rows = "".join(threadmark_row(told, chapter, attribute) for chapter in own)
    return f"""<!DOCTYPE html><html><head><title>Threadmarks</title></head><body>
<h1 class="p-title-value">{escape(told.title)}</h1>
<div class="block-tabHeader">
<a class="tabs-tab" href="{path}?threadmark_category=1">Threadmarks (12)</a>
<a class="tabs-tab" href="{path}?threadmark_category=16">Sidestory (3)</a></div>
<div class="threadmarkListingHeader">Statistics (12 threadmarks, 123.4k words)
<div class="threadmarkListingHeader-stats"><dl class="pairs"><dt>Status</dt><dd>Ongoing</dd></dl>
</div></div>
<div class="block-body block-body--threadmarkBody category-{category}">
<div class="structItemContainer">{rows}{extra}</div></div></body></html>"""


def post_page(told, chapter):
    return f"""<!DOCTYPE html><html><body>
<article class="message message--post" data-content="post-{chapter.number}">
<div class="message-body"><div class="bbWrapper">
<blockquote class="bbCodeBlock bbCodeBlock--quote">A reader said a great many words.</blockquote>
<p>{chapter.text}</p>
<div class="bbCodeSpoiler">Hidden words do not count.</div></div></div>
<aside class="message-signature">Vote for me.</aside></article></body></html>"""


def royal_road(told):
    """A fiction's syndication: a mark before the XML, the fiction's name in every title."""
    items = [
        f"<item><title>{escape(told.title)} - {escape(chapter.title)}</title>"
        f"<link>{told.origin}/fiction/chapter/{chapter.number}</link>"
        f'<guid isPermaLink="false">{chapter.number}</guid>'
        f"<description>{escape(chapter.text[:40])}</description>"
        f"<pubDate>{rss_date(chapter.at)}</pubDate></item>"
        for chapter in told.newest
    ]
    return BOM + rss(told.title, items)


def work_index(told):
    """A work's index on AO3: in the order of the work, dates without times."""
    rows = "".join(
        f'<li><a href="/works/{told.number}/chapters/{chapter.number}">{place}.'
        f" {escape(chapter.title)}</a>"
        f' <span class="datetime">({iso_date(chapter.at)[:10]})</span></li>'
        for place, chapter in enumerate(reversed(told.newest), 1)
    )
    return f"""<!DOCTYPE html><html><body><div id="main">
<h2 class="heading">Chapter Index for <a href="/works/{told.number}">{escape(told.title)}</a>
 by <a rel="author" href="/users/author">author</a></h2>
<ol class="chapter index group" role="navigation">{rows}</ol></div></body></html>"""


def wordpress(told):
    """A blog's feed: guids that never change, the whole text of each post."""
    items = [
        f"<item><title>{escape(chapter.title)}</title>"
        f"<link>{told.origin}/blog-{told.number}/post-{chapter.number}/?utm_source=rss</link>"
        f"<dc:creator><![CDATA[author]]></dc:creator><pubDate>{rss_date(chapter.at)}</pubDate>"
        f'<guid isPermaLink="false">http://old-name.invalid/?p={chapter.number}</guid>'
        f"<content:encoded><![CDATA[<p>{chapter.text}</p>]]></content:encoded></item>"
        for chapter in told.newest
    ]
    return rss(told.title, items)


def atom(told):
    """A blog of Blogspot: ids that never change, `updated` that does."""
    entries = [
        f"<entry><id>tag:blogger.com,1999:blog-{told.number}.post-{chapter.number}</id>"
        f"<published>{iso_date(chapter.at)}</published>"
        f"<updated>{iso_date(chapter.at + 90_000)}</updated>"
        f'<title type="text">{escape(chapter.title)}</title>'
        f'<link rel="replies" href="{told.origin}/comments/{chapter.number}"/>'
        f'<link rel="alternate" type="text/html"'
        f' href="{told.origin}/atom-{told.number}/{chapter.number}.html"/>'
        f"<author><name>author</name></author></entry>"
        for chapter in told.newest
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>{escape(told.title)}</title>'
        + "".join(entries)
        + "</feed>"
    )


def new_pages(told):
    """A wiki's new pages."""
    changes = [
        {
            "type": "new",
            "ns": 0,
            "title": chapter.title,
            "pageid": chapter.number,
            "revid": chapter.number * 7,
            "old_revid": 0,
            "rcid": chapter.number * 11,
            "user": "Author",
            "timestamp": iso_date(chapter.at),
        }
        for chapter in told.newest
    ]
    return json.dumps({"batchcomplete": True, "query": {"recentchanges": changes}})


def blog_home(told):
    """A page that names its feed, and that of its comments."""
    return f"""<!DOCTYPE html><html><head><title>{escape(told.title)}</title>
<link rel="alternate" type="application/rss+xml" title="Comments"
 href="/blog-{told.number}/comments/feed/">
<link rel="alternate" type="application/rss+xml" title="Feed" href="/blog-{told.number}/feed/">
<link rel="stylesheet" href="/style.css"></head><body><p>Welcome.</p></body></html>"""
