"""What the quote book shows, and where: every reading of it goes through a `Reach`."""

import secrets
from collections.abc import Callable
from zoneinfo import ZoneInfo

from bot.clock import Clock, instant
from bot.guilds.service import Guilds
from bot.quotes.errors import EmptyBookError, NoSuchQuoteError
from bot.quotes.models import Page, Quote, Reach, Standing, State, Wanted
from bot.quotes.repository import QuoteRepository
from bot.quotes.rules import said_on, start_of_day
from bot.quotes.words import patterns

PAGE_SIZE = 8
_MOST_STANDINGS = 10
_MOST_OFFERED = 25
_LONGEST_NUMBER = 10
_UTC = "UTC"


class Book:
    """Reads the book of every server."""

    def __init__(
        self,
        repository: QuoteRepository,
        guilds: Guilds,
        clock: Clock,
        *,
        draw: Callable[[int], int] = secrets.randbelow,
    ) -> None:
        self._repository = repository
        self._guilds = guilds
        self._clock = clock
        self._draw = draw

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
        return said_on(instant(self._clock.now()), await self.zone(guild_id))

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

    async def zone(self, guild_id: int) -> ZoneInfo:
        """Return the time zone a server lives in; UTC for none, and for one unknown here."""
        chosen = (await self._guilds.settings(guild_id)).time_zone
        try:
            return ZoneInfo(chosen or _UTC)
        except (KeyError, ValueError, OSError):
            return ZoneInfo(_UTC)

    async def _parameters(self, reach: Reach, wanted: Wanted) -> dict[str, str | int | None]:
        likes = patterns(wanted.words)
        if wanted.words and likes[0] == "%":
            # Nothing to look for is not the same as looking for anything.
            raise EmptyBookError(narrowed=True)
        zone = await self.zone(reach.guild_id)
        return {
            "author_id": wanted.author_id,
            "month_day": wanted.month_day,
            "before": start_of_day(self._clock.now(), zone),
            **{f"w{number}": like for number, like in enumerate(likes)},
        }
