"""What each site's own feed or page tells, from files in the shapes they write (feeds/)."""

from datetime import UTC, datetime

import pytest

from bot.chapters.entries import Category, FeedEntry, Words, WordSource
from bot.chapters.errors import NotAFeedError
from bot.chapters.sources import recognise
from bot.clock import instant
from tests.chapters.readings import file, page_of

SB = "https://forums.spacebattles.com/threads/the-long-dawn.678/"
POSTS = "forums.spacebattles.com/posts/"


def at(*when):
    return instant(datetime(*when, tzinfo=UTC))


def test_a_feed_of_threadmarks():
    page = page_of(file("threadmarks.rss"), SB)

    assert page.title == "The Long Dawn of Petrograd - Threadmarks"
    assert page.entries[0] == FeedEntry(
        identity=f"{POSTS}104512",
        title="Chapter 12: Bread & Roses",
        url="https://forums.spacebattles.com/posts/104512/",
        published_at=at(2026, 4, 30, 20, 15),
        category="main",
    )
    assert [(entry.identity, entry.url) for entry in page.entries[1:]] == [
        (f"{POSTS}104100", "https://forums.spacebattles.com/posts/104100/"),
        (f"{POSTS}103900", "https://forums.spacebattles.com/posts/103900/"),
    ]
    assert (page.complete, page.cut) == (False, False)


def test_a_forum_that_is_not_at_the_root_has_its_posts_below_it():
    body = file("threadmarks.rss").replace(b"https://forums.spacebattles.com", b"")

    page = page_of(body, "https://www.alternatehistory.com/forum/threads/x.678/")

    assert page.entries[0].identity == "alternatehistory.com/posts/104512"
    assert page.entries[0].url == "https://www.alternatehistory.com/forum/posts/104512/"


def test_a_list_of_threadmarks():
    page = page_of(file("threadmarks_page.html"), SB, recognise(SB).list_url)

    assert [(entry.identity, entry.title, entry.category) for entry in page.entries] == [
        (f"{POSTS}104600", "A Cat in Smolny", "sidestory"),
        (f"{POSTS}104512", "Chapter 12: Bread & Roses", "main"),
        (f"{POSTS}104100", "Chapter 11", "main"),
        (f"{POSTS}100001", "Prologue — Ice", "main"),
    ]
    assert page.entries[-1] == FeedEntry(
        identity=f"{POSTS}100001",
        title="Prologue — Ice",
        url="https://forums.spacebattles.com/posts/100001/",
        published_at=at(2025, 11, 1, 13),
        words=Words(987, WordSource.LISTED),
        category="main",
        author='Author of "Dawn"',
    )
    assert page.entries[2].words == Words(12_100, WordSource.LISTED, rounded=True)
    assert page.entries[2].published_at == at(2026, 4, 20, 8)
    assert page.total_words == Words(61_500, WordSource.LISTED, rounded=True)


def test_a_list_with_left_out_rows_and_more_pages_says_so():
    page = page_of(file("threadmarks_page.html"), SB, recognise(SB).list_url)

    assert not page.complete
    assert page.more == tuple(f"{SB}threadmarks?per_page=200&page={number}" for number in (3, 2))
    assert page.categories == (
        Category(1, "main"),
        Category(13, "apocrypha"),
        Category(16, "sidestory"),
    )


def test_a_list_of_one_category_leaves_the_others_out():
    page = page_of(file("threadmarks_page.html"), f"{SB}threadmarks?threadmark_category=16")

    assert [entry.title for entry in page.entries] == ["A Cat in Smolny"]


def test_a_forum_page_without_threadmarks_is_no_empty_list():
    with pytest.raises(NotAFeedError, match="no threadmarks"):
        page_of("<!DOCTYPE html><html><body><form id=login></form></body></html>", SB)


def test_royal_road():
    page = page_of(file("royal_road.rss"), "https://www.royalroad.com/fiction/21220")

    assert [(entry.identity, entry.title, entry.words) for entry in page.entries] == [
        ("royalroad.com/chapter/2801777", "3. The Gate - Reopened", None),
        ("royalroad.com/chapter/2801001", "2. Wells", None),
        ("royalroad.com/chapter/2800500", "1. Departure", None),
    ]
    assert page.entries[0].url == "https://www.royalroad.com/fiction/chapter/2801777"
    assert page.entries[0].published_at == at(2026, 4, 29, 5)
    assert page.entries[2].published_at is None


