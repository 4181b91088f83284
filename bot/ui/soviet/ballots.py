"""The buttons of a motion: second, object, vote, look at one's own ballot. They outlive everything.

A click is answered privately, and only then is the motion marked for the noticeboard: the answer
never waits for the public count, and the public count is never edited by a click.
"""

from typing import Any, Final

import discord

from bot.language.speech import mark, say, say_many
from bot.soviet.clicks import Roll
from bot.soviet.errors import BadChoiceError
from bot.soviet.models import ABSTAIN, AYE, NAY, Choice, Kind, Motion, Status
from bot.soviet.results import Seconding, Standing
from bot.ui.controls import AnyInteraction, button, services
from bot.ui.soviet.amendments import AmendButton, AmendmentsButton
from bot.ui.soviet.answers import changed, tell
from bot.ui.soviet.clicks import (
    MOTION,
    MotionControl,
    click_of,
    guild_of,
    motion_key,
    roll_of,
    soviet_of,
)
from bot.ui.soviet.files import MinutesButton
from bot.ui.soviet.motion import motion_embed
from bot.ui.soviet.panel import MineButton, cast
from bot.ui.soviet.ranking import RankButton
from bot.ui.soviet.screen import Item, Screen, buttons
from bot.ui.text import plain
from bot.ui.theme import BUTTON, CHOICES, RED, clip

MOST_BUTTONS: Final = 10
"""Options shown as buttons; more become a menu."""

_STYLES: Final = {
    AYE: (mark("Aye"), discord.ButtonStyle.success),
    NAY: (mark("Nay"), discord.ButtonStyle.danger),
    ABSTAIN: (mark("Abstain"), discord.ButtonStyle.secondary),
}


class SecondButton(MotionControl, template=rf"so:s:{MOTION}"):
    """Seconds a tabled motion."""

    @classmethod
    def of(cls, standing: Standing) -> "SecondButton":
        """Return the button of a motion."""
        key, needed = motion_key(standing.motion), standing.motion.seconders_needed
        label = say("Second")
        if needed > 1:
            count = len(standing.seconders)
            label = say("Second ({count}/{needed})", count=count, needed=needed)
        inner = button(label, f"so:s:{key}")
        inner.style = discord.ButtonStyle.primary
        return cls(inner, {"motion": key})

    async def act(self, interaction: AnyInteraction) -> None:
        """Second it; the last seconder opens the vote."""
        click = click_of(interaction)
        roll = await _roll(interaction, self.motion_id)
        seconding = await soviet_of(interaction).chamber.second(click, self.motion_id, roll)
        if seconding.opened:
            said = say(
                "Seconded. Motion № {number} is open: cast your vote on it.",
                number=seconding.motion.number,
            )
        else:
            said = say_many(
                "Seconded. {number} more is needed.",
                "Seconded. {number} more are needed.",
                seconding.needed - seconding.count,
            )
        await _noted(interaction, seconding, said)


class ObjectButton(MotionControl, template=rf"so:o:{MOTION}"):
    """Objects to a decree."""

    @classmethod
    def of(cls, standing: Standing) -> "ObjectButton":
        """Return the button of a decree."""
        key, needed = motion_key(standing.motion), standing.motion.objectors_needed
        label = say("Object ({count}/{needed})", count=standing.objectors, needed=needed)
        inner = button(label, f"so:o:{key}")
        inner.style = discord.ButtonStyle.danger
        return cls(inner, {"motion": key})

    async def act(self, interaction: AnyInteraction) -> None:
        """Object; enough objections bring it to a vote."""
        click = click_of(interaction)
        roll = await _roll(interaction, self.motion_id)
        objection = await soviet_of(interaction).chamber.object_to(click, self.motion_id, roll)
        if objection.opened:
            said = say(
                "Objection noted. № {number} now goes to a vote.", number=objection.motion.number
            )
        else:
            said = say(
                "Objection noted: {count} of {needed}.",
                count=objection.count,
                needed=objection.needed,
            )
        await _noted(interaction, objection, said)


class VoteButton(MotionControl, template=rf"so:v:{MOTION}:(?P<place>\d{{1,2}}|x)"):
    """Casts a ballot for one option, or an abstention (`x`)."""

    @classmethod
    def of(cls, motion: Motion, choice: Choice) -> "VoteButton":
        """Return the button that votes *choice* (one option, or none)."""
        key, place = motion_key(motion), str(choice[0]) if choice else "x"
        if motion.rules.kind.is_aye_nay or not choice:
            word, style = _STYLES[choice]
            label = say(word)
        else:
            label, style = _label(motion, choice[0]), discord.ButtonStyle.primary
        inner = button(label, f"so:v:{key}:{place}")
        inner.style = style
        return cls(inner, {"motion": key, "place": place})

    async def act(self, interaction: AnyInteraction) -> None:
        """Vote."""
        place = self.state["place"]
        await cast(interaction, self.motion_id, ABSTAIN if place == "x" else (int(place),))


