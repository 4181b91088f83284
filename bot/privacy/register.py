"""Who keeps what about people and servers: the one list that /privacy and departures go by.

Every table with people's ids belongs to one of `records`, every table of a server's to one of
`purges`; tests/privacy compares both with the schema.
"""

from collections.abc import Awaitable, Callable, Collection
from typing import Protocol

from bot.chapters import newsroom
from bot.chapters.people.repository import ChapterPeople
from bot.flags.repository import FlagRepository
from bot.guilds.repository import GuildRepository
from bot.language.speech import mark
from bot.privacy.models import Records, Rows
from bot.progress.repository import ProgressRepository
from bot.quotes.consent.repository import ConsentRepository
from bot.quotes.repository import QuoteRepository
from bot.soviet.house import House
from bot.storage.database import Database, Transaction
from bot.uploads.repository import DocumentRepository

Purge = Callable[[int], Awaitable[None]]


class _Repository(Protocol):
    """A repository whose tables know people."""

    async def export(self, user_id: int) -> Rows: ...
    async def forget(self, user_id: int) -> None: ...
    async def people(self) -> Collection[int]: ...


class Register:
    """The repositories of one database whose tables know people or servers."""

    def __init__(self, database: Database, house: House) -> None:
        self._database = database
        self._house = house
        self.progress = ProgressRepository(database)
        self.guilds = GuildRepository(database)
        self.flags = FlagRepository(database)
        self.documents = DocumentRepository(database)
        self.quotes = QuoteRepository(database)
        self.consents = ConsentRepository(database)
        self.chapters = ChapterPeople(database)

    @property
    def records(self) -> tuple[Records, ...]:
        """What is kept about people, by the names a reader would use."""
        return (
            _records(mark("reading progress"), self.progress),
            _records(mark("choices for servers"), self.guilds),
            _records(mark("what you said is wrong"), self.flags),
            _records(mark("documents you added"), self.documents),
            _records(mark("quotes"), self.quotes),
            _records(mark("who may quote you"), self.consents),
            _records(mark("subscriptions and announcements"), self.chapters),
            Records(
                mark("the Soviet"), self._of_the_soviet, self._house.forget, self._house.people
            ),
        )

    @property
    def purges(self) -> tuple[Purge, ...]:
        """What deletes everything of a server. Its documents are with the archives."""
        return (
            self._house.purge,
            self._newsroom,
            self.flags.purge,
            self.quotes.purge,
            self.progress.purge,
            self.guilds.purge,
        )

    async def _of_the_soviet(self, user_id: int) -> Rows:
        kept = await self._house.export(user_id)
        return [{"what": what, **row} for what, rows in kept.items() for row in rows]

    async def _newsroom(self, guild_id: int) -> None:
        async def purge(tx: Transaction) -> None:
            await newsroom.purge(tx, guild_id)

        await self._database.write(purge)


def _records(name: str, repository: _Repository) -> Records:
    return Records(name, repository.export, repository.forget, repository.people)
