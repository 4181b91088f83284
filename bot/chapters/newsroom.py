"""The services of chapters put together: from a feed's answer to the outbox and back."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

from bot.chapters.announcing import repository as chapters
from bot.chapters.announcing.composer import Composer
from bot.chapters.announcing.publish import TOPIC, Publisher, note_delivery
from bot.chapters.announcing.repository import ChapterRepository
from bot.chapters.announcing.service import Announcing
from bot.chapters.events import ChaptersHeard
from bot.chapters.fetch import Fetcher, FetchRules
from bot.chapters.following import follow_repository as follows
from bot.chapters.following.intake import Intake
from bot.chapters.following.poller import Poller
from bot.chapters.following.reader import FeedReader, Reader
from bot.chapters.following.repository import FeedRepository
from bot.chapters.following.results import Results
from bot.chapters.following.service import Following
from bot.chapters.parse import Parser
from bot.chapters.stories import repository as stories
from bot.chapters.stories.repository import StoryRepository
from bot.chapters.stories.service import Stories
from bot.chapters.subscribing import repository as subscriptions
from bot.chapters.subscribing import service as subscribing
from bot.chapters.subscribing.repository import SubscriptionRepository
from bot.chapters.subscribing.service import DigestComposer, Subscribing
from bot.clock import Clock
from bot.duties import Duties
from bot.guilds.service import Guilds
from bot.outbox import repository as outbox
from bot.outbox.leases.repository import OutboxRepository
from bot.outbox.relay import Relay
from bot.problems import repository as problems
from bot.settings import Settings
from bot.storage.database import Database, Transaction


class Wording(Composer, DigestComposer, Protocol):
    """All that is said of chapters."""


@dataclass(frozen=True, slots=True)
class Newsroom:
    """The services of chapters. *poller*: asks feeds, also at once when a test wants it."""

    stories: Stories
    following: Following
    announcing: Announcing
    subscribing: Subscribing
    poller: Poller


@dataclass(frozen=True, slots=True)
class House:
    """What the newsroom shares with the rest of the program."""

    database: Database
    clock: Clock
    duties: Duties
    guilds: Guilds
    relay: Relay


@asynccontextmanager
async def open_reader(settings: Settings, clock: Clock) -> AsyncIterator[Reader]:
    """Open what reads feeds over the web, within what the operator allows."""
    rules = FetchRules(settings.feed_hosts, allow_loopback=settings.feed_allow_loopback)
    async with Fetcher(rules, clock, settings.contact) as fetcher, Parser(clock) as parser:
        yield FeedReader(fetcher, parser)


def newsroom(
    house: House,
    reader: Reader,
    wording: Wording,
    heard: Sequence[ChaptersHeard] = (),
    *,
    allow_loopback: bool = False,
) -> Newsroom:
    """Put the services together; add their duties and what they want to hear of deliveries.

    *heard* hear of every chapter of a story in the transaction that announces it.
    """
    database, clock = house.database, house.clock
    publisher = Publisher(wording, heard)
    kept = ChapterRepository(database)
    poller = Poller(
        FeedRepository(database),
        reader,
        Results(FeedRepository(database), Intake(wording, publisher), clock),
        clock,
        house.duties.wake,
        allow_loopback=allow_loopback,
    )
    made = Newsroom(
        stories=Stories(StoryRepository(database), clock),
        following=Following(
            FeedRepository(database), kept, reader, poller, clock, allow_loopback=allow_loopback
        ),
        announcing=Announcing(
            kept,
            OutboxRepository(database),
            publisher,
            house.guilds,
            clock,
            house.duties.wake,
        ),
        subscribing=Subscribing(
            SubscriptionRepository(database), clock, wording, house.duties.wake
        ),
        poller=poller,
    )
    house.relay.listen(TOPIC, note_delivery)
    house.relay.listen(subscribing.TOPIC, _nothing, subscribing.note_closed)
    house.duties.add("feeds", poller.work)
    # Each process lets go what its own servers wait for: it alone knows their channels.
    house.duties.add_everywhere("chapters", made.announcing.work)
    house.duties.add("digests", made.subscribing.work)
    return made


async def _nothing(_tx: Transaction, _sent: object) -> None:
    """Hear of a digest that was delivered: there is nothing to note."""


async def forget(tx: Transaction, user_id: int) -> None:
    """Forget everything the newsroom and the outbox know of a person."""
    for each in (
        stories.forget,
        follows.forget,
        chapters.forget,
        subscriptions.forget,
        outbox.forget,
    ):
        await each(tx, user_id)


async def purge(tx: Transaction, guild_id: int) -> None:
    """Forget everything the newsroom and the outbox know of a server that is gone."""
    for each in (
        subscriptions.purge,
        chapters.purge,
        stories.purge,
        follows.purge,
        problems.purge,
        outbox.purge,
    ):
        await each(tx, guild_id)
