"""Writing down what polls brought. A feed that a thousand servers follow stops no other writer.

Its follows are served some at a time, each some in a transaction. The validators of a page are
committed with the last of them: when it does not come to that, the next poll sees the page again,
and of a page that was taken in before nothing follows.
"""

import random
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass

from bot.chapters.entries import FeedEntry, Words
from bot.chapters.errors import ChapterError
from bot.chapters.following import follow_repository, repository
from bot.chapters.following.intake import Intake, Taken
from bot.chapters.following.models import TOLD_AFTER, Feed, Follow, FollowState
from bot.chapters.following.reader import Answer
from bot.chapters.following.repository import FeedRepository
from bot.chapters.following.timing import after_failure, after_success
from bot.clock import Clock, Instant, instant
from bot.guilds.repository import language_of
from bot.language.sayings import kept
from bot.language.speech import say, say_many, speaking
from bot.problems.repository import clear_problem, raise_problem, tell_admins
from bot.storage.database import Transaction

SOME = 10
"""Follows in one transaction: other writers wait for so many at most."""

Each = Callable[[Transaction, Follow], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Answered:
    """An *answer* of *feed*. *interval*: the least seconds between two polls of its source."""

    feed: Feed
    answer: Answer
    interval: int


@dataclass(frozen=True, slots=True)
class _Served:
    """What one transaction did: for which follows, with what, and whether it was the last."""

    follows: Collection[int]
    taken: list[Taken]
    is_last: bool


class Results:
    """Keeps how polls ended, and does what follows from their answers."""

    def __init__(self, repository: FeedRepository, intake: Intake, clock: Clock) -> None:
        self._database = repository.database
        self._intake = intake
        self._clock = clock
        self._random = random.Random()  # noqa: S311 - spreads polls, keeps no secret

    async def succeeded(self, told: Answered) -> list[FeedEntry]:
        """Take an answer in for every story that follows its feed; return what is new."""
        now = instant(self._clock.now())
        if told.feed.problem is not None:
            await self._well(told.feed, now)
        served: set[int] = set()
        taken: list[Taken] = []

        async def serve(tx: Transaction) -> _Served:
            page = told.answer.page
            # Read anew each time: somebody may have joined or resumed meanwhile.
            waiting = [
                each
                for each in await follow_repository.follows(tx, told.feed.id)
                if page is not None and each.state is FollowState.ACTIVE and each.id not in served
            ]
            some = (
                []
                if page is None
                else [await self._intake.take(tx, each, page, now) for each in waiting[:SOME]]
            )
            is_last = len(waiting) <= SOME
            if is_last:
                await self._keep(tx, told, [*taken, *some], now)
            return _Served([each.id for each in waiting[:SOME]], some, is_last)

        while True:
            part = await self._database.write(serve)
            served.update(part.follows)
            taken += part.taken
            if part.is_last:
                return list({e.identity: e for each in taken for e in each.new}.values())

    async def failed(self, feed: Feed, error: ChapterError, interval: int) -> None:
        """Keep that a feed failed; after some times in a row the admins hear of it."""
        now = instant(self._clock.now())
        at = after_failure(now, interval, feed.failures, error, spread=self._random.random())
        failures = await self._database.write(
            lambda tx: repository.failed(tx, feed.id, kept(error.sentence), at, now)
        )

        async def tell(tx: Transaction, follow: Follow) -> None:
            if follow.state is FollowState.PAUSED:
                return
            key, where = f"feed:{feed.id}", await follow_repository.channel_of(tx, follow)
            with speaking(await language_of(tx, follow.guild_id)):
                words = say_many(
                    "The feed at {host} has failed {number} time: {problem} Nothing is lost; I "
                    "keep trying. `/feed list` shows how it is doing.",
                    "The feed at {host} has failed {number} times: {problem} Nothing is lost; I "
                    "keep trying. `/feed list` shows how it is doing.",
                    failures,
                    host=feed.host,
                    problem=error,
                )
            await raise_problem(tx, follow.guild_id, key, words, now, elsewhere=where)

        if failures >= TOLD_AFTER:
            await self._for_each(feed, tell)

    async def counted(self, feed: Feed, identity: str, words: Words) -> None:
        """Keep a better count of a chapter's words."""
        now = instant(self._clock.now())
        await self._for_each(
            feed, lambda tx, follow: self._intake.count(tx, follow, identity, words, now)
        )

    async def _well(self, feed: Feed, now: Instant) -> None:
        async def tell(tx: Transaction, follow: Follow) -> None:
            key = f"feed:{feed.id}"
            if await clear_problem(tx, follow.guild_id, key):
                where = await follow_repository.channel_of(tx, follow)
                with speaking(await language_of(tx, follow.guild_id)):
                    words = say(
                        "The feed of {host} answers again; nothing was missed.", host=feed.host
                    )
                await tell_admins(
                    tx, follow.guild_id, f"{key}:well:{now}", words, now, elsewhere=where
                )

        await self._for_each(feed, tell)

    async def _for_each(self, feed: Feed, do: Each) -> None:
        """Do *do* for every follow of *feed*, some in each transaction."""
        last = 0

        async def some(tx: Transaction) -> list[Follow]:
            follows = await follow_repository.follows(tx, feed.id, after=last, limit=SOME)
            for each in follows:
                await do(tx, each)
            return follows

        while done := await self._database.write(some):
            last = done[-1].id

    async def _keep(
        self, tx: Transaction, told: Answered, taken: list[Taken], now: Instant
    ) -> None:
        """Keep the validators of an answer, and when its feed is asked again."""
        feed, answer = told.feed, told.answer
        next_poll = after_success(
            now,
            told.interval,
            spread=self._random.random(),
            expires=answer.expires,
            retry_after=answer.retry_after,
            last_news=await repository.last_news(tx, feed.id),
        )
        holds = [each.hold_until for each in taken if each.hold_until is not None]
        etag, modified = answer.etag, answer.last_modified
        if await self._is_asked_for_anew(tx, told):
            next_poll, etag, modified = now, None, None
        await repository.succeeded(
            tx,
            feed.id,
            now,
            next_poll=min([next_poll, *holds]),
            etag=etag,
            last_modified=modified,
        )

    async def _is_asked_for_anew(self, tx: Transaction, told: Answered) -> bool:
        """Tell whether somebody joined, resumed or decided since we asked, and needs the page."""
        feed = told.feed
        if await follow_repository.waits_for_page(tx, feed.id):
            return True
        asked = (feed.etag, feed.last_modified)
        return told.answer.page is None and await repository.validators(tx, feed.id) != asked
