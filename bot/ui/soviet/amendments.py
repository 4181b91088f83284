"""Amendments: another wording is proposed, shown against the old one, taken over or voted on."""

import asyncio
from collections.abc import Sequence
from typing import Any

import discord

from bot.language.speech import say
from bot.soviet.clicks import Roll
from bot.soviet.errors import NoSuchAmendmentError
from bot.soviet.models import Motion, Status
from bot.soviet.results import Amendment
from bot.ui.controls import AnyInteraction, button, services
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
from bot.ui.soviet.difference import ROOM, difference
from bot.ui.soviet.forms import amendment_form
from bot.ui.soviet.screen import Item, Screen
from bot.ui.soviet.words import person
from bot.ui.text import plain
from bot.ui.theme import CHOICES, OPTION, RED, clip


class AmendButton(MotionControl, template=rf"so:w:{MOTION}"):
    """Opens the form for another wording, with the present one in it."""

    @classmethod
    def of(cls, motion: Motion) -> "AmendButton":
        """Return the button of a motion."""
        key = motion_key(motion)
        return cls(button(say("Amend"), f"so:w:{key}"), {"motion": key})

    async def act(self, interaction: AnyInteraction) -> None:
        """Open the form."""
        chamber = soviet_of(interaction).chamber
        motion = await chamber.motion_by_id(guild_of(interaction), self.motion_id)
        await interaction.response.send_modal(amendment_form(motion))


class AmendmentsButton(MotionControl, template=rf"so:W:{MOTION}"):
    """Shows the wordings proposed for a motion."""

    @classmethod
    def of(cls, motion: Motion, count: int) -> "AmendmentsButton":
        """Return the button of a motion with *count* amendments."""
        key = motion_key(motion)
        return cls(button(say("Amendments ({count})", count=count), f"so:W:{key}"), {"motion": key})

    async def act(self, interaction: AnyInteraction) -> None:
        """Show them."""
        guild_id, chamber = guild_of(interaction), soviet_of(interaction).chamber
        motion = await chamber.motion_by_id(guild_id, self.motion_id)
        proposed = await soviet_of(interaction).debate.amendments(guild_id, self.motion_id)
        mover = motion.mover_id == interaction.user.id
        await tell(interaction, await amendments(motion, proposed, for_mover=mover))


class AcceptMenu(MotionControl, template=rf"so:y:{MOTION}"):
    """Takes one of the wordings over; the chamber lets only the mover."""

    @classmethod
    def of(cls, motion: Motion, proposed: Sequence[Amendment]) -> "AcceptMenu":
        """Return the menu of the wordings *proposed*."""
        key = motion_key(motion)
        menu: discord.ui.Select[Any] = discord.ui.Select(
            custom_id=f"so:y:{key}",
            placeholder=say("Take one over"),
            options=[
                discord.SelectOption(
                    label=clip(f"{each.number}. {' '.join(plain(each.text).split())}", OPTION),
                    value=str(each.number),
                )
                for each in proposed[-CHOICES:]
            ],
        )
        return cls(menu, {"motion": key})

    async def act(self, interaction: AnyInteraction) -> None:
        """Take it over."""
        value = self.chosen(interaction)
        if not (value.isascii() and value.isdigit() and len(value) <= 4):
            raise NoSuchAmendmentError
        click, debate = click_of(interaction), soviet_of(interaction).debate
        motion = await debate.accept(click, self.motion_id, int(value))
        said = say(
            "Motion № {number} now reads as amendment {amendment} does.",
            number=motion.number,
            amendment=value,
        )
        await tell(interaction, Screen(discord.Embed(description=said, colour=RED)))
        await changed(interaction, motion)


class PutButton(MotionControl, template=rf"so:h:{MOTION}"):
    """Has the House choose the wording; the chamber lets only the mover."""

    @classmethod
    def of(cls, motion: Motion) -> "PutButton":
        """Return the button of a motion."""
        key = motion_key(motion)
        return cls(button(say("Let the House choose"), f"so:h:{key}"), {"motion": key})

    async def act(self, interaction: AnyInteraction) -> None:
        """Open the vote on the wording."""
        click, chamber = click_of(interaction), soviet_of(interaction).chamber
        motion = await chamber.motion_by_id(click.guild_id, self.motion_id)
        roll = Roll()
        if motion.rules.needs_roll:
            await interaction.response.defer(ephemeral=True, thinking=True)
            roll = await roll_of(interaction, motion.rules.electorate.role_id)
        vote = await soviet_of(interaction).debate.put_amendments(click, self.motion_id, roll)
        services(interaction).duties.wake("outbox")
        services(interaction).duties.wake("soviet")
        said = say(
            "The House chooses the wording: motion № {number} is being posted.",
            number=vote.number,
        )
        await tell(interaction, Screen(discord.Embed(description=said, colour=RED)))
        await changed(interaction, motion)


async def amendments(motion: Motion, proposed: Sequence[Amendment], *, for_mover: bool) -> Screen:
    """Compare the newest wordings with the motion's own; return them.

    Raises:
        NoSuchAmendmentError: none was proposed.
    """
    if not proposed:
        raise NoSuchAmendmentError
    newest = list(proposed)[-5:]
    room = ROOM // len(newest)
    shown = [await asyncio.to_thread(difference, motion.text, each.text, room) for each in newest]
    return amendments_screen(motion, proposed, shown, for_mover=for_mover)


def amendments_screen(
    motion: Motion, proposed: Sequence[Amendment], shown: Sequence[str], *, for_mover: bool
) -> Screen:
    """Return the newest wordings, *shown* against the motion's own, with the mover's choices."""
    newest = list(proposed)[-len(shown) :]
    lines = [
        f"**{each.number}.** {person(each.author_id)}\n{text}"
        for each, text in zip(newest, shown, strict=True)
    ]
    embed = discord.Embed(description="\n\n".join(lines), colour=RED)
    embed.set_author(name=say("Amendments to № {number}", number=motion.number))
    rows: tuple[tuple[Item, ...], ...] = ()
    if for_mover and motion.status is Status.TABLED:
        rows = ((AcceptMenu.of(motion, proposed),), (PutButton.of(motion),))
    return Screen(embed, rows)


CONTROLS = (AmendButton, AmendmentsButton, AcceptMenu, PutButton)