class BallotMenu(MotionControl, template=rf"so:b:{MOTION}"):
    """Casts a ballot for one of many options, or for several. The order of picking says nothing."""

    @classmethod
    def of(cls, motion: Motion) -> "BallotMenu":
        """Return the menu of all the options."""
        key, rules = motion_key(motion), motion.rules
        most = min(rules.picks, len(rules.options)) if rules.kind is Kind.MULTIPLE else 1
        options = [
            discord.SelectOption(label=_label(motion, place), value=str(place))
            for place in range(len(rules.options))
        ][:CHOICES]
        menu: discord.ui.Select[Any] = discord.ui.Select(
            custom_id=f"so:b:{key}",
            placeholder=say("Vote for one")
            if most == 1
            else say("Vote for up to {most}", most=most),
            max_values=most,
            options=options,
        )
        return cls(menu, {"motion": key})

    async def act(self, interaction: AnyInteraction) -> None:
        """Vote."""
        data: Any = interaction.data or {}
        await cast(interaction, self.motion_id, read_places(data.get("values") or ()))


def read_places(values: object) -> Choice:
    """Return places on the order paper from the values of a menu.

    Raises:
        BadChoiceError: a value is no place, as no honest client sends it.
    """
    given = [str(value) for value in values] if isinstance(values, list | tuple) else []
    if not given or not all(each.isascii() and each.isdigit() and len(each) <= 2 for each in given):
        raise BadChoiceError(
            say("That is no ballot this motion knows. Vote from its message again.")
        )
    return tuple(sorted(int(each) for each in given))


def _label(motion: Motion, place: int) -> str:
    option = plain(motion.rules.options[place]).strip()
    return clip(option, BUTTON) or say("Option {number}", number=place + 1)


async def _roll(interaction: AnyInteraction, motion_id: int) -> Roll:
    """Return the roll for an opening that counts by it; Discord is asked after a first answer."""
    motion = await soviet_of(interaction).chamber.motion_by_id(guild_of(interaction), motion_id)
    if not motion.rules.needs_roll:
        return Roll()
    await interaction.response.defer(ephemeral=True, thinking=True)
    return await roll_of(interaction, motion.rules.electorate.role_id)


async def _noted(interaction: AnyInteraction, seconding: Seconding, said: str) -> None:
    embed = discord.Embed(description=said, colour=RED)
    rows: tuple[tuple[Item, ...], ...] = ()
    if seconding.opened:
        rows = ballot_rows(seconding.motion)
        services(interaction).duties.wake("soviet")
        services(interaction).duties.wake("outbox")
    await tell(interaction, Screen(embed, rows))
    await changed(interaction, seconding.motion)


def ballot_rows(motion: Motion) -> tuple[tuple[Item, ...], ...]:
    """Return the buttons of an open vote."""
    kind, count = motion.rules.kind, len(motion.rules.options)
    abstain, mine = VoteButton.of(motion, ABSTAIN), MineButton.of(motion)
    if kind.is_aye_nay:
        return ((VoteButton.of(motion, AYE), VoteButton.of(motion, NAY), abstain, mine),)
    if kind.is_ranked:
        return ((RankButton.of(motion), abstain, mine),)
    if kind is Kind.MULTIPLE or count > MOST_BUTTONS:
        return ((BallotMenu.of(motion),), (abstain, mine))
    return (*buttons([VoteButton.of(motion, (place,)) for place in range(count)]), (abstain, mine))


def motion_rows(standing: Standing) -> tuple[tuple[Item, ...], ...]:
    """Return the buttons a motion has where it stands."""
    motion = standing.motion
    if motion.status is Status.OPEN:
        return ballot_rows(motion)
    if motion.status is Status.CLOSED:
        return ((MinutesButton.of(motion),),)
    if motion.status is not Status.TABLED:
        return ()
    if motion.rules.kind is Kind.DECREE:
        return ((ObjectButton.of(standing),),)
    row: list[Item] = [SecondButton.of(standing), AmendButton.of(motion)]
    if standing.amendments:
        row.append(AmendmentsButton.of(motion, standing.amendments))
    return (tuple(row),)


def motion_screen(standing: Standing) -> Screen:
    """Return the motion's message."""
    return Screen(motion_embed(standing), motion_rows(standing))


CONTROLS = (SecondButton, ObjectButton, VoteButton, BallotMenu)
