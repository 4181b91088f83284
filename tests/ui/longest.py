"""The longest and the most of everything that is shown, all of it made of one text."""

from dataclasses import replace

from soviet_discord.builders import LARGEST_ID, NOW

from bot.canon.answers import Answer, Catalogue, Holding, Reading, SourceCount
from bot.canon.compare import Column, Comparison
from bot.canon.dates import DateSpan, Precision
from bot.canon.models import (
    Dated,
    Dispute,
    Entity,
    EntityKind,
    Entry,
    Source,
    Tier,
    Work,
    WorkKind,
)
from bot.canon.query import Query
from bot.canon.quote import quote_of
from bot.canon.registry import Card as EntityCard
from bot.chapters.announcing.cadence import Cadence
from bot.chapters.announcing.composer import Card, Site
from bot.chapters.announcing.figures import Figures
from bot.chapters.announcing.models import Chapter, State
from bot.chapters.entries import FeedEntry, SourceKind, Words, WordSource
from bot.chapters.following.models import Feed, Follow, Followed, FollowState
from bot.chapters.stories.models import LONGEST_AUTHOR, LONGEST_TITLE, Story
from bot.quotes.models import Original, Purpose, Quote
from bot.quotes.models import State as QuoteState

DAY = 86_400_000
ADDRESS = "https://a-forum-of-many-threads.example/threads/" + "long-" * 80
PROBLEM = "The site refused (status 403): it wants an account, or no scripted readers. " * 4
"""What went wrong, in a sentence of ours."""


def filled(text, length):
    return (text * length)[:length]


def some(text, length=200):
    """Return *text* in a length that documents and strangers reach, never empty."""
    return filled(text, length).strip() or "x"


def story(text, masked=False):
    return Story(
        LARGEST_ID % 10**15,
        LARGEST_ID,
        some(text, LONGEST_TITLE),
        some(text, LONGEST_AUTHOR),
        ADDRESS,
        1_000_000,
        masked,
        LARGEST_ID,
        LARGEST_ID,
    )


def chapter(text, number=1, state=State.ANNOUNCED, **changes):
    made = Chapter(
        number,
        LARGEST_ID,
        LARGEST_ID % 10**15,
        LARGEST_ID,
        some(text),
        f"key-{number}",
        ADDRESS,
        Words(9_999_999, WordSource.ANNOUNCED, rounded=True),
        some(text, 40),
        some(text, 500),
        NOW + number * DAY,
        NOW + number * DAY,
        number,
        state,
        NOW,
        NOW,
    )
    return replace(made, **changes)


def chapters(text, count=60):
    return [chapter(text, number) for number in range(1, count)]


def card(text, masked=False):
    told = Figures(10**9, True, 10**6, True, True, 10**9, Cadence(99, 999), 9_999)
    links = [f"https://site{number}.example/{'x' * 460}" for number in range(6)]
    return Card(story(text, masked), chapter(text), told, links)


def site():
    lack = "I lack Create Public Threads there: the channel's settings, Permissions, my role. "
    return Site(True, False, True, False, tuple(f"{lack}{number}" for number in range(8)))


def followed(text, number=1, state=FollowState.ASKING):
    feed = Feed(
        number,
        "key",
        SourceKind.XENFORO,
        ADDRESS,
        "a-forum-of-many-threads.example",
        None,
        None,
        NOW,
        9_999,
        PROBLEM,
        NOW,
        NOW,
    )
    follow = Follow(number, LARGEST_ID, 1, number, LARGEST_ID, LARGEST_ID, state, NOW)
    return Followed(follow, feed, some(text), 99_999, LARGEST_ID, LARGEST_ID)


def feed_entry(text, number=1):
    counted = Words(9_999_999, WordSource.LISTED, rounded=True)
    return FeedEntry(f"id-{number}", some(text), ADDRESS, NOW, counted, some(text, 40))


def quote(text, number=1):
    original = Original(
        LARGEST_ID,
        LARGEST_ID,
        LARGEST_ID,
        LARGEST_ID - number,
        LARGEST_ID,
        some(text, 32),
        some(text, 4_000),
        "hash",
        NOW,
    )
    return Quote(
        LARGEST_ID - number, 10**9, original, LARGEST_ID, QuoteState.KEPT, Purpose.CARD, NOW
    )


def work(text, number=0):
    return Work(
        f"work-{number}",
        some(text, 150),
        WorkKind.FICTION,
        some(text, 150),
        some(text, 500),
        "https://wiki.example/of-a-work",
        some(text, 1_000),
        0xA11D21,
        None,
    )


def entry(text, number=1, length=5_000, dated=True):
    source = Source("source", some(text, 250), "file.txt", "timeline", Tier.COMMENT, 99_999, 10**7)
    span = DateSpan(700_000 + number, 700_100 + number, Precision.DAY, "x")
    written = Dated(some(text, 120), span, True) if dated else None
    return Entry(
        f"{number}-{'k' * 40}"[:44],
        work(text, number % 9),
        source,
        10**6,
        some(text, 300),
        some(text, length),
        written,
    )


def entity(text, number=1):
    return Entity(
        f"{number}-{'e' * 40}"[:42],
        work(text, number % 9),
        some(text, 120),
        EntityKind.ORGANISATION,
        some(text, 1_500),
        tuple(some(text, 80) for _ in range(30)),
        None,
    )


def dispute(text):
    return Dispute(some(text), work(text), some(text, 600), work(text, 1), some(text, 600))


def reading(text):
    entries = tuple(entry(text, number) for number in range(5))
    return Reading(
        entry(text),
        entry(text, 2),
        entry(text, 3),
        tuple(entity(text, number) for number in range(40)),
        tuple(dispute(text) for _ in range(5)),
        entries,
    )


def answer(text, **changes):
    """Return a page of answers with every remark there is, before and after."""
    entries = tuple(entry(text, number) for number in range(10))
    made = Answer(
        Query(some(text), problem=some(text, 300)),
        entries=entries,
        total=10**6,
        before=entry(text, 11),
        after=entry(text, 12),
        nearest=tuple(some(text, 80) for _ in range(5)),
        corrections=tuple((some(text, 40), some(text, 40)) for _ in range(6)),
        missing=tuple(some(text, 60) for _ in range(5)),
        mentioned=True,
        from_history=True,
        elsewhen=True,
    )
    return replace(made, **changes)


def entity_card(text):
    entries = tuple(entry(text, number) for number in range(25))
    return EntityCard(
        entity=entity(text),
        quotes=tuple(quote_of(each) for each in entries[:4]),
        dated=entries[4:16],
        dated_total=10**6,
        disputes=tuple(dispute(text) for _ in range(5)),
        passages=10**6,
        others=tuple(entity(text, number) for number in range(2, 30)),
    )


def comparison(text):
    columns = tuple(
        Column(work(text, number), entity(text, number), (entry(text, number),) * 4, 10**5)
        for number in range(12)
    )
    return Comparison(some(text), columns, tuple(dispute(text) for _ in range(6)))


def catalogue(text):
    sources = tuple(
        SourceCount(some(text, 250), "file.txt", str(Tier.COMMENT), 10**7, 10**6, 10**5)
        for _ in range(30)
    )
    holdings = tuple(Holding(work(text, number), sources) for number in range(40))
    return Catalogue(holdings, NOW, tuple(some(text, 400) for _ in range(50)))
