"""Reading progress as Discord shows it, and whose leave a channel's ceiling needs."""

from collections.abc import Sequence

import discord

from bot.errors import BotError
from bot.language.speech import say
from bot.progress.service import ChannelId, Standing
from bot.ui.controls import AnyInteraction
from bot.ui.text import safe_line
from bot.ui.theme import RED


class NotYourChannelError(BotError):
    """Somebody who does not look after a channel would set its ceiling."""

    def __init__(self) -> None:
        super().__init__(
            say(
                "A channel's ceiling is for those who may manage it "
                "(the permission Manage Channels)."
            )
        )


def channel_of(interaction: AnyInteraction) -> ChannelId:
    """Return the channel somebody may set a ceiling for.

    Raises:
        NotYourChannelError: they may not manage it, or it belongs to no server.
    """
    if interaction.guild_id is None or interaction.channel_id is None:
        raise NotYourChannelError
    if not interaction.permissions.manage_channels:
        raise NotYourChannelError
    return ChannelId(interaction.channel_id, interaction.guild_id)


def progress_embed(standings: Sequence[Standing]) -> discord.Embed:
    """Return how far somebody is in each story, and how far this channel goes."""
    lines = [_line(standing) for standing in standings]
    embed = discord.Embed(
        title=say("Where you are"),
        description="\n".join(lines)
        or say("No story here is told in chapters: nothing is hidden."),
        colour=RED,
    )
    embed.set_footer(
        text=say(
            "What lies beyond is never shown to you. "
            "In public, the lower of you and the channel counts."
        )
    )
    return embed


def _line(standing: Standing) -> str:
    title = safe_line(standing.work.title)
    said = [
        say("chapter {chapter}", chapter=standing.chapter)
        if standing.is_set
        else say("the beginning, until you say more")
    ]
    if standing.channel:
        said.append(say("this channel: chapter {chapter}", chapter=standing.channel))
    return f"- **{title}** · {' · '.join(said)}"
