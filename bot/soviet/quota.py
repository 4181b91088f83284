"""What a chapter sets off: a motion of regret or thanks, the plan, the end of votes until it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.clock import Instant
from bot.guilds.models import Choice
from bot.guilds.repository import language_of
from bot.language.speech import say, say_many, say_number, speaking
from bot.problems.repository import clear_problem, raise_problem, unchosen
from bot.soviet import agenda_repository as agenda
from bot.soviet import house_repository as house
from bot.soviet import ledger_repository as ledger
from bot.soviet import motion_repository as motions
from bot.soviet.composer import Composer
from bot.soviet.models import (
    AYE_NAY_OPTIONS,
    Ballot,
    Electorate,
    Kind,
    Motion,
    Rules,
    Status,
    Visibility,
)
from bot.soviet.opening import announce
from bot.soviet.orders import Orders, orders_at
from bot.soviet.wording import title
from bot.storage.database import Transaction

NO_CHANNEL: Final = unchosen(Choice.SOVIET_CHANNEL)
"""The problem of a House that nobody can see; it ends when a channel is chosen."""
_LONGEST_KEY: Final = 500


@dataclass(frozen=True, slots=True)
class ChapterDropped:
    """A chapter of a followed story has appeared in a guild.

    *chapter_key* is the source's own identity of the chapter; *words* None when nobody counted;
    *word_source* says who did (“counted”, “as the author states”); *quota* None: the one of the
    standing orders, 0: none at all.
    """

    guild_id: int
    story_id: int
    story_title: str
    chapter_key: str
    chapter_title: str
    url: str
    words: int | None
    word_source: str
    quota: int | None
    at: Instant


@dataclass(frozen=True, slots=True)
class Delivery:
    """A chapter whose words were counted, against what was due."""

    event: ChapterDropped
    words: int
    due: int


class QuotaDesk:
    """Hears of chapters inside the transaction that records them."""

    def __init__(self, composer: Composer) -> None:
        self._composer = composer

    async def hear(self, tx: Transaction, together: Sequence[ChapterDropped]) -> None:
        """Do what follows from chapters of one story that are told of *together*.

        Hearing of the same one again does nothing. Below the quota (all of them together, where
        they are several) a motion of regret is tabled and waits for a seconder, else a vote of
        thanks; it pings nobody, and where no channel is chosen for it the admins are told so.
        Motions that run until this story's next chapter end at *event.at* (wake the duty that
        closes votes). Resolutions that promised words are held against it.
        """
        orders = orders_at(*await house.orders(tx, together[0].guild_id))
        owed = [d for event in together if (d := await _note(tx, event, orders)) is not None]
        if not owed or not orders.is_on("quota"):
            return
        with speaking(await language_of(tx, together[0].guild_id)):
            motion = await motions.add(tx, _motion(owed, orders), None)
            no_channel = _no_channel(motion)
        at = together[-1].at
        if not await announce(tx, motion, at, lambda place: self._composer.tabled(motion, place)):
            await raise_problem(tx, motion.guild_id, NO_CHANNEL, no_channel, at)


async def _note(tx: Transaction, event: ChapterDropped, orders: Orders) -> Delivery | None:
    """Keep a chapter; None where it moves nothing: heard before, not counted, without a quota."""
    quota = orders.number("words") if event.quota is None else event.quota
    words = event.words if event.words is not None and event.words >= 0 else None
    is_new = await ledger.hear(
        tx,
        event.guild_id,
        event.story_id,
        (event.chapter_key[:_LONGEST_KEY], title(event.chapter_title)),
        (words, quota or None),
        event.at,
    )
    if not is_new:
        return None
    await agenda.call_story(tx, event.guild_id, event.story_id, event.at)
    if words is None:
        return None
    await ledger.deliver(tx, event.guild_id, event.story_id, words, event.at)
    return Delivery(event, words, quota) if quota > 0 else None


async def settle(tx: Transaction, guild_id: int) -> None:
    """End the problem of a House without a channel where its orders ask for none."""
    if not orders_at(*await house.orders(tx, guild_id)).is_on("quota"):
        await clear_problem(tx, guild_id, NO_CHANNEL)


def quota_text(owed: Sequence[Delivery]) -> str:
    """Return what the Soviet moves about chapters of one story that came together."""
    words, due = sum(each.words for each in owed), sum(each.due for each in owed)
    events = [each.event for each in owed]
    sources = {title(event.word_source) for event in events}
    source = f"; {say(sources.pop())}" if len(sources) == 1 and all(sources) else ""
    told = {
        "story": title(events[0].story_title),
        "chapter": title(events[0].chapter_title),
        "last": title(events[-1].chapter_title),
        "chapters": len(events),
        "words": say_number(words),
        "due": say_number(due),
        "percent": say_number(100 * words // due),
        "source": source,
    }
    if words < due:
        return _regret(due - words, told) if len(events) == 1 else _regret_all(due - words, told)
    return _thanks(words, told) if len(events) == 1 else _thanks_all(words, told)


def _regret(missing: int, told: dict[str, object]) -> str:
    return say_many(
        "That this House regrets the shortfall of {number} word in “{chapter}” of {story} "
        "({words} delivered, {due} due{source}).",
        "That this House regrets the shortfall of {number} words in “{chapter}” of {story} "
        "({words} delivered, {due} due{source}).",
        missing,
        **told,
    )


def _regret_all(missing: int, told: dict[str, object]) -> str:
    return say_many(
        "That this House regrets the shortfall of {number} word in {chapters} chapters, "
        "“{chapter}” to “{last}”, of {story} ({words} delivered, {due} due{source}).",
        "That this House regrets the shortfall of {number} words in {chapters} chapters, "
        "“{chapter}” to “{last}”, of {story} ({words} delivered, {due} due{source}).",
        missing,
        **told,
    )


def _thanks(words: int, told: dict[str, object]) -> str:
    return say_many(
        "That this House thanks the author of {story} for “{chapter}”: {number} words, "
        "{percent} % of the plan ({due} due{source}).",
        "That this House thanks the author of {story} for “{chapter}”: {number} words, "
        "{percent} % of the plan ({due} due{source}).",
        words,
        **told,
    )


def _thanks_all(words: int, told: dict[str, object]) -> str:
    return say_many(
        "That this House thanks the author of {story} for {chapters} chapters, “{chapter}” to "
        "“{last}”: {number} words, {percent} % of the plan ({due} due{source}).",
        "That this House thanks the author of {story} for {chapters} chapters, “{chapter}” to "
        "“{last}”: {number} words, {percent} % of the plan ({due} due{source}).",
        words,
        **told,
    )


def _no_channel(motion: Motion) -> str:
    return say(
        "The Soviet tabled № {number} about a chapter by itself, and nobody can see it: no "
        "channel is chosen for motions. /setup chooses one; or let it be silent about chapters: "
        "/soviet orders article:quota value:off",
        number=motion.number,
    )


def _motion(owed: Sequence[Delivery], orders: Orders) -> Motion:
    event, secret = owed[-1].event, Ballot(orders["ballot"]) is Ballot.SECRET
    return Motion(
        id=0,
        guild_id=event.guild_id,
        number=0,
        text=quota_text(owed),
        rules=Rules(
            kind=Kind.AYE_NAY,
            options=AYE_NAY_OPTIONS,
            picks=1,
            seats=1,
            threshold=orders.threshold,
            quorum=orders.quorum,
            electorate=Electorate(
                None, orders.span_ms("membership"), latecomers=orders.is_on("latecomers")
            ),
            ballot=Ballot.SECRET if secret else Ballot.OPEN,
            visibility=Visibility.ON_CLOSE if secret else Visibility(orders["visibility"]),
        ),
        status=Status.TABLED,
        mover_id=None,
        # It waits for a reader whatever the orders say: the Soviet alone opens no vote.
        seconders_needed=max(1, orders.number("seconders")),
        orders_version=orders.version,
        term_ms=orders.span_ms("term"),
        tabled_at=event.at,
        tabled_until=Instant(event.at + orders.span_ms("lapse")),
        story_id=event.story_id,
    )
