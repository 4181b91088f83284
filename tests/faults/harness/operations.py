"""Operations that must be whole or absent, whatever happens in the middle of them.

A row is all that a new one needs: the tests kill and cancel it at every point there is.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.clock import instant
from bot.flags.models import Flag
from bot.guilds.models import Choice
from bot.outbox.models import SEND, THREAD, Post
from bot.outbox.repository import enqueue
from bot.progress.service import ChannelId
from bot.uploads.service import Offer

GUILD, CHANNEL, VERA = 10, 20, 5
MOTHS = b"""\
# The Moth Papers

\xe2\x80\xa2 May 1905. The Moth Parliament meets in Gaslight Hall.

\xe2\x80\xa2 June 1906. Professor Quillfeather invents the tin moon.
"""

Step = Callable[[Any], Awaitable[object]]


async def nothing(_services):
    """Need nothing."""


@dataclass(frozen=True)
class Operation:
    """*act* is done on services that *prepare* has prepared, and may be done twice.

    *truth* asserts what must hold whenever it is at rest, beside what the tables say. An operation
    of several transactions may be found between two of them: *finish* is what then goes on.
    A *duty* comes back by itself to what failed: that its turn is over says nothing.
    """

    name: str
    act: Step
    prepare: Step = nothing
    truth: Step = nothing
    finish: Step | None = None
    duty: bool = False


async def keep_a_post_and_its_thread(services):
    async def decide(tx):
        now = instant(services.clock.now())
        post = Post("chapter:1", SEND, GUILD, CHANNEL, {"content": "Chapter 1"})
        number = await enqueue(tx, post, now)
        await enqueue(tx, Post("chapter:1", THREAD, GUILD, CHANNEL, {"name": "T"}, number), now)

    await services.database.write(decide)


async def choose_the_admins_channel(services):
    await services.guilds.choose(GUILD, Choice.ADMIN_CHANNEL, CHANNEL, VERA)


async def flag(services):
    body = {"content": "wrong", "allowed_mentions": {"parse": []}}
    await services.flags.send(Flag(GUILD, VERA, "tide-mills/~1", "It was 1934.", body))


async def look(services):
    await services.uploads.look(GUILD, VERA, Offer("moths.txt", MOTHS, "The Moth Papers"))


async def keep(services):
    await services.uploads.keep(1, GUILD)


async def look_and_keep(services):
    await look(services)
    await keep(services)


async def the_shelf_answers(services):
    """Hold that a server's archive tells of its documents, and of none that it has not."""
    kept = await services.uploads.documents(GUILD)
    works = (await services.archives.of(GUILD)).library.works.values()
    assert bool(kept) == ("The Moth Papers" in {work.title for work in works})


async def keep_after_asking(services):
    await services.archives.of(GUILD)  # as in a bot that has been running
    await keep(services)


async def remove_after_asking(services):
    await services.archives.of(GUILD)
    await services.uploads.remove(1, GUILD)


def reading(chapter, channel=None):
    async def act(services):
        library = services.archives.common.library
        await services.progress.set(library, VERA, channel, "The Tide Mills", chapter)

    return act


LOUNGE = ChannelId(CHANNEL, GUILD)

OPERATIONS = (
    Operation("progress of a reader", reading(1)),
    Operation("progress forgotten", reading(0), reading(1)),
    Operation("ceiling of a channel", reading(1, LOUNGE)),
    Operation("ceiling lifted", reading(0, LOUNGE), reading(1, LOUNGE)),
    Operation("choice of a server", choose_the_admins_channel),
    Operation(
        "choice taken back",
        lambda services: services.guilds.choose(GUILD, Choice.ADMIN_CHANNEL, None, VERA),
        choose_the_admins_channel,
    ),
    Operation("flag", flag, choose_the_admins_channel),
    Operation("document looked at", look),
    Operation("document kept", keep_after_asking, look, the_shelf_answers),
    Operation("document thrown away", lambda services: services.uploads.discard(1, GUILD), look),
    Operation("document removed", remove_after_asking, look_and_keep, the_shelf_answers),
    Operation("post and its thread", keep_a_post_and_its_thread),
)
