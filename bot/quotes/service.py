"""The quote book: what may be put in and taken out again. What it shows: `book.py`."""

import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta

from bot.clock import Clock, Instant, instant, moment
from bot.guilds.service import Guilds
from bot.quotes.book import Book
from bot.quotes.changes import repository as statements
from bot.quotes.consent.repository import ConsentRepository, consent_of
from bot.quotes.errors import (
    NoSuchQuoteError,
    NotYoursToRemoveError,
    NotYourWordsError,
    QuestionClosedError,
    TooManyQuestionsError,
)
from bot.quotes.models import (
    Consent,
    Original,
    Purpose,
    Quote,
    Showing,
    State,
)
from bot.quotes.press import Press
from bot.quotes.repository import QuoteRepository
from bot.quotes.rules import (
    ASKING,
    MOST_QUESTIONS,
    decided,
    is_expired,
    may_remove,
    said_on,
)
from bot.quotes.showings.repository import ShowingRepository
from bot.quotes.words import searchable
from bot.storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Removed:
    """A quote that is in the book no more, and our messages that show it."""

    quote: Quote
    showings: tuple[Showing, ...]


class Quotes:
    """Keeps the book of every server. All ids are checked against the server they are used in."""

    def __init__(
        self,
        repository: QuoteRepository,
        consents: ConsentRepository,
        showings: ShowingRepository,
        guilds: Guilds,
        clock: Clock,
        *,
        draw: Callable[[int], int] = secrets.randbelow,
    ) -> None:
        self._repository = repository
        self._consents = consents
        self._clock = clock
        self.book = Book(repository, guilds, clock, draw=draw)
        self.press = Press()
        self.showings = showings

    async def propose(self, original: Original, maker_id: int, purpose: Purpose) -> Quote:
        """Put a message into the book, or ask its author first: the returned state says which.

        What is in the book already comes back as it is, whoever asks.

        Raises:
            RefusedError, StillAskingError, TooManyQuestionsError.
        """
        now, zone = instant(self._clock.now()), await self.book.zone(original.guild_id)
        own = maker_id == original.author_id

        async def operation(tx: Transaction) -> Quote:
            consent = await consent_of(tx, original.author_id)
            known = await statements.known(tx, original.guild_id, original.message_id)
            state = decided(consent, known, own=own, now=now)
            if known is not None and known.state is State.KEPT:
                return known
            if state is State.ASKED:
                since = instant(moment(now) - ASKING)
                author = original.guild_id, original.author_id
                if await statements.questions(tx, *author, since) >= MOST_QUESTIONS:
                    raise TooManyQuestionsError
            values = asdict(original) | {
                "maker_id": maker_id,
                "state": str(state),
                "purpose": str(purpose),
                "folded": searchable(original.text),
                "age_restricted": int(original.age_restricted),
                "month_day": said_on(original.said_at, zone),
                "made_at": now,
            }
            return await statements.put(tx, values)

        return await self._repository.write(operation)

    async def answer(
        self, quote_id: int, guild_id: int, user_id: int, *, agreed: bool
    ) -> Quote | None:
        """Take an author's answer; return the quote that is now in the book, None for a no.

        Raises:
            QuestionClosedError, NotYourWordsError.
        """
        now = instant(self._clock.now())

        async def operation(tx: Transaction) -> Quote | None:
            quote = await statements.of_server(tx, quote_id, guild_id)
            if quote is None:
                raise QuestionClosedError
            if quote.original.author_id != user_id:
                raise NotYourWordsError
            if quote.state is not State.ASKED or is_expired(quote.made_at, now):
                raise QuestionClosedError
            if not agreed:
                await statements.refuse(tx, quote_id)
                return None
            await statements.keep(tx, quote_id)
            return await statements.of_server(tx, quote_id, guild_id)

        return await self._repository.write(operation)

    async def of_message(self, original: Original) -> Quote | None:
        """Return what the book has of a message and may be shown, or None."""
        return await self._repository.of_message(original.guild_id, original.message_id)

    async def of_server(self, quote_id: int, guild_id: int) -> Quote:
        """Return a quote of that server for whoever would remove it.

        Raises:
            NoSuchQuoteError.
        """
        quote = await self._repository.any(quote_id, guild_id)
        if quote is None or quote.state is State.REFUSED:
            raise NoSuchQuoteError
        return quote

    async def numbered(self, number: int, guild_id: int) -> Quote:
        """Return the quote that a server knows by *number*, for whoever would remove it.

        Raises:
            NoSuchQuoteError.
        """
        quote = await self._repository.numbered(number, guild_id)
        if quote is None or quote.state is State.REFUSED:
            raise NoSuchQuoteError
        return quote

    async def remove(
        self, quote_id: int, guild_id: int, user_id: int, *, moderator: bool
    ) -> Removed:
        """Take a quote out of the book; when its author does, that message is never quoted again.

        *moderator*: somebody who may manage messages where it was said.

        Raises:
            NoSuchQuoteError, NotYoursToRemoveError.
        """

        async def operation(tx: Transaction) -> Removed:
            quote = await statements.of_server(tx, quote_id, guild_id)
            if quote is None or quote.state is State.REFUSED:
                raise NoSuchQuoteError
            if not may_remove(quote, user_id, moderator=moderator):
                raise NotYoursToRemoveError
            showings = tuple(await statements.shown_in(tx, quote_id))
            take_out = statements.delete
            if user_id == quote.original.author_id:
                take_out = statements.refuse
            await take_out(tx, quote_id)
            return Removed(quote, showings)

        return await self._repository.write(operation)

    async def original_gone(self, quote: Quote) -> Removed:
        """Take out a quote whose message was deleted."""

        async def operation(tx: Transaction) -> Removed:
            showings = tuple(await statements.shown_in(tx, quote.id))
            await statements.delete(tx, quote.id)
            return Removed(quote, showings)

        return await self._repository.write(operation)

    async def shown(self, quote: Quote, showing: Showing) -> None:
        """Note that a message of ours shows a quote to everybody."""
        await self.showings.note(quote.id, showing, instant(self._clock.now()))

    async def consent(self, user_id: int) -> Consent:
        """Return who may quote somebody."""
        return await self._consents.consent(user_id)

    async def set_consent(self, user_id: int, consent: Consent) -> None:
        """Keep who may quote somebody; "nobody" also refuses what they are being asked."""
        await self._consents.put_consent(user_id, consent, instant(self._clock.now()))

    async def expire(self) -> Instant | None:
        """Erase the questions nobody answered; return when the next one is due. A duty."""
        oldest = await self._repository.expire(instant(self._clock.now() - ASKING))
        return None if oldest is None else Instant(oldest + ASKING // timedelta(milliseconds=1))
