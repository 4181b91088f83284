"""What a reader finds behind *My vote*, and under every receipt: seen by nobody else."""

import discord

from bot.language.speech import mark, say
from bot.soviet.models import Choice, Motion, Status
from bot.soviet.results import Absentees, Receipt
from bot.ui.controls import AnyInteraction, button, services
from bot.ui.soviet.answers import changed, tell
from bot.ui.soviet.clicks import (
    MOTION,
    MotionControl,
    click_of,
    guild_of,
    motion_key,
    soviet_of,
)
from bot.ui.soviet.forms import explanation_form
from bot.ui.soviet.receipts import mine_embed, receipt_embed
from bot.ui.soviet.screen import Item, Screen
from bot.ui.soviet.words import people
from bot.ui.theme import RED, Reply

_MOST_ABSENTEES = 80


async def cast(interaction: AnyInteraction, motion_id: int, choice: Choice) -> None:
    """Cast a ballot, hand out the receipt, and have the public count follow."""
    click = click_of(interaction)
    receipt = await soviet_of(interaction).ballots.cast(click, motion_id, choice)
    await tell(interaction, receipt_screen(receipt, click.member.user_id))
    await changed(interaction, receipt.motion)


def receipt_screen(receipt: Receipt, user_id: int) -> Screen:
    """Return the receipt with what can be done about the ballot."""
    return Screen(receipt_embed(receipt), panel(receipt, user_id))


def panel(receipt: Receipt, user_id: int) -> tuple[tuple[Item, ...], ...]:
    """Return the private buttons of a reader for an open vote."""
    motion, row = receipt.motion, list[Item]()
    if motion.status is not Status.OPEN:
        return ()
    if receipt.choice is not None:
        row.append(TakeBackButton.of(motion))
        if not motion.is_secret:
            row.append(ExplainButton.of(motion))
    else:
        row += [RemindButton.of(motion), RecuseButton.of(motion, sure=False)]
    if motion.mover_id == user_id and not motion.is_secret:
        row.append(AbsenteesButton.of(motion))
    return (tuple(row),)


class MineButton(MotionControl, template=rf"so:m:{MOTION}"):
    """Shows one's own ballot and what can be done about it."""

    @classmethod
    def of(cls, motion: Motion) -> "MineButton":
        """Return the button of a motion."""
        key = motion_key(motion)
        return cls(button(say("My vote"), f"so:m:{key}"), {"motion": key})

    async def act(self, interaction: AnyInteraction) -> None:
        """Show it."""
        guild_id, user_id = guild_of(interaction), interaction.user.id
        box = soviet_of(interaction).ballots
        receipt = await box.mine(guild_id, self.motion_id, user_id)
        standing = await box.standing(guild_id, self.motion_id, user_id)
        await tell(interaction, Screen(mine_embed(receipt, standing), panel(receipt, user_id)))


class TakeBackButton(MotionControl, template=rf"so:t:{MOTION}"):
    """Takes one's ballot back."""

    @classmethod
    def of(cls, motion: Motion) -> "TakeBackButton":
        """Return the button of a motion."""
        key = motion_key(motion)
        return cls(button(say("Take it back"), f"so:t:{key}"), {"motion": key})

    async def act(self, interaction: AnyInteraction) -> None:
        """Take it back."""
        click = click_of(interaction)
        receipt = await soviet_of(interaction).ballots.withdraw(click, self.motion_id)
        await tell(interaction, receipt_screen(receipt, click.member.user_id))
        await changed(interaction, receipt.motion)


class ExplainButton(MotionControl, template=rf"so:e:{MOTION}"):
    """Opens the form for an explanation of vote."""

    @classmethod
    def of(cls, motion: Motion) -> "ExplainButton":
        """Return the button of a motion."""
        key = motion_key(motion)
        return cls(button(say("Explain"), f"so:e:{key}"), {"motion": key})

    async def act(self, interaction: AnyInteraction) -> None:
        """Open the form."""
        click_of(interaction)
        await interaction.response.send_modal(explanation_form(self.state["motion"]))


