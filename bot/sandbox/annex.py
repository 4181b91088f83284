"""The annex: an empty server that a visitor adds the bot to, and sets up as its admin would."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import discord
import simcord
from simcord.backend import serializers

from bot.sandbox.world import World
from bot.ui.invite import LEAST

NAME = "The Annex"
TOPICS: Mapping[str, str] = {
    "welcome": "Where newcomers are greeted",
    "chapters": "For what comes fresh from the press",
    "council": "For those who would vote on things",
    "back-office": "For those who manage the server",
}


@dataclass(frozen=True, slots=True)
class Annex:
    """Handles on the second server: its channels by name, and Nadia and Mei as members of it."""

    guild: simcord.GuildHandle
    channels: Mapping[str, simcord.ChannelHandle]
    admin: simcord.MemberActor
    reader: simcord.MemberActor

    @property
    def people(self) -> tuple[simcord.MemberActor, ...]:
        """The admin, then the reader."""
        return (self.admin, self.reader)


def found_annex(world: World) -> Annex:
    """Found the second server and add the bot to it, by the link it prints, with what that grants.

    Discord tells a bot of a server when it is added, not while the server is being made: so nothing
    is told until all of it stands.
    """
    env = world.env
    with _silence(env.backend):
        guild = env.create_guild(NAME)
        channels = {name: guild.create_text_channel(name, topic=TOPICS[name]) for name in TOPICS}
        manager = guild.create_role("Keeper", permissions=discord.Permissions(manage_guild=True))
        admin = guild.add_member(_user(env, world.admin), roles=[manager])
        reader = guild.add_member(_user(env, world.readers["mei"]))
        env.backend.edit_guild(guild.id, {"system_channel_id": channels["welcome"].id})
        _grant_the_least(env, guild.id)
    payload: dict[str, Any] = dict(
        serializers.guild_create_payload(env.backend, env.backend.get_guild(guild.id))
    )
    # With it, the server would only be back after an outage.
    del payload["unavailable"]
    env.backend.emit("GUILD_CREATE", payload)
    return Annex(guild, MappingProxyType(channels), admin, reader)


def _user(env: simcord.Env, member: simcord.MemberActor) -> simcord.UserHandle:
    return simcord.UserHandle(env, env.backend.get_user(member.id))


def _grant_the_least(env: simcord.Env, guild_id: int) -> None:
    """Take from the bot's own role what the link does not ask for."""
    for role in env.backend.get_guild(guild_id).roles.values():
        if role.managed:
            role.permissions = LEAST.value


@contextmanager
def _silence(backend: Any) -> Iterator[None]:  # noqa: ANN401 - simcord names no type for it
    backend.emit = lambda _event, _payload: None
    try:
        yield
    finally:
        del backend.emit
