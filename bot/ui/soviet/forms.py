"""Forms that outlive the process: whoever was still writing when the bot restarted loses nothing.

discord.py hands a form in to the object that opened it, and drops it when that is gone. Ours carry
all they are about in their ids and are taken in here, wherever they were opened.
"""

import asyncio
import re
from collections.abc import Iterator
from typing import Any, Final

import discord

from bot.app import report
from bot.language.speech import say
from bot.soviet.models import LONGEST_EXPLANATION, LONGEST_TEXT, Motion
from bot.ui.controls import AnyInteraction, services
from bot.ui.soviet.clicks import FORM_SECONDS, MOTION, click_of, motion_id_of, motion_key, soviet_of
from bot.ui.soviet.difference import ROOM, difference
from bot.ui.soviet.screen import Screen
from bot.ui.theme import RED

_FORM: Final = re.compile(rf"so:f:(?P<form>[ew]):{MOTION}")


class LastingForm(discord.ui.Modal):
    """A form of one text; `hand_in` takes what is written in it."""

    def __init__(self, title: str, custom_id: str, text: discord.ui.TextInput[Any]) -> None:
        super().__init__(title=title, custom_id=custom_id, timeout=FORM_SECONDS)
        self.add_item(text)

    async def on_submit(self, _interaction: AnyInteraction) -> None:
        """Do nothing: `hand_in` does it, also when this object is gone."""


def explanation_form(key: str) -> LastingForm:
    """Return the form for an explanation of vote; an empty one takes an earlier one back."""
    text: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id="text",
        label=say("For the minutes, with your name"),
        style=discord.TextStyle.paragraph,
        max_length=LONGEST_EXPLANATION,
        required=False,
    )
    return LastingForm(say("Explanation of vote"), f"so:f:e:{key}", text)


def amendment_form(motion: Motion) -> LastingForm:
    """Return the form for another wording, with the present one in it."""
    text: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id="text",
        label=say("Motion № {number}, as it should read", number=motion.number),
        style=discord.TextStyle.paragraph,
        default=motion.text,
        max_length=LONGEST_TEXT,
    )
    return LastingForm(say("Another wording"), f"so:f:w:{motion_key(motion)}", text)


async def hand_in(interaction: AnyInteraction) -> None:
    """Take a form of the chamber in; leave every other interaction alone."""
    data: Any = interaction.data or {}
    match = _FORM.fullmatch(str(data.get("custom_id", "")))
    if interaction.type is not discord.InteractionType.modal_submit or match is None:
        return
    try:
        motion_id = motion_id_of(match["motion"])
        written = next(_written(data.get("components") or []), "")
        await (_explain if match["form"] == "e" else _amend)(interaction, motion_id, written)
    except Exception as error:  # noqa: BLE001 - the guard: report() sorts them
        await report(interaction, error)


def _written(parts: list[Any]) -> Iterator[str]:
    """Yield what was written into the fields of a form, however they are nested."""
    for part in parts:
        if "value" in part:
            yield str(part["value"] or "")
        yield from _written(part.get("components") or [part["component"]] if _nests(part) else [])


def _nests(part: dict[str, Any]) -> bool:
    return bool(part.get("components") or part.get("component"))


async def _explain(interaction: AnyInteraction, motion_id: int, written: str) -> None:
    text = written.strip()
    await soviet_of(interaction).ballots.explain(click_of(interaction), motion_id, text)
    said = (
        say("It will stand in the minutes, with your name.")
        if text
        else say("Taken off the record.")
    )
    await _answer(interaction, discord.Embed(description=said, colour=RED))


async def _amend(interaction: AnyInteraction, motion_id: int, written: str) -> None:
    click, soviet = click_of(interaction), soviet_of(interaction)
    amendment = await soviet.debate.amend(click, motion_id, written)
    motion = await soviet.chamber.motion_by_id(click.guild_id, motion_id)
    shown = await asyncio.to_thread(difference, motion.text, amendment.text, ROOM)
    embed = discord.Embed(description=shown, colour=RED)
    embed.set_author(
        name=say(
            "Amendment {amendment} to № {number} · filed",
            amendment=amendment.number,
            number=motion.number,
        )
    )
    embed.set_footer(text=say("Its mover may take it over, or have the House choose the wording."))
    await _answer(interaction, embed)
    services(interaction).noticeboard.mark(motion)


async def _answer(interaction: AnyInteraction, embed: discord.Embed) -> None:
    reply = Screen(embed).reply()
    await interaction.response.send_message(**reply.sent(), ephemeral=True)
