"""The Reading Room: the invented server that the sandbox shows and the tests act in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import NamedTuple

import discord
import simcord

GUILD_NAME = "The Reading Room"
BOT_NAME = "Samizdat"

_AVATARS = "https://cdn.simcord.invalid"


class Person(NamedTuple):
    """Somebody of the room; *key* is the account's name and the name of the picture."""

    key: str
    name: str
    line: str


READERS = (
    Person("vera", "Vera", "Reads the footnotes first."),
    Person("anatol", "Anatol", "Has a theory. It has a map."),
    Person("ines", "Ines", "Keeps the sources, and the receipts."),
    Person("otto", "Otto", "Trains, canals, logistics."),
    Person("mei", "Mei", "Arrived last week, asks the best questions."),
)
AUTHOR = Person("clio", "Clio", "Writes the history. The other one.")
ADMIN = Person("nadia", "Nadia", "Librarian: may manage the server.")
PEOPLE = (*READERS, AUTHOR, ADMIN)

TOPICS: Mapping[str, str] = {
    "announcements": "What is new on the shelves",
    "lounge": "Tea, maps and what might have been",
    "soviet": "The readers in council",
    "spoilers": "Beyond this door everything has already happened",
    "library": "A shelf for every story",
}
FORUM = "library"
NEWS = "announcements"

# Channel, who, what. Made up for this room; enough in each to fill a page and to be worth quoting.
_MESSAGES = (
    ("announcements", "clio", "The Reading Room is open. Mind the step, it was a palace once."),
    (
        "announcements",
        "nadia",
        "The catalogue has moved in. Type `/event` and a year; Samizdat will look it up for you.",
    ),
    ("lounge", "vera", "Alternate history is only history that missed its train."),
    (
        "lounge",
        "otto",
        "In my experience history *is* the train. The passengers are late.",
    ),
    ("lounge", "mei", "I came for one butterfly. You have given me a weather system."),
    ("lounge", "anatol", "Every map is a promise that somebody else will have to keep."),
    ("lounge", "ines", "Cite it or it did not happen. Cite it twice and it still might not have."),
    ("lounge", "clio", "Nothing is harder to invent than an ordinary Tuesday."),
    ("soviet", "otto", "I move that we stop moving things."),
    ("soviet", "ines", "Seconded, subject to a source."),
    ("soviet", "nadia", "The chair notes a quorum of three and a cat."),
    ("spoilers", "anatol", "I will say only this: do not get attached to the border."),
    ("spoilers", "mei", "Which border?"),
    ("spoilers", "anatol", "Precisely."),
)


@dataclass(frozen=True, slots=True)
class World:
    """Handles on everything in the room; people and channels by their lower-case names."""

    env: simcord.Env
    guild: simcord.GuildHandle
    channels: Mapping[str, simcord.ChannelHandle]
    readers: Mapping[str, simcord.MemberActor]
    author: simcord.MemberActor
    admin: simcord.MemberActor

    @property
    def people(self) -> tuple[simcord.MemberActor, ...]:
        """Everybody: the readers, then the author, then the admin."""
        return (*self.readers.values(), self.author, self.admin)


async def create_world(env: simcord.Env, *, pace: timedelta = timedelta()) -> World:
    """Found the room in *env*, whose bot is in it from the start, and let its people talk.

    *pace* is how much simulated time goes by between two messages. No reader may do more than a
    plain member; the admin has Manage Server; the owner is none of them, for owners pass every
    check of permissions.
    """
    if env.bot.user is not None:
        await env.bot.user.edit(username=BOT_NAME)
    guild = env.create_guild(GUILD_NAME)
    channels = {name: _create_channel(guild, name) for name in TOPICS}
    librarians = guild.create_role(
        "Librarians",
        permissions=discord.Permissions(manage_guild=True, manage_messages=True),
        color=0xCF9434,
    )
    authors = guild.create_role("Authors", color=0xC8453F)
    roles = {ADMIN.key: [librarians], AUTHOR.key: [authors]}
    members = {
        person.key: guild.add_member(
            env.create_user(person.key, global_name=person.name, avatar=person.key),
            roles=roles.get(person.key, ()),
        )
        for person in PEOPLE
    }
    for channel, who, text in _MESSAGES:
        if pace:
            await env.advance_time(pace.total_seconds())
        await members[who].send(channels[channel], text)
    return World(
        env=env,
        guild=guild,
        channels=MappingProxyType(channels),
        readers=MappingProxyType({person.key: members[person.key] for person in READERS}),
        author=members[AUTHOR.key],
        admin=members[ADMIN.key],
    )


def _create_channel(guild: simcord.GuildHandle, name: str) -> simcord.ChannelHandle:
    if name == NEWS:
        return guild.create_news_channel(name)
    if name == FORUM:
        return guild.create_forum_channel(name)
    return guild.create_text_channel(name, topic=TOPICS[name])


def picture_addresses(
    world: World, bot_id: int, pictures: Mapping[str, bytes]
) -> dict[str, tuple[str, bytes]]:
    """Return what a preview's `assets` needs to show *pictures* (by name, with "samizdat").

    simcord refuses an avatar of the bot's own, so the picture is served as its default one.
    """
    addresses = {
        f"{_AVATARS}/avatars/{person.id}/{person.name}.png": (
            f"{person.name}.png",
            pictures[person.name],
        )
        for person in world.people
    }
    # Discord's rule for accounts without a discriminator: the age of the id, modulo six.
    default = (bot_id >> 22) % 6
    addresses[f"{_AVATARS}/embed/avatars/{default}.png"] = ("samizdat.png", pictures["samizdat"])
    return addresses


def hang_up_portraits(world: World, pictures: Mapping[str, bytes]) -> None:
    """Put *pictures*, by name, where the bot looks for the portraits of the room's people."""
    # simcord knows avatars by name only and has no public place for them.
    shelf = world.env.backend.cdn._blobs  # noqa: SLF001
    for person in world.people:
        address = f"{discord.Asset.BASE}/avatars/{person.id}/{person.name}.png?size=256"
        shelf[address] = pictures[person.name]
