"""The quote book: what may be put in, shown, and taken out again."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.clock import Clock, Instant, instant, moment
from bot.guilds.service import Guilds
from bot.quotes.changes import repository as statements
from bot.quotes.consent.repository import ConsentRepository, consent_of
from bot.quotes.errors import (
    BeingDrawnError,
    EmptyBookError,
    NoSuchQuoteError,
    NotYoursToRemoveError,
    NotYourWordsError,
    QuestionClosedError,
    TooManyQuestionsError,
)
from bot.quotes.models import (
    Consent,
    Original,
    Page,
    Purpose,
    Quote,
    Reach,
    Showing,
    Standing,
    State,
    Wanted,
)
from bot.quotes.repository import QuoteRepository
from bot.quotes.rules import (
    ASKING,
    MOST_QUESTIONS,
    decided,
    is_expired,
    may_remove,
    said_on,
    start_of_day,
)
from bot.quotes.words import patterns, searchable
from bot.storage.database import Transaction

PAGE_SIZE = 8
_MOST_STANDINGS = 10
_MOST_OFFERED = 25
_LONGEST_NUMBER = 10
_UTC = "UTC"


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
        guilds: Guilds,
        clock: Clock,
        *,
        draw: Callable[[int], int] = secrets.randbelow,
    ) -> None:
        self._repository = repository
        self._consents = consents
        self._guilds = guilds
        self._clock = clock
        self._draw = draw
        self._in_press: set[tuple[int, int]] = set()

    async def propose(self, original: Original, maker_id: int, purpose: Purpose) -> Quote:
        """Put a message into the book, or ask its author first: the returned state says which.

        What is in the book already comes back as it is, whoever asks.

        Raises:
            RefusedError, StillAskingError, TooManyQuestionsError.
        """
        now, zone = instant(self._clock.now()), await self._zone(original.guild_id)
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

    async def find(self, reach: Reach, wanted: Wanted, page: int = 0) -> Page:
        """Return page *page* of what is wanted, the newest first.

        Raises:
            EmptyBookError: there is nothing of it in *reach*.
        """
        parameters = await self._parameters(reach, wanted)
        found = await self._repository.find(
            reach, parameters, limit=PAGE_SIZE, offset=page * PAGE_SIZE
        )
        if not found.quotes:
            raise EmptyBookError(narrowed=wanted != Wanted())
        return Page(found.quotes, found.total, page)

    async def begun(self, reach: Reach, typed: str) -> tuple[Quote, ...]:
        """Return at most 25 quotes in *reach* whose number or words somebody may be typing."""
        number = typed.strip()
        if number.isdecimal() and len(number) < _LONGEST_NUMBER:
            quote = await self._repository.numbered(int(number), reach.guild_id)
            if quote is None or quote.state is not State.KEPT:
                return ()
            try:
                return (await self.get(quote.id, reach),)
            except NoSuchQuoteError:
                return ()
        likes = patterns(typed)
        parameters = await self._parameters(reach, Wanted())
        parameters |= {f"w{number}": like for number, like in enumerate(likes)}
        found = await self._repository.find(reach, parameters, limit=_MOST_OFFERED, offset=0)
        return found.quotes

    async def at_random(self, reach: Reach, wanted: Wanted) -> Quote:
        """Return one quote of those that are wanted, each as likely as the others.

        Raises:
            EmptyBookError: there is nothing of it in *reach*.
        """
        parameters = await self._parameters(reach, wanted)
        total = (await self._repository.find(reach, parameters, limit=1, offset=0)).total
        if total:
            drawn = self._draw(total)
            found = await self._repository.find(reach, parameters, limit=1, offset=drawn)
            if found.quotes:
                return found.quotes[0]
        raise EmptyBookError(narrowed=wanted != Wanted())

    async def most_quoted(self, reach: Reach) -> tuple[Standing, ...]:
        """Return who is quoted most, by distinct messages.

        Raises:
            EmptyBookError: there is nothing in *reach*.
        """
        standings = await self._repository.standings(reach, _MOST_STANDINGS)
        if not standings:
            raise EmptyBookError(narrowed=False)
        return standings

    async def today(self, guild_id: int) -> int:
        """Return the present day of the year (1107: 7 November) where a server lives."""
        return said_on(instant(self._clock.now()), await self._zone(guild_id))

    async def rooms(self, guild_id: int) -> frozenset[int]:
        """Return the channels of a server that the book has something of."""
        return await self._repository.rooms(guild_id)

    async def get(self, quote_id: int, reach: Reach) -> Quote:
        """Return a quote that may be shown in *reach*.

        Raises:
            NoSuchQuoteError.
        """
        quote = await self._repository.kept(quote_id, reach.guild_id)
        if quote is None or quote.original.room_id not in reach.rooms:
            raise NoSuchQuoteError
        if quote.original.age_restricted and not reach.adult:
            raise NoSuchQuoteError
        return quote

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

    @contextmanager
    def press(self, quote: Quote) -> Iterator[None]:
        """Hold the press for a first card, so that two who ask at once get one.

        Raises:
            BeingDrawnError: somebody else holds it.
        """
        key = (quote.original.guild_id, quote.original.message_id)
        if key in self._in_press:
            raise BeingDrawnError
        self._in_press.add(key)
        try:
            yield
        finally:
            self._in_press.discard(key)

    async def showings(self, quote: Quote) -> tuple[Showing, ...]:
        """Return our messages that show a quote, the first one first."""
        return await self._repository.showings(quote.id)

    async def showings_of(self, user_id: int) -> tuple[Showing, ...]:
        """Return our messages that show what somebody said."""
        return await self._repository.showings_of(user_id)

    async def shown(self, quote: Quote, showing: Showing) -> None:
        """Note that a message of ours shows a quote to everybody."""
        await self._repository.note_showing(quote.id, showing, instant(self._clock.now()))

    async def showing_gone(self, showing: Showing) -> None:
        """Note that a message of ours is no longer there."""
        await self._repository.drop_showing(showing.message_id)

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

    async def _parameters(self, reach: Reach, wanted: Wanted) -> dict[str, str | int | None]:
        likes = patterns(wanted.words)
        if wanted.words and likes[0] == "%":
            # Nothing to look for is not the same as looking for anything.
            raise EmptyBookError(narrowed=True)
        zone = await self._zone(reach.guild_id)
        return {
            "author_id": wanted.author_id,
            "month_day": wanted.month_day,
            "before": start_of_day(self._clock.now(), zone),
            **{f"w{number}": like for number, like in enumerate(likes)},
        }

    async def _zone(self, guild_id: int) -> ZoneInfo:
        chosen = (await self._guilds.settings(guild_id)).time_zone
        try:
            return ZoneInfo(chosen or _UTC)
        except (KeyError, ValueError, OSError):
            return ZoneInfo(_UTC)
