"""Which source an address is, and which addresses are none."""

import pytest
from yarl import URL

from bot.chapters.addresses import is_public, reader_url, same_family
from bot.chapters.entries import SourceKind
from bot.chapters.errors import BadUrlError, UnknownSourceError
from bot.chapters.source_shapes import gap_of
from bot.chapters.sources import recognise

AH = "https://www.alternatehistory.com/forum/threads/the-red-dawn.12345/"
SB = "https://forums.spacebattles.com/threads/story.678/"

RECOGNISED = [
    (AH, "xenforo", f"{AH}threadmarks.rss", "alternatehistory.com/threads/12345"),
    *(
        (f"{AH}{rest}", "xenforo", f"{AH}threadmarks.rss", "alternatehistory.com/threads/12345")
        for rest in ("page-33#post-9", "post-9", "unread", "threadmarks", "threadmarks.rss")
    ),
    (f"<{AH}>", "xenforo", f"{AH}threadmarks.rss", "alternatehistory.com/threads/12345"),
    (
        AH.removeprefix("https://www."),
        "xenforo",
        f"{AH}threadmarks.rss",
        "alternatehistory.com/threads/12345",
    ),
    (
        "https://forums.spacebattles.com/threads/678/reader/",
        "xenforo",
        "https://forums.spacebattles.com/threads/678/threadmarks.rss",
        "forums.spacebattles.com/threads/678",
    ),
    (
        "http://spacebattles.com/threads/story.678/threadmarks.rss?threadmark_category=16",
        "xenforo",
        f"{SB}threadmarks.rss?threadmark_category=16",
        "forums.spacebattles.com/threads/678",
    ),
    (
        f"{SB}threadmarks?category_id=16&page=2",
        "xenforo",
        f"{SB}threadmarks.rss?threadmark_category=16",
        "forums.spacebattles.com/threads/678",
    ),
    (
        f"{SB}16/reader/page-2",
        "xenforo",
        f"{SB}threadmarks.rss?threadmark_category=16",
        "forums.spacebattles.com/threads/678",
    ),
    (
        "https://board.example.org/community/threads/tale.9/",
        "xenforo",
        "https://board.example.org/community/threads/tale.9/threadmarks.rss",
        "board.example.org/threads/9",
    ),
    *(
        (
            f"https://www.royalroad.com/{path}",
            "royal_road",
            "https://www.royalroad.com/fiction/syndication/21220",
            "royalroad.com/fiction/21220",
        )
        for path in (
            "fiction/21220/a-tale",
            "fiction/21220/a-tale/chapter/301778/one",
            "fiction/syndication/21220",
            "syndication/21220",
        )
    ),
    *(
        (
            f"https://archiveofourown.org{path}",
            "ao3",
            "https://archiveofourown.org/works/123/navigate?view_adult=true",
            "archiveofourown.org/works/123",
        )
        for path in (
            "/works/123",
            "/works/123/chapters/456?view_full_work=true#workskin",
            "/works/123/navigate",
            "/collections/reds/works/123",
        )
    ),
    (
        "https://red-star.wordpress.com/2024/01/02/a-post/",
        "wordpress",
        "https://red-star.wordpress.com/feed/",
        "red-star.wordpress.com",
    ),
    (
        "http://red-star.wordpress.com/category/the-tale/page/3/",
        "wordpress",
        "https://red-star.wordpress.com/category/the-tale/feed/",
        "red-star.wordpress.com/category/the-tale",
    ),
    (
        "https://red-star.blogspot.co.uk/2024/01/post.html",
        "blogspot",
        "https://red-star.blogspot.co.uk/feeds/posts/default",
        "red-star.blogspot.co.uk",
    ),
    (
        "https://red-star.blogspot.com/search/label/Tale",
        "blogspot",
        "https://red-star.blogspot.com/feeds/posts/default/-/Tale",
        "red-star.blogspot.com/-/Tale",
    ),
    (
        "https://example.org/feed.xml?utm_source=rss&b=2#top",
        "feed",
        "https://example.org/feed.xml?b=2",
        "example.org/feed.xml?b=2",
    ),
]


@pytest.mark.parametrize(("text", "kind", "feed", "story"), RECOGNISED)
def test_what_a_reader_pastes_is_recognised(text, kind, feed, story):
    source = recognise(text)

    assert (source.kind, source.feed_url, source.story) == (kind, feed, story)