class RecuseButton(MotionControl, template=rf"so:q:{MOTION}:(?P<sure>[01])"):
    """Leaves the roll of a motion, after asking once more: it cannot be undone."""

    @classmethod
    def of(cls, motion: Motion, *, sure: bool) -> "RecuseButton":
        """Return the button of a motion; *sure* is the second one."""
        key = motion_key(motion)
        label = say("Recuse myself for good") if sure else say("Recuse")
        inner = button(label, f"so:q:{key}:{sure:d}")
        inner.style = discord.ButtonStyle.danger if sure else discord.ButtonStyle.secondary
        return cls(inner, {"motion": key, "sure": str(int(sure))})

    async def act(self, interaction: AnyInteraction) -> None:
        """Ask, or leave the roll."""
        click, chamber = click_of(interaction), soviet_of(interaction).chamber
        if self.state["sure"] == "0":
            motion = await chamber.motion_by_id(click.guild_id, self.motion_id)
            asked = discord.Embed(
                description=say(
                    "Recused, you cannot vote on № {number} any more, you are not counted for its "
                    "quorum, and the minutes say so.",
                    number=motion.number,
                ),
                colour=RED,
            )
            await tell(interaction, Screen(asked, ((RecuseButton.of(motion, sure=True),),)))
            return
        motion = await soviet_of(interaction).ballots.recuse(click, self.motion_id)
        said = say("You are off the roll of № {number}.", number=motion.number)
        await _tell(interaction, said)
        await changed(interaction, motion)


class AbsenteesButton(MotionControl, template=rf"so:a:{MOTION}"):
    """Tells the mover who has not voted yet."""

    @classmethod
    def of(cls, motion: Motion) -> "AbsenteesButton":
        """Return the button of a motion."""
        key = motion_key(motion)
        return cls(button(say("Who has not voted"), f"so:a:{key}"), {"motion": key})

    async def act(self, interaction: AnyInteraction) -> None:
        """Tell."""
        click = click_of(interaction)
        absent = await soviet_of(interaction).archive.absentees(click, self.motion_id)
        await _tell(interaction, _absent_words(absent))


def _absent_words(absent: Absentees) -> str:
    if not absent.user_ids:
        return (
            say("Everybody on the roll has voted.")
            if absent.by_roll
            else say("Everybody who voted here lately has voted.")
        )
    words = (
        mark("Of those on the roll, not yet: {people}.")
        if absent.by_roll
        else mark("Of those who voted here lately, not yet: {people}.")
    )
    return say(words, people=people(absent.user_ids, _MOST_ABSENTEES))


class RemindButton(MotionControl, template=rf"so:n:{MOTION}"):
    """Has a reader reminded before the vote closes, by a private message they ask for here."""

    @classmethod
    def of(cls, motion: Motion) -> "RemindButton":
        """Return the button of a motion."""
        key = motion_key(motion)
        return cls(button(say("Remind me"), f"so:n:{key}"), {"motion": key})

    async def act(self, interaction: AnyInteraction) -> None:
        """Take the wish down."""
        reminder = services(interaction).reminders
        at = await reminder.ask(guild_of(interaction), self.motion_id, interaction.user.id)
        services(interaction).duties.wake("outbox")
        said = say("I shall write to you <t:{at}:R>, once, if Discord lets me.", at=at // 1000)
        await _tell(interaction, said)


async def _tell(interaction: AnyInteraction, said: str) -> None:
    reply = Reply(discord.Embed(description=said, colour=RED))
    await interaction.response.send_message(**reply.sent(), ephemeral=True)


CONTROLS = (
    MineButton,
    TakeBackButton,
    ExplainButton,
    RecuseButton,
    AbsenteesButton,
    RemindButton,
)
