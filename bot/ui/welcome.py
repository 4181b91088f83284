"""The first word on a new server: three steps."""

import discord

from bot.language.speech import language_for, mark, say, speaking
from bot.outbox.models import SEND, Post
from bot.ui.theme import RED

_STEPS = (
    mark("Ask the archive at once: `/event 1932`, `/lore entry novara`. Spelling is forgiven."),
    mark("Those who manage the server say where things go: `/setup`."),
    mark("Follow a story there, and readers are told when a chapter drops."),
)


def welcome_channel(guild: discord.Guild) -> discord.TextChannel | None:
    """Return where a server greets its newcomers, if the bot may write there."""
    channel = guild.system_channel
    if channel is None:
        return None
    granted = channel.permissions_for(guild.me)
    may = granted.view_channel and granted.send_messages and granted.embed_links
    return channel if may else None


def welcome_post(guild: discord.Guild, channel_id: int) -> Post:
    """Return the welcome of a server, in its language; enqueued again it is not sent again."""
    with speaking(language_for(guild.preferred_locale.value)):
        steps = [f"**{number}** · {say(step)}" for number, step in enumerate(_STEPS, 1)]
        embed = discord.Embed(
            title=say("The bureau has opened a branch here"),
            description="\n".join(steps),
            colour=RED,
        )
        embed.set_footer(text=say("Everything I can do: /help"))
    body = {"embeds": [embed.to_dict()], "allowed_mentions": {"parse": []}}
    return Post(f"welcome:{guild.id}", SEND, guild.id, channel_id, body)
