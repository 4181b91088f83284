"""From the address that a reader pastes to the chapters, over real sockets, in every shape."""

import pytest

from bot.chapters.entries import SourceKind, Words, WordSource
from bot.chapters.errors import NotAFeedError
from bot.chapters.sources import recognise, with_category
from tests.chapters.farm import SHAPES

KINDS = {
    "threadmarks": SourceKind.XENFORO,
    "royal_road": SourceKind.ROYAL_ROAD,
    "ao3": SourceKind.AO3,
    "wordpress": SourceKind.WORDPRESS,
    "atom": SourceKind.FEED,
    "mediawiki": SourceKind.MEDIAWIKI,
}
FEEDS = sorted(KINDS)


@pytest.mark.parametrize("shape", FEEDS)
async def test_the_chapters_come_newest_first_with_names_links_and_dates(farm, read, shape):
    story = farm.plant(shape, chapters=3)

    page = await read(story.address)

    assert page.kind is KINDS[shape]
    assert [entry.title for entry in page.entries] == ["Chapter 3", "Chapter 2", "Chapter 1"]
    assert len({entry.identity for entry in page.entries}) == 3
    assert all(str(entry.url).startswith(farm.origin + "/") for entry in page.entries)
    assert all(entry.published_at for entry in page.entries)


@pytest.mark.parametrize("shape", FEEDS)
async def test_a_new_title_and_date_leave_the_identity_alone(farm, read, shape):
    story = farm.plant(shape, chapters=2)
    before = await read(story.address)
    story.chapters[0].title = "Renamed"
    story.chapters[0].at += 5

    after = await read(story.address)

    assert after.entries[-1].title == "Renamed"
    assert [e.identity for e in after.entries] == [e.identity for e in before.entries]


@pytest.mark.parametrize("shape", FEEDS)
async def test_a_chapter_that_vanishes_changes_no_other(farm, read, shape):
    story = farm.plant(shape, chapters=3)
    before = await read(story.address)
    story.drop(story.chapters[1])

    after = await read(story.address)

    assert [e.identity for e in after.entries] == [before.entries[i].identity for i in (0, 2)]


@pytest.mark.parametrize("shape", FEEDS)
async def test_titles_do_nothing(farm, read, shape):
    story = farm.plant(shape)
    story.publish("@everyone [free](https://evil.example) \u202egnp.exe\u2066 <b>bold</b>\n`x`")
    story.publish("long " * 1_000)

    titles = [entry.title for entry in (await read(story.address)).entries]

    assert len(titles[0]) <= 200
    assert titles[0].endswith("…")
    assert titles[1] == "@everyone [free](https://evil.example) gnp.exe bold `x`"


def test_every_shape_of_the_farm_is_tried():
    assert {*FEEDS, "home"} == set(SHAPES)


async def test_a_feed_of_threadmarks_tells_of_ten_and_the_list_of_all(farm, read):
    story = farm.plant("threadmarks", chapters=13)

    feed = await read(story.address)
    whole = await read(story.address, lists=True)

    assert [e.identity for e in feed.entries] == [e.identity for e in whole.entries[:10]]
    assert (len(whole.entries), feed.complete, whole.complete) == (13, False, True)
    assert [e.url for e in feed.entries] == [e.url for e in whole.entries[:10]]


async def test_the_categories_of_threadmarks_are_read_from_the_links_of_the_page(farm, read):
    story = farm.plant("threadmarks", chapters=1)
    story.publish("An omake", category=16)
    source = recognise(story.address, allow_loopback=True)
    whole = await read(story.address, lists=True)

    (side,) = [one for one in whole.categories if one.name == "sidestory"]
    page = await read(with_category(source, side).feed_url)

    assert [(e.title, e.category) for e in whole.entries] == [("Chapter 1", "main")]
    assert [entry.title for entry in page.entries] == ["An omake"]
    assert with_category(source, side).story == source.story
    assert with_category(source, side).key != source.key


async def test_the_words_of_a_list_are_the_sites(farm, read):
    story = farm.plant("threadmarks")
    story.publish("Exact", words="987")
    story.publish("Rounded", words="12.1k")

    page = await read(story.address, lists=True)

    assert [entry.words for entry in page.entries] == [
        Words(12_100, WordSource.LISTED, rounded=True),
        Words(987, WordSource.LISTED),
    ]
    assert page.total_words == Words(123_400, WordSource.LISTED, rounded=True)


async def test_the_words_of_a_whole_text_in_the_feed_are_counted(farm, read):
    story = farm.plant("wordpress")
    story.publish("Whole", text="one two three-four can't")
    story.publish("A beginning", text="one two three […]")

    page = await read(story.address)

    assert [entry.words for entry in page.entries] == [None, Words(4, WordSource.COUNTED)]


async def test_the_words_of_a_post_are_counted_without_quotes_spoilers_and_signature(
    farm, fetcher, parser
):
    story = farm.plant("threadmarks")
    chapter = story.publish("Chapter", text="one two three")
    source = recognise(story.address, allow_loopback=True)
    fetched = await fetcher.fetch(f"{farm.origin}/posts/{chapter.number}/")

    words = await parser.count_words(source, fetched.body, post=chapter.number)

    assert words == Words(3, WordSource.COUNTED)
    with pytest.raises(NotAFeedError, match="not on that page"):
        await parser.count_words(source, fetched.body, post=999)


async def test_a_page_names_its_feed(farm, read):
    blog = farm.plant("home", chapters=2)

    with pytest.raises(NotAFeedError, match="it names one") as raised:
        await read(blog.address)

    assert raised.value.alternates == (f"{farm.origin}/blog-{blog.number}/feed/",)
    assert len((await read(raised.value.alternates[0])).entries) == 2


async def test_an_unchanged_feed_is_not_sent_again(farm, fetcher):
    story = farm.plant("wordpress", chapters=1)
    source = recognise(story.address, allow_loopback=True)
    first = await fetcher.fetch(source.feed_url)

    again = await fetcher.fetch(source.feed_url, first.etag, first.last_modified)
    story.publish("News")
    news = await fetcher.fetch(source.feed_url, first.etag, first.last_modified)

    assert (again.status, again.body, again.etag) == (304, b"", first.etag)
    assert (news.status, news.etag != first.etag) == (200, True)
    assert farm.requests[1].headers["If-Modified-Since"] == "Tue, 14 Nov 2023 22:13:20 GMT"