def test_ao3_in_the_order_of_the_work():
    page = page_of(file("ao3_navigate.html"), "https://archiveofourown.org/works/123")

    assert page.title == "Winter & Iron"
    assert page.complete
    assert page.entries[2] == FeedEntry(
        identity="archiveofourown.org/chapters/9001",
        title="1917. And After",
        url="https://archiveofourown.org/works/123/chapters/9001",
        published_at=at(2026, 1, 5),
        author="ironpen",
    )
    assert [entry.title for entry in page.entries[:2]] == ["A Dated One", "Chapter 2"]


def test_a_locked_work_of_ao3_is_for_announcing_by_hand():
    with pytest.raises(NotAFeedError, match="/chapter announce") as raised:
        page_of(file("ao3_locked.html"), "https://archiveofourown.org/works/123")

    assert raised.value.refused


def test_wordpress():
    page = page_of(file("wordpress.rss"), "https://red-star.wordpress.com/")

    assert page.entries[0] == FeedEntry(
        identity="red-star.wordpress.com/?p=412",
        title="Letter 4 – “Snow”",
        url="https://red-star.wordpress.com/2026/04/30/letter-4/?utm_source=rss&utm_medium=rss",
        published_at=at(2026, 4, 30, 10),
        words=Words(7, WordSource.COUNTED),
        author="Anna K.",
    )
    assert page.entries[1].words is None, "a beginning of a text is not counted"
    assert page.entries[2].title == "Untitled"
    assert page.entries[2].url == "https://red-star.wordpress.com", "a stranger's link is not shown"


def test_blogspot_by_the_day_it_was_published_and_not_updated():
    page = page_of(file("blogspot.atom"), "https://commune.blogspot.com/")

    assert page.entries[0] == FeedEntry(
        identity="tag:blogger.com,1999:blog-31.post-7002",
        title="1921: Rails & Règles",
        url="https://commune.blogspot.com/2026/04/1921.html",
        published_at=at(2026, 4, 28, 16, 30),
        words=Words(5, WordSource.COUNTED),
        author="B. Kun",
    )
    assert page.entries[1].published_at == at(2026, 3, 1, 8), "for want of anything better"


def test_the_new_pages_of_a_wiki():
    page = page_of(file("new_pages.json"), "https://reds.fandom.com/wiki/Main")

    assert page.entries == (
        FeedEntry(
            identity="reds.fandom.com/pages/5120",
            title="Treaty of Riga (1924)",
            url="https://reds.fandom.com/wiki/Treaty_of_Riga_(1924)",
            published_at=at(2026, 4, 29, 17, 4, 11),
            author="Comrade?",
        ),
        FeedEntry(
            identity="reds.fandom.com/pages/5119",
            title='A/B & C\'s "plan"',
            url="https://reds.fandom.com/wiki/A/B_&_C's_%22plan%22",
            published_at=at(2026, 4, 20, 9),
            author="Author",
        ),
    )


def test_a_wiki_elsewhere_is_linked_by_the_numbers_of_its_pages():
    page = page_of(file("new_pages.json"), "https://wiki.example.org/w/api.php")

    assert page.entries[0].url == "https://wiki.example.org/w/index.php?curid=5120"


@pytest.mark.parametrize(
    "body",
    [
        *('{"error": {"info": "secret"}}', "[]", "null", "{", '{"query": {"recentchanges": 5}}'),
        *('{"query": {"recentchanges": [5]}}', "[" * 50_000, "<html></html>"),
    ],
)
def test_a_wiki_that_answers_otherwise_has_no_new_pages(body):
    with pytest.raises(NotAFeedError) as raised:
        page_of(body, "https://reds.fandom.com/wiki/Main")

    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("address", [SB, "https://example.org/feed", "https://reds.fandom.com/"])
def test_a_challenge_is_said_to_be_one(address):
    with pytest.raises(NotAFeedError, match="challenge") as raised:
        page_of(file("challenge.html"), address)

    assert raised.value.refused


def test_a_page_names_its_feeds_and_neither_comments_nor_what_is_never_fetched():
    with pytest.raises(NotAFeedError, match="names one") as raised:
        page_of(file("blog_home.html"), "https://letters.example.org/about")

    assert raised.value.alternates == (
        "https://letters.example.org/feed/",
        "https://letters.example.org/atom.xml",
    )
