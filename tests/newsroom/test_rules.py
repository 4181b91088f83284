"""What is made of a feed's page, as a table and as properties. No database, no Discord."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.canon.names import fold
from bot.chapters.announcing.models import Chapter, State
from bot.chapters.entries import FeedEntry, FeedPage, SourceKind, Words, WordSource
from bot.chapters.following.rules import (
    Alias,
    Ask,
    Back,
    Changed,
    Gone,
    Known,
    New,
    decide,
)
from bot.chapters.places import place_key

DAY = 86_400_000
NOW = 400 * DAY
OURS, THEIRS = 1, 2


def entry(number, title=None, **more):
    title = title or f"Chapter {number}: Of Day {number}"
    given = {"published_at": NOW - (100 - number) * DAY, "url": f"https://a.example/{number}"}
    return FeedEntry(identity=f"id-{number}", title=title, **(given | more))


def chapter(number, title=None, follow=OURS, **more):
    told = entry(number, title)
    made = Chapter(
        id=number,
        guild_id=1,
        story_id=1,
        follow_id=follow,
        title=told.title,
        key=fold(told.title),
        url=told.url,
        words=None,
        category=None,
        summary=None,
        published_at=told.published_at,
        seen_at=told.published_at,
        place=number,
        state=State.ANNOUNCED,
    )
    return replace(made, **more)


def page(*entries, **more):
    """Return a page of *entries*, which are given oldest first."""
    return FeedPage(SourceKind.FEED, "A feed", tuple(reversed(entries)), **more)


def known(*chapters, others=(), baseline=True, **more):
    names = {f"id-{each.id}": each for each in chapters}
    return Known(OURS, names, list(others), baseline, **more)


def kinds(decisions):
    return [type(each) for each in decisions]


def test_the_first_page_is_noted_and_not_announced():
    decisions = decide(known(baseline=False), page(entry(1), entry(2)), NOW)

    assert decisions == [New(entry(1), announce=False), New(entry(2), announce=False)]


def test_a_new_name_is_a_new_chapter_oldest_first():
    decisions = decide(known(chapter(1)), page(entry(1), entry(2), entry(3)), NOW)

    assert decisions == [New(entry(2), announce=True), New(entry(3), announce=True)]


def test_a_page_that_says_nothing_new_does_nothing():
    assert decide(known(chapter(1), chapter(2)), page(entry(1), entry(2)), NOW) == []


def test_what_disappears_is_no_news():
    assert decide(known(chapter(1), chapter(2)), page(entry(2)), NOW) == []


def test_another_title_is_a_change():
    renamed = entry(1, "Another")

    assert decide(known(chapter(1)), page(renamed), NOW) == [Changed(renamed, chapter(1))]


def test_another_feed_may_not_rename_a_chapter_but_may_count_it():
    theirs = chapter(1, follow=THEIRS)
    counted = entry(1, "Another", words=Words(900, WordSource.COUNTED))

    assert decide(known(theirs), page(entry(1, "Another")), NOW) == []
    assert kinds(decide(known(theirs), page(counted), NOW)) == [Changed]


@pytest.mark.parametrize(
    ("had", "told", "changes"),
    [
        (None, WordSource.LISTED, True),
        (WordSource.COUNTED, WordSource.LISTED, False),
        (WordSource.ANNOUNCED, WordSource.LISTED, False),
        (WordSource.LISTED, WordSource.ANNOUNCED, True),
        (WordSource.ANNOUNCED, WordSource.COUNTED, True),
        (WordSource.COUNTED, WordSource.COUNTED, True),
    ],
)
def test_the_better_count_wins(had, told, changes):
    before = chapter(1, words=None if had is None else Words(100, had))
    decisions = decide(known(before), page(entry(1, words=Words(200, told))), NOW)

    assert bool(decisions) == changes


def test_a_held_chapter_that_is_taken_back_is_gone_and_may_come_back():
    held = chapter(2, state=State.HELD)

    assert decide(known(chapter(1), held), page(entry(1)), NOW) == [Gone(held)]
    gone = replace(held, state=State.GONE)
    assert kinds(decide(known(chapter(1), gone), page(entry(1), entry(2)), NOW)) == [Back]


@pytest.mark.parametrize("answer", [page(), page(entry(1), cut=True), page(entry(3))])
def test_a_held_chapter_stays_held_when_the_page_proves_nothing(answer):
    held = chapter(2, state=State.HELD)

    assert Gone(held) not in decide(known(chapter(1), held), answer, NOW)


def test_the_same_title_of_another_site_at_the_same_time_is_the_same_chapter():
    theirs = chapter(50, "Chapter 9: The Storm", follow=THEIRS)
    told = replace(entry(9, "Chapter 9 — The Storm"), published_at=theirs.published_at + 2 * DAY)

    assert decide(known(chapter(1), others=[theirs]), page(entry(1), told), NOW) == [
        Alias(told, theirs)
    ]


@pytest.mark.parametrize(
    "theirs",
    [
        chapter(1, "Interlude", follow=THEIRS),  # long ago
        chapter(99, "Interlude", follow=THEIRS, state=State.KNOWN, published_at=None),
        chapter(99, "Interlude", follow=THEIRS, category="omake"),
    ],
)
def test_a_title_alone_makes_no_two_chapters_one(theirs):
    told = entry(98, "Interlude", category="main")

    assert kinds(decide(known(chapter(97), others=[theirs]), page(entry(97), told), NOW)) == [New]


def test_one_chapter_elsewhere_is_claimed_by_one_entry_only():
    theirs = chapter(99, "Interlude", follow=THEIRS)
    decisions = decide(
        known(chapter(90), others=[theirs]),
        page(entry(90), entry(98, "Interlude"), entry(99, "Interlude", url="https://a.example/x")),
        NOW,
    )

    assert sorted(kind.__name__ for kind in kinds(decisions)) == ["Alias", "New"]


def test_a_chapter_that_moved_to_another_post_is_not_announced_again():
    moved = replace(entry(2), identity="id-77", url="https://a.example/77")

    assert kinds(decide(known(chapter(1), chapter(2)), page(entry(1), moved), NOW)) == [Alias]


def test_when_most_names_are_others_all_is_held_and_asked():
    had = [chapter(number) for number in range(1, 11)]
    moved = [
        replace(entry(n), identity=f"new-{n}", url=f"https://b.example/{n}") for n in range(1, 11)
    ]

    assert decide(known(*had), page(*moved), NOW) == [Ask(10, 10)]
    news = decide(known(*had, trusted=True), page(*moved), NOW)
    assert Ask not in kinds(news)


def test_a_long_downtime_is_not_taken_for_a_move():
    had = [chapter(number) for number in range(1, 11)]
    later = [entry(number) for number in range(20, 30)]

    assert kinds(decide(known(*had), page(*later), NOW)) == [New] * 10


def test_undated_news_after_a_long_downtime_are_news():
    had = [chapter(n, published_at=None) for n in range(1, 4)]
    later = [entry(number, published_at=None) for number in range(20, 24)]

    assert kinds(decide(known(*had), page(*later), NOW)) == [New] * 4


entries = st.lists(st.integers(1, 30), unique=True, min_size=0, max_size=12).map(
    lambda numbers: [entry(number) for number in sorted(numbers)]
)


@given(entries, st.sets(st.integers(1, 30)))
def test_nothing_known_is_announced_and_nothing_unknown_is_left_out(told, had):
    decisions = decide(known(*(chapter(number) for number in had)), page(*told), NOW)

    if Ask not in kinds(decisions):
        news = {each.entry.identity for each in decisions if isinstance(each, New)}
        assert news == {each.identity for each in told} - {f"id-{number}" for number in had}


@given(entries)
def test_reading_the_same_page_again_decides_nothing(told):
    had = [chapter(int(each.identity[3:])) for each in told]

    assert decide(known(*had), page(*told), NOW) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://f.example/threads/x.1/#post-77", "https://f.example/posts/77/", True),
        ("https://f.example/threads/x.1/page-3#post-77", "http://www.f.example/posts/77", True),
        ("https://f.example/posts/77", "https://g.example/posts/77", False),
        ("https://a.example/c?utm_source=x", "https://www.a.example/c/", True),
        ("https://a.example/?p=1", "https://a.example/?p=2", False),
        (
            "https://www.royalroad.com/fiction/1/x/chapter/9/y",
            "https://www.royalroad.com/fiction/chapter/9",
            True,
        ),
    ],
)
def test_two_addresses_of_one_chapter_have_one_key(one, other, same):
    assert (place_key(one) == place_key(other)) == same
