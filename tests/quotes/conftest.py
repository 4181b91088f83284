"""The quote book on a database of its own, and messages to put into it."""

import pytest
from places import HERE, LOUNGE, OTTO, VERA

from bot.clock import instant
from bot.guilds.repository import GuildRepository
from bot.guilds.service import Guilds
from bot.quotes.consent.repository import ConsentRepository
from bot.quotes.models import Original
from bot.quotes.repository import QuoteRepository
from bot.quotes.service import Quotes
from bot.quotes.showings.repository import ShowingRepository


@pytest.fixture
def repository(database):
    return QuoteRepository(database)


@pytest.fixture
def guilds(database, clock):
    return Guilds(GuildRepository(database), clock)


@pytest.fixture
def quotes(database, repository, guilds, clock):
    # By chance: always the last of those that are wanted.
    consents, showings = ConsentRepository(database), ShowingRepository(database)
    return Quotes(repository, consents, showings, guilds, clock, draw=lambda total: total - 1)


@pytest.fixture
def said(clock):
    """Return what makes a message: `said("words", author=VERA)`."""
    numbers = iter(range(1, 1000))

    def make(text="Words.", *, author=VERA, guild=HERE, room=LOUNGE, at=None, **more):
        number = more.pop("message_id", None) or 600000000000000000 + next(numbers)
        return Original(
            guild_id=guild,
            channel_id=room,
            room_id=room,
            message_id=number,
            author_id=author,
            author_name={VERA: "Vera", OTTO: "Otto"}.get(author, "Somebody"),
            text=text,
            text_hash="0" * 64,
            said_at=instant(at or clock.now()),
            **more,
        )

    return make
