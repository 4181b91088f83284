"""The message menu, which simcord's page does not have: what may be quoted, and by whom."""

import re

import discord

from bot.app import Samizdat
from bot.sandbox.stage import Stage
from bot.sandbox.world import World

MENUS = {"card": "Make quote card", "save": "Save to quote book"}

_MOST = 6
_LINK = re.compile(r"\[([^\]]*)\]\(<[^>]*>\)")


def messages(stage: Stage) -> tuple[discord.Message, ...]:
    """Return what people last said in the channel that is shown, the newest first."""
    said = stage.channels[stage.channel].history()
    return tuple(each for each in reversed(said) if not each.author.bot)[:_MOST]


async def use_menu(stage: Stage, who: str, menu: str, message_id: int) -> str:
    """Let somebody use a message menu of the bot; return what they were answered.

    Raises:
        LookupError: no such person or message is in the channel that is shown.
        SetupError: the bot has no such menu.
    """
    person = next((each for each in stage.people if each.name == who), None)
    message = next((each for each in messages(stage) if each.id == message_id), None)
    if person is None or message is None:
        raise LookupError(who)
    told: list[str] = []

    async def use(_world: World, _bot: Samizdat) -> None:
        result = await person.context_menu(stage.channels[stage.channel], menu, message)
        answer = result.response
        if answer is None or not answer.content:
            told.append("No answer came.")
        elif answer.attachments:
            told.append("The card hangs in the room.")
        else:
            seen = f"Only {person.name.title()} sees: " if answer.ephemeral else ""
            said = _LINK.sub(r"\1", answer.content).replace("**", "").partition("\n")[0]
            told.append(seen + said)

    await stage.act(use)
    return told[0]
