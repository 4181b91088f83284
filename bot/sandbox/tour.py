"""The guided tour: five things to try, each one typed line or one click away, and marked when done.

What was done is asked of the bot itself, wherever it keeps it; only what it keeps nothing of is
noted as it happens. So a step counts however it was done: typed, clicked in the room, or by the
button of the lobby.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

import simcord

from bot.app import Samizdat
from bot.sandbox.press import STORY, Press
from bot.sandbox.stage import Stage
from bot.sandbox.world import NEWS, World
from bot.soviet.models import Status

MOTION = "That the next chapter have 10,000 words."
_TERM = timedelta(hours=73)
_MOMENT = timedelta(seconds=10)
_VOTES = (("vera", "Aye"), ("mei", "Aye"), ("anatol", "Nay"))

CARD = "Make quote card"


@dataclass(frozen=True, slots=True)
class Step:
    """A thing to try: *command* and *text* are typed in *channel*; *remark* is HTML of ours."""

    key: str
    title: str
    channel: str
    command: str
    text: str
    remark: str


STEPS = (
    Step(
        "ask",
        "Ask what happened",
        "lounge",
        "/event",
        "1932",
        "Years and names come up while you type. ◀ and ▶ under an entry go on in time.",
    ),
    Step(
        "follow",
        "Have a chapter ring",
        NEWS,
        "/subscribe",
        STORY,
        "Then <b>Drop the next chapter</b>, above: one ping, a thread to talk in, no second ping.",
    ),
    Step(
        "vote",
        "Move something",
        "soviet",
        "/soviet motion",
        MOTION,
        "Then be somebody else (“Viewing as”), press <b>Second</b>, and vote as several.",
    ),
    Step(
        "quote",
        "Put somebody on a card",
        "lounge",
        "Apps → Make quote card",
        "",
        "On a phone, a long press on the message; here, <a href='#menu'>the list below</a>.",
    ),
    Step(
        "verdict",
        "Pull the plug",
        "soviet",
        "Restart the bot",
        "",
        "Votes survive and old buttons answer. Then <b>skip three days</b>, to the verdict.",
    ),
)

STEP = {step.key: step for step in STEPS}


class Tour:
    """Which steps are done, and the hand that does one for whoever would rather watch."""

    def __init__(self, stage: Stage, press: Press | None) -> None:
        self._stage = stage
        self._press = press
        self._deeds: dict[str, Callable[[], Awaitable[None]]] = {
            "ask": lambda: stage.act(_ask),
            "follow": self._follow,
            "vote": self._vote,
            "quote": lambda: stage.act(_quote),
            "verdict": self._pull_the_plug,
        }

    async def do(self, key: str) -> None:
        """Do the step called *key* as people of the room would.

        Raises:
            KeyError: there is none.
            TimeoutError: that took too long; what was not reached is made up for by and by.
        """
        await self._deeds[key]()

    async def done(self) -> frozenset[str]:
        """Return the keys of the steps that are done."""
        bot, guild_id = self._stage.bot, self._stage.world.guild.id
        if bot is None:
            return frozenset()
        services, noted = bot.services, self._stage.noted
        subscribed = any((await services.subscribing.counts(guild_id)).values())
        known = await services.soviet.chamber.motions(
            guild_id, (Status.OPEN, Status.CLOSED), limit=5
        )
        votes = [await services.soviet.ballots.standing(guild_id, each.id) for each in known]
        closed = any(each.status is Status.CLOSED for each in known)
        told = {
            "ask": "event" in noted,
            "follow": subscribed and self._press is not None and self._press.has_dropped,
            "vote": any(each.turnout for each in votes),
            "quote": CARD in noted,
            "verdict": closed and "restart" in noted,
        }
        return frozenset(key for key, is_done in told.items() if is_done)

    async def _follow(self) -> None:
        await self._stage.act(_subscribe)
        if self._press is not None and not self._press.is_empty:
            await self._press.drop()

    async def _vote(self) -> None:
        stage, readers = self._stage, self._stage.world.readers
        soviet = stage.world.channels["soviet"]
        moved: list[simcord.ResponseMessage] = []

        async def move(_world: World, _bot: Samizdat) -> None:
            answer = await readers["otto"].slash(soviet, "soviet motion", text=MOTION)
            moved.append(_message(answer))
            await readers["ines"].click(moved[0], label="Second")

        async def vote(_world: World, _bot: Samizdat) -> None:
            for who, choice in _VOTES:
                await readers[who].click(moved[0], label=choice)

        await stage.act(move)
        # The message follows what is done a moment later.
        await stage.skip(_MOMENT)
        await stage.act(vote)
        await stage.skip(_MOMENT)

    async def _pull_the_plug(self) -> None:
        if "vote" not in await self.done():
            await self._vote()
        await self._stage.restart()
        await self._stage.skip(_TERM)


async def _ask(world: World, _bot: Samizdat) -> None:
    await world.readers["vera"].slash(world.channels["lounge"], "event", query="1932")


async def _subscribe(world: World, _bot: Samizdat) -> None:
    await world.readers["vera"].slash(world.channels[NEWS], "subscribe", story=STORY)


async def _quote(world: World, _bot: Samizdat) -> None:
    """Make a card of something that was said and has none yet; the oldest first."""
    lounge, mei = world.channels["lounge"], world.readers["mei"]
    said = [each for each in lounge.history() if not each.author.bot]
    for message in said:
        answer = (await mei.context_menu(lounge, CARD, message)).response
        if answer is None or answer.attachments:
            return


def _message(result: simcord.InteractionResult) -> simcord.ResponseMessage:
    if result.response is None:
        raise LookupError("the bot has not answered")
    return result.response