@pytest.mark.parametrize(("text", "kind", "feed", "story"), RECOGNISED)
def test_a_feed_is_recognised_as_the_source_it_is_of(text, kind, feed, story):
    source = recognise(text)

    again = recognise(source.feed_url)

    assert (again.key, again.feed_url) == (source.key, source.feed_url)


@pytest.mark.parametrize("path", ["wiki/A_Page", "wiki/A_Page/Sub?action=edit", "", "api.php?x=1"])
@pytest.mark.parametrize("language", ["", "es/"])
def test_a_wiki_is_followed_by_its_new_pages(path, language):
    source = recognise(f"https://reds.fandom.com/{language}{path}")

    feed = URL(source.feed_url)
    assert source.kind is SourceKind.MEDIAWIKI
    assert feed.with_query(None) == URL(f"https://reds.fandom.com/{language}api.php")
    assert (feed.query["list"], feed.query["rctype"]) == ("recentchanges", "new")
    assert source.story == f"reds.fandom.com/{language}".rstrip("/")


def test_a_thread_has_one_key_whatever_its_slug_and_one_for_each_category():
    plain, renamed = recognise(SB), recognise(SB.replace("story", "renamed"))
    side = recognise(f"{SB}threadmarks?threadmark_category=16")

    assert plain.key == renamed.key
    assert side.story == plain.story
    assert side.key != plain.key


def test_a_list_of_threadmarks_is_as_long_as_the_forum_allows():
    assert recognise(AH).list_url == f"{AH}threadmarks?per_page=50"
    assert recognise(SB).list_url == f"{SB}threadmarks?per_page=200"


@pytest.mark.parametrize(
    ("text", "gap", "interval"),
    [
        (AH, 6, 900),
        (SB, 6, 900),
        ("https://board.example.org/threads/tale.9/", 6, 900),
        ("https://archiveofourown.org/works/1", 5, 3600),
        ("https://www.royalroad.com/fiction/1", 1, 900),
        ("https://example.org/feed", 1, 900),
    ],
)
def test_the_sites_are_asked_as_seldom_as_they_wish(text, gap, interval):
    source = recognise(text)

    assert (source.gap, source.interval) == (gap, interval)
    assert gap_of(URL(source.feed_url)) == gap


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("https://forums.spacebattles.com/forums/creative-writing.18/index.rss", "every reply"),
        ("https://board.example.org/forums/tales.1/index.rss", "every reply"),
        ("https://forums.spacebattles.com/", "not of a thread"),
        ("https://www.alternatehistory.com/forum/members/me.1/", "not of a thread"),
        ("https://www.royalroad.com/home", "one fiction"),
        ("https://www.royalroad.com/syndication/403,123", "one fiction"),
        ("https://www.royalroad.com/fiction/chapter/301778", "one fiction"),
        ("https://archiveofourown.org/tags/123/feed.atom", "address of the work"),
        ("https://archiveofourown.org/series/5", "address of the work"),
        ("https://www.fandom.com/", "wiki itself"),
        ("https://wordpress.com/", "blog itself"),
    ],
)
def test_an_address_that_tells_no_chapters_is_refused_with_the_way_out(text, told):
    with pytest.raises(UnknownSourceError, match=told):
        recognise(text)


LITERALS = [
    *("http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f.1/"),
    *("http://0x7f000001/", "http://0177.0.0.1/", "http://127.0.0.1./", "http://127%2e0.0.1/"),
    *("http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[fe80::1%25eth0]/"),
    *("http://１２７.０.０.１/", "http://①②⑦.0.0.1/", "http://169.254.169.254/latest"),
    *("http://8.8.8.8/", "http://site.0x7f/", "http://1.2.3.4.5/", "http://127。0。0。1/"),
]


@pytest.mark.parametrize("text", LITERALS)
def test_an_address_made_of_numbers_is_refused_in_every_notation(text):
    with pytest.raises(BadUrlError):
        recognise(text)


@pytest.mark.parametrize("text", ["http://127.0.0.1:81/", "http://[::1]:81/", "localhost:81/x"])
def test_this_machine_may_be_named_where_loopback_is_allowed(text):
    assert recognise(text, allow_loopback=True).gap == 0


