"""What the bot may do where: what is missing, and how to mend it, in words for admins.

Read off the cache of guilds; nothing is asked of Discord.
"""

from collections.abc import Iterable, Sequence

import discord

from bot.chapters.announcing.composer import Site
from bot.chapters.following.models import Followed
from bot.language.speech import mark, say, say_list
from bot.outbox.models import CROSSPOST, EDIT, PIN, THREAD, Outgoing

_NEEDED = {
    "view_channel": mark("View Channel"),
    "send_messages": mark("Send Messages"),
    "embed_links": mark("Embed Links"),
    "read_message_history": mark("Read Message History"),
    "create_public_threads": mark("Create Public Threads"),
    "send_messages_in_threads": mark("Send Messages in Threads"),
    "attach_files": mark("Attach Files"),
    "pin_messages": mark("Pin Messages"),
}
_ORDINARY = discord.Permissions(view_channel=True, change_nickname=True, create_instant_invite=True)
_DANGEROUS = discord.Permissions(
    administrator=True,
    manage_guild=True,
    manage_roles=True,
    manage_channels=True,
    manage_messages=True,
    manage_threads=True,
    manage_webhooks=True,
    mention_everyone=True,
    kick_members=True,
    ban_members=True,
    moderate_members=True,
    mute_members=True,
    deafen_members=True,
    move_members=True,
)
MESSAGES = ("view_channel", "send_messages", "embed_links", "read_message_history")
THREADS = ("create_public_threads", "send_messages_in_threads")

Place = discord.TextChannel | discord.Thread | discord.VoiceChannel | discord.StageChannel


class CachedPremises:
    """Implements `bot.chapters.announcing.composer.Premises` for a bot."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    @property
    def is_ready(self) -> bool:
        """Whether Discord has told which servers there are."""
        return self._client.is_ready()

    def knows(self, guild_id: int) -> bool:
        """Whether the bot is in that server, and the server is there."""
        guild = self._client.get_guild(guild_id)
        return guild is not None and not guild.unavailable

    def look(self, guild_id: int, channel_id: int, role_id: int | None = None) -> Site:
        """Return how it stands with a channel and with a role that is to be pinged there."""
        return look(self._client, guild_id, channel_id, role_id)


def look(
    client: discord.Client, guild_id: int, channel_id: int, role_id: int | None = None
) -> Site:
    """Return how it stands with a channel, and with a role that is to be pinged in it."""
    guild = client.get_guild(guild_id)
    if guild is None:
        return _nowhere(say("I am not in that server, or it is unavailable."))
    channel = guild.get_channel_or_thread(channel_id)
    if not isinstance(channel, Place):
        return _nowhere(
            say("That channel is gone or hidden from me. Choose another, or let me see it.")
        )
    granted = channel.permissions_for(guild.me)
    talk = isinstance(channel, discord.TextChannel)
    lacking = _lacking(granted, (*MESSAGES, *(THREADS if talk else ())))
    missing = [_grant(lacking, channel)] if lacking else []
    rings, why_not = _rings(guild, granted, role_id)
    return Site(
        known=True,
        rings=rings,
        publishes=isinstance(channel, discord.TextChannel) and channel.is_news(),
        threads=talk and granted.create_public_threads,
        missing=(*missing, *why_not),
    )


def missing_for(
    client: discord.Client, followed: Iterable[Followed], usual: int | None
) -> dict[int, Sequence[str]]:
    """Return what keeps each feed's chapters from their channel: follow → reasons.

    *usual*: the server's channel for chapters, None without a choice.
    """
    nowhere = (say("No channel is chosen for its chapters: /setup, or /story edit channel:…"),)
    found: dict[int, Sequence[str]] = {}
    for each in followed:
        channel_id = each.channel_id or usual
        found[each.follow.id] = (
            nowhere
            if channel_id is None
            else look(client, each.follow.guild_id, channel_id, each.role_id).missing
        )
    return found


def may_hand_out(role: discord.Role) -> bool:
    """Tell whether readers may be given *role*: it lets nobody do more than read and write."""
    harmless = discord.Permissions.text() | discord.Permissions.voice() | _ORDINARY
    dangerous = _DANGEROUS.value & role.permissions.value
    beyond = role.permissions.value & ~harmless.value
    return not (role.is_default() or role.managed or dangerous or beyond)


def obstacle(client: discord.Client, guild_id: int, channel_id: int, step: str) -> str | None:
    """Return what keeps the bot from doing *step* of the outbox in a channel, None for nothing.

    Of servers that another process serves nothing is known here.
    """
    if not _is_served(client, guild_id):
        return None
    found = look(client, guild_id, channel_id)
    if not found.known:
        return found.missing[0]
    guild = client.get_guild(guild_id)
    channel = guild.get_channel_or_thread(channel_id) if guild else None
    if guild is None or not isinstance(channel, Place):
        return say("That channel is gone.")
    lacking = _lacking(channel.permissions_for(guild.me), _needed(step, channel))
    return _grant(lacking, channel) if lacking else None


def _is_served(client: discord.Client, guild_id: int) -> bool:
    if not isinstance(client, discord.AutoShardedClient) or not client.shards:
        return True
    # Discord's own rule for which shard a server belongs to.
    return (guild_id >> 22) % (client.shard_count or 1) in client.shards


def fix_of(client: discord.Client, row: Outgoing, code: int) -> str:
    """Return in words what Discord's refusal *code* of *row* means and how it is mended."""
    known = obstacle(client, row.guild_id, row.channel_id, row.step) if row.guild_id else None
    place = f"<#{row.channel_id}>"
    match code:
        case 10003 | 10004:
            return say(
                "The channel {channel} is gone. Choose another; what waits is kept.",
                channel=row.channel_id,
            )
        case 50001 | 50013:
            if known:
                return known
            named = ", ".join(say(_NEEDED[each]) for each in _needed(row.step, None))
            return say(
                "Discord does not let me do this in {place}. There I need: {permissions}.",
                place=place,
                permissions=named,
            )
        case 50007 | 50278:
            return say("Discord does not deliver my private messages there.")
        case _:
            refused = say("Discord refuses this in {place} (code {code}).", place=place, code=code)
            return f"{refused} {known}" if known else refused


