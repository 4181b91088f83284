"""The order of business: which motions there are, and how one of them is found."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import discord

from bot.errors import BotError
from bot.language.speech import say
from bot.soviet.models import Kind, Motion, Status
from bot.soviet.service import Soviet
from bot.ui.controls import AnyInteraction, Control, button
from bot.ui.soviet.ballots import motion_screen
from bot.ui.soviet.clicks import guild_of, soviet_of
from bot.ui.soviet.screen import Item, Screen
from bot.ui.soviet.words import headline, stamp, state_of
from bot.ui.text import plain
from bot.ui.theme import CHOICES, GREY, OPTION, RED, clip, field

PAGE: Final = 10
RUNNING: Final = (Status.OPEN, Status.TABLED)
DECIDED: Final = (Status.CLOSED, Status.WITHDRAWN)
HEADLINE: Final = 60
"""Characters of a motion in a line of a list."""


class NoNumberError(BotError):
    """What was typed names no motion."""

    def __init__(self, typed: str) -> None:
        super().__init__(
            say(
                "“{typed}” is no number of a motion. Type its №, or pick one offered.",
                typed=clip(plain(typed), 40),
            )
        )


def read_number(typed: str) -> int:
    """Return the № that somebody typed: `12`, `№ 12`, `#12`.

    Raises:
        NoNumberError: it is none.
    """
    bare = typed.strip().lstrip("№#").removeprefix("No.").removeprefix("Nr.").strip()
    if not (bare.isascii() and bare.isdigit() and len(bare) <= 9):
        raise NoNumberError(typed)
    return int(bare)


class OlderButton(Control, template=r"so:l:(?P<before>\d{1,10})"):
    """Turns to the motions before a №."""

    @classmethod
    def of(cls, before: int) -> "OlderButton":
        """Return the button to the motions below № *before*."""
        return cls(button(say("Older ▶"), f"so:l:{before}"), {"before": str(before)})

    async def act(self, interaction: AnyInteraction) -> None:
        """Show them: in place for a private list, else privately, for the list is everybody's."""
        before = int(self.state["before"])
        reply = (await older(soviet_of(interaction), guild_of(interaction), before)).reply()
        if interaction.message is not None and interaction.message.flags.ephemeral:
            await interaction.response.edit_message(**reply.edited())
        else:
            await interaction.response.send_message(**reply.sent(), ephemeral=True)


class OpenMotionMenu(Control, template=r"so:j"):
    """Opens one motion of a list, privately."""

    @classmethod
    def of(cls, entries: Iterable[tuple[int, str]]) -> "OpenMotionMenu":
        """Return the menu of (№, text)."""
        menu: discord.ui.Select[Any] = discord.ui.Select(
            custom_id="so:j",
            placeholder=say("Open a motion"),
            options=[
                discord.SelectOption(label=option_label(number, text), value=str(number))
                for number, text in list(entries)[:CHOICES]
            ],
        )
        return cls(menu, {})

    async def act(self, interaction: AnyInteraction) -> None:
        """Show it."""
        number = read_number(self.chosen(interaction))
        soviet, guild_id = soviet_of(interaction), guild_of(interaction)
        screen = await shown(soviet, guild_id, number, interaction.user.id)
        await interaction.response.send_message(**screen.reply().sent(), ephemeral=True)


CONTROLS = (OlderButton, OpenMotionMenu)


def option_label(number: int, text: str) -> str:
    """Return a motion as a line of a menu or a suggestion."""
    return clip(
        say("№ {number} · {text}", number=number, text=" ".join(plain(text).split())), OPTION
    )


async def shown(soviet: Soviet, guild_id: int, number: int, viewer_id: int | None = None) -> Screen:
    """Return № *number* as everybody may see it, or as *viewer_id* may."""
    motion = await soviet.chamber.motion(guild_id, number)
    return motion_screen(await soviet.ballots.standing(guild_id, motion.id, viewer_id))


async def business(soviet: Soviet, guild_id: int) -> Screen:
    """Ask what is before the House, and what it decided last; return it."""
    running = await soviet.chamber.motions(guild_id, RUNNING, limit=PAGE)
    return business_screen(running, await soviet.chamber.motions(guild_id, DECIDED, limit=PAGE + 1))


def business_screen(running: Sequence[Motion], decided: Sequence[Motion]) -> Screen:
    """Return what is before the House, and what it decided last."""
    embed = discord.Embed(title=say("Order of business"), colour=RED)
    if not running and not decided:
        embed.colour = discord.Colour(GREY)
        embed.description = say("Nothing has been moved yet. `/soviet motion` moves something.")
    field(embed, say("Before the House"), [line_of(each) for each in running])
    field(embed, say("Decided"), [line_of(each) for each in decided[:PAGE]])
    return Screen(embed, _rows([*running, *decided[:PAGE]], decided))


async def older(soviet: Soviet, guild_id: int, before: int) -> Screen:
    """Ask for the decided motions below № *before*; return them."""
    return older_screen(
        await soviet.chamber.motions(guild_id, DECIDED, limit=PAGE + 1, before=before)
    )


def older_screen(found: Sequence[Motion]) -> Screen:
    """Return motions decided earlier: a page, and one more if there is one."""
    lines = [line_of(each) for each in found[:PAGE]]
    embed = discord.Embed(
        title=say("Decided earlier"),
        description="\n".join(lines) or say("Nothing older."),
        colour=RED,
    )
    return Screen(embed, _rows(found[:PAGE], found))


def _rows(listed: Sequence[Motion], decided: Sequence[Motion]) -> tuple[tuple[Item, ...], ...]:
    rows: list[tuple[Item, ...]] = []
    if listed:
        rows.append((OpenMotionMenu.of((each.number, each.text) for each in listed),))
    if len(decided) > PAGE:
        rows.append((OlderButton.of(decided[PAGE - 1].number),))
    return tuple(rows)


def line_of(motion: Motion) -> str:
    """Return a motion in a line of a list: №, text, and where it stands."""
    state, _ = state_of(motion)
    if motion.status is Status.OPEN and motion.ends_at is not None:
        state = say("closes {moment}", moment=stamp(motion.ends_at, "R"))
    elif motion.status is Status.TABLED:
        moment = stamp(motion.tabled_until, "R")
        if motion.rules.kind is Kind.DECREE:
            state = say("stands adopted {moment}", moment=moment)
        else:
            state = say("lapses {moment}", moment=moment)
    elif motion.closed_at is not None:
        state = f"{state} {stamp(motion.closed_at, 'd')}"
    return say(
        "**№ {number}** {headline} — {state}",
        number=motion.number,
        headline=clip(headline(motion.text), HEADLINE),
        state=state,
    )
