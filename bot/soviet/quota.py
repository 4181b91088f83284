"""What a chapter sets off: a motion of regret or thanks, the plan, the end of votes until it."""

from dataclasses import dataclass
from typing import Final

from bot.clock import Instant
from bot.guilds.repository import language_of
from bot.language.speech import say, say_many, say_number, speaking
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


class QuotaDesk:
    """Hears of chapters inside the transaction that records them."""

    def __init__(self, composer: Composer) -> None:
        self._composer = composer

    async def hear_chapter(self, tx: Transaction, event: ChapterDropped) -> None:
        """Do what follows from a chapter; hearing of the same one again does nothing.

        Below the quota a motion of regret is tabled and waits for a seconder, else a vote of
        thanks; it pings nobody. Motions that run until this story's next chapter end at *event.at*
        (wake the duty that closes votes). Resolutions that promised words are held
        against it.
        """
        orders = orders_at(*await house.orders(tx, event.guild_id))
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
            return
        await agenda.call_story(tx, event.guild_id, event.story_id, event.at)
        if words is None:
            return
        await ledger.deliver(tx, event.guild_id, event.story_id, words, event.at)
        if quota > 0 and orders.is_on("quota"):
            with speaking(await language_of(tx, event.guild_id)):
                text = quota_text(event, words, quota)
            motion = await motions.add(tx, _motion(event, text, orders), None)
            await announce(
                tx, motion, event.at, lambda channel: self._composer.tabled(motion, channel)
            )


def quota_text(event: ChapterDropped, words: int, quota: int) -> str:
    """Return what the Soviet moves about a chapter of *words* where *quota* were due."""
    story, chapter = title(event.story_title), title(event.chapter_title)
    source = f"; {say(source)}" if (source := title(event.word_source)) else ""
    due = say_number(quota)
    if words < quota:
        return say_many(
            "That this House regrets the shortfall of {number} word in “{chapter}” of {story} "
            "({words} delivered, {due} due{source}).",
            "That this House regrets the shortfall of {number} words in “{chapter}” of {story} "
            "({words} delivered, {due} due{source}).",
            quota - words,
            chapter=chapter,
            story=story,
            words=say_number(words),
            due=due,
            source=source,
        )
    return say_many(
        "That this House thanks the author of {story} for “{chapter}”: {number} words, "
        "{percent} % of the plan ({due} due{source}).",
        "That this House thanks the author of {story} for “{chapter}”: {number} words, "
        "{percent} % of the plan ({due} due{source}).",
        words,
        story=story,
        chapter=chapter,
        percent=say_number(100 * words // quota),
        due=due,
        source=source,
    )


def _motion(event: ChapterDropped, text: str, orders: Orders) -> Motion:
    secret = Ballot(orders["ballot"]) is Ballot.SECRET
    return Motion(
        id=0,
        guild_id=event.guild_id,
        number=0,
        text=text,
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