def _nowhere(reason: str) -> Site:
    return Site(known=False, rings=False, publishes=False, threads=False, missing=(reason,))


def _needed(step: str, channel: Place | None) -> tuple[str, ...]:
    if step == THREAD:
        return ("view_channel", "create_public_threads")
    if step == PIN:
        return ("view_channel", "pin_messages")
    if step == CROSSPOST:
        return ("view_channel", "send_messages")
    if step.startswith(EDIT):
        return ("view_channel",)
    if isinstance(channel, discord.Thread):
        return ("view_channel", "send_messages_in_threads", "embed_links")
    return ("view_channel", "send_messages", "embed_links")


def _lacking(granted: discord.Permissions, names: Iterable[str]) -> list[str]:
    return [say(_NEEDED[name]) for name in names if not getattr(granted, name, True)]


def _grant(lacking: list[str], channel: Place) -> str:
    return say(
        "I lack {permissions} in {channel}. Grant it to my role there: Edit Channel, Permissions.",
        permissions=say_list(lacking),
        channel=f"<#{channel.id}>",
    )


def _rings(
    guild: discord.Guild, granted: discord.Permissions, role_id: int | None
) -> tuple[bool, tuple[str, ...]]:
    if role_id is None:
        return False, ()
    role = guild.get_role(role_id)
    if role is None:
        return False, (say("The role to ping is gone. Choose another."),)
    if role.mentionable or granted.mention_everyone:
        return True, ()
    reason = say(
        "A ping of {role} would ring for nobody. In Server Settings, Roles, turn on "
        "“Allow anyone to @mention this role” for it, or grant me “Mention all roles”.",
        role=f"<@&{role_id}>",
    )
    return False, (reason,)