@pytest.mark.parametrize(
    "text",
    [
        *("http://169.254.169.254/", "http://10.0.0.1/", "http://8.8.8.8/", "http://[fe80::1]/"),
        *("http://2130706433/", "http://0.0.0.0/", "http://example.org:81/"),
    ],
)
def test_nothing_but_this_machine_may_be_named_by_numbers_where_loopback_is_allowed(text):
    with pytest.raises(BadUrlError):
        recognise(text, allow_loopback=True)


@pytest.mark.parametrize(
    "text",
    [
        *("", "   ", "x", "not an address", "https://", "http:///x", "https:example.org/x"),
        *("ftp://example.org/", "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x"),
        *("http://example.org:8080/", "http://example.org:99999/", "http://example.org:22/"),
        *("http://me@example.org/", "http://me:pw@example.org/", "http://a:b@c:d@example.org/"),
        *("http://localhost/", "http://ⓛocalhost/", "http://intranet/", "http://x..org/"),
        *("http://example.org\\@127.0.0.1/", "http://exa mple.org/", "http://exam\tple.org/"),
        *("http://example.org/\r\nHost: x", "http://example.org/\u202e", "http://.org/"),
        "https://example.org/" + "a" * 2_000,
    ],
)
def test_what_is_no_address_of_the_web_is_refused(text):
    with pytest.raises(BadUrlError) as raised:
        recognise(text)

    assert str(raised.value).endswith(".")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        *((one, True) for one in ("93.184.216.34", "1.1.1.1", "2606:4700::1111")),
        *((one, False) for one in ("127.0.0.1", "127.255.255.254", "10.0.0.1", "172.16.0.1")),
        *((one, False) for one in ("192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0")),
        *((one, False) for one in ("224.0.0.1", "239.1.1.1", "255.255.255.255", "240.0.0.1")),
        *((one, False) for one in ("192.0.0.8", "192.0.2.1", "198.18.0.1", "192.88.99.1")),
        *((one, False) for one in ("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1")),
        *((one, False) for one in ("ff02::1", "ff0e::1", "fec0::1", "2001:db8::1", "::7f00:1")),
        *((one, False) for one in ("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1")),
        *((one, False) for one in ("2002:7f00:1::", "2002:a00:1::1", "64:ff9b:1::808:808")),
        *((one, False) for one in ("2001::1", "2606:4700::5efe:127.0.0.1", "100::1", "5f00::1")),
        *((one, True) for one in ("::ffff:1.1.1.1", "64:ff9b::101:101", "2002:101:101::1")),
        *((one, False) for one in ("", "localhost", "/run/socket")),
    ],
)
def test_only_addresses_of_the_public_internet_may_be_connected_to(address, public):
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("example.org", "example.org", True),
        ("blog.example.org", "example.org", True),
        ("example.org", "cdn.example.org", True),
        ("example.org", "badexample.org", False),
        ("a.example.org", "b.example.org", False),
        ("one.wordpress.com", "two.wordpress.com", False),
        ("one.wordpress.com", "wordpress.com", False),
        ("one.fandom.com", "fandom.com", False),
        ("example.org", "org", False),
        ("127.0.0.1:80", "127.0.0.1:81", False),
    ],
)
def test_a_family_of_hosts_is_a_name_and_what_is_below_it(one, other, same):
    assert same_family(one, other) is same
    assert same_family(other, one) is same


@pytest.mark.parametrize(
    ("told", "link"),
    [
        ("/a/b", "https://example.org/a/b"),
        ("c?x=1#y", "https://example.org/blog/c?x=1#y"),
        ("//example.org/z", "https://example.org/z"),
        ("http://www.example.org/plain", "http://www.example.org/plain"),
        *((one, None) for one in ("", "https://evil.example/", "javascript:alert(1)")),
        *((one, None) for one in ("//evil.example/x", "https://example.org@evil.example/")),
        *((one, None) for one in ("https://me:pw@example.org/", "https://[bad", "data:x")),
        ("/" + "a" * 2_000, None),
    ],
)
def test_only_links_of_the_sources_own_family_become_a_readers(told, link):
    assert reader_url(told, URL("https://example.org/blog/feed"), ["example.org"]) == link
