"""The first word on a new server: three steps."""

import discord

from bot.outbox.models import SEND, Post
from bot.ui.theme import RED

_STEPS = (
    "Ask the archive at once: `/event 1932`, `/lore entry novara`. Spelling is forgiven.",
    "Those who manage the server say where things go: `/setup`.",
    "Follow a story, and readers are told when a chapter drops: `/story add`, `/feed add`.",
)


def welcome_channel(guild: discord.Guild) -> discord.TextChannel | None:
    """Return where a server greets its newcomers, if the bot may write there."""
    channel = guild.system_channel
    if channel is None:
        return None
    granted = channel.permissions_for(guild.me)
    may = granted.view_channel and granted.send_messages and granted.embed_links
    return channel if may else None


def welcome_post(guild_id: int, channel_id: int) -> Post:
    """Return the welcome of a server; enqueued again it is not sent again."""
    embed = discord.Embed(
        title="The bureau has opened a branch here",
        description="\n".join(f"**{number}** · {step}" for number, step in enumerate(_STEPS, 1)),
        colour=RED,
    )
    embed.set_footer(text="Everything I can do: /help")
    body = {"embeds": [embed.to_dict()], "allowed_mentions": {"parse": []}}
    return Post(f"welcome:{guild_id}", SEND, guild_id, channel_id, body)
