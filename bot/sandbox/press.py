"""The press of the room: a feed on loopback whose next chapter the visitor drops.

The bot reads it as it reads any other, over a socket and through the child process that parses.
Only the waiting is shortened: the two minutes of the hold pass at once.
"""

import html
from datetime import datetime, timedelta
from email.utils import format_datetime

from aiohttp import web

from bot.app import Samizdat
from bot.chapters.stories.models import Change
from bot.guilds.models import Choice
from bot.sandbox.stage import Stage
from bot.sandbox.world import NEWS, World
from bot.settings import Settings

PATH = "/press/feed/"
STORY = "The Paper Republic"
ROLE = "Paper readers"

# Title and words. The first five are there before the visitor comes. Invented for this room.
_CHAPTERS = (
    ("1. A Country of Printers", 6_200),
    ("2. The Strike of the Nine Days", 7_850),
    ("3. Three Misprints Become Law", 8_400),
    ("4. The Quarrel with the Bookbinders", 7_100),
    ("5. What the Almanac Left Out", 9_300),
    ("6. The Harbour War", 12_480),
    ("7. Newsprint, Wet and Dry", 8_120),
    ("Omake: The Cat of the Printing House", 1_900),
    ("8. The Great Erratum", 14_050),
    ("9. Marta Velikov Reads Proofs", 9_640),
    ("10. The Last Edition", 16_300),
)
_BEFORE = 5
_PACE = timedelta(days=9)
_HOLD = timedelta(minutes=3)
_SENTENCE = "The presses of Novgrad ran all night and nobody in the town could sleep for the news. "


def settings_of(settings: Settings) -> Settings:
    """Return *settings* with leave to read this machine, which is where the press stands."""
    return settings.model_copy(update={"feed_allow_loopback": True})


class Press:
    """A story that is told in chapters, and the web page it is told on."""

    def __init__(self, stage: Stage, port: int) -> None:
        self._stage = stage
        self._address = f"http://127.0.0.1:{port}{PATH}"
        now = stage.now()
        self._told = [now - _PACE * (_BEFORE - number) for number in range(_BEFORE)]

    @property
    def is_empty(self) -> bool:
        """Whether every chapter has been told."""
        return len(self._told) >= len(_CHAPTERS)

    @property
    def address(self) -> str:
        """The address of the feed, for who would follow the story elsewhere."""
        return self._address

    @property
    def has_dropped(self) -> bool:
        """Whether a visitor has dropped a chapter."""
        return len(self._told) > _BEFORE

    async def open(self) -> None:
        """Have the bot follow the story: a role, a channel, a feed that is read once.

        And choose where the Soviet sits, which judges by the quota what is dropped.
        """
        await self._stage.act(self._follow)

    async def drop(self) -> str:
        """Publish the next chapter, and let the bot find and announce it; return its title.

        Raises:
            TimeoutError: that took too long; what was not reached is made up for by and by.
        """
        title, _ = _CHAPTERS[len(self._told)]
        self._told.append(self._stage.now())
        await self._stage.act(self._look)
        await self._stage.skip(_HOLD)
        return title

    async def serve(self, _request: web.Request) -> web.Response:
        """Answer with the feed."""
        items = "".join(
            _item(number, self._address, at) for number, at in reversed(list(enumerate(self._told)))
        )
        feed = (
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"'
            ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
            f"<title>{STORY}</title><link>{self._address}</link>{items}</channel></rss>"
        )
        response = web.Response(text=feed, content_type="application/rss+xml")
        # A connection that is kept for later is a timer of the bot's, and simcord waits for it.
        response.force_close()
        return response

    async def _follow(self, world: World, bot: Samizdat) -> None:
        role = world.guild.create_role(ROLE, mentionable=True, color=0x3E6E8E)
        services, guild_id = bot.services, world.guild.id
        change = Change(
            title=STORY, author="Clio", role_id=role.id, channel_id=world.channels[NEWS].id
        )
        story = await services.stories.add(guild_id, change, world.admin.id)
        await services.following.add(story, self._address, None, None, world.admin.id)
        soviet = world.channels["soviet"].id
        await services.guilds.choose(guild_id, Choice.SOVIET_CHANNEL, soviet, world.admin.id)

    async def _look(self, world: World, bot: Samizdat) -> None:
        """Have the bot ask its feeds now, as `/feed resume` does."""
        annex = self._stage.annex
        for guild in (world.guild, *([annex.guild] if annex else [])):
            for each in await bot.services.following.all(guild.id):
                await bot.services.following.resume(guild.id, each.follow.id)
        bot.services.duties.wake("feeds")


def _item(number: int, address: str, at: datetime) -> str:
    title, words = _CHAPTERS[number]
    text = (_SENTENCE * (words // 16 + 1)).split()[:words]
    category = "<category>omake</category>" if title.startswith("Omake") else ""
    return (
        f"<item><title>{html.escape(title)}</title><link>{address}?p={number + 1}</link>"
        f'<guid isPermaLink="false">{address}?p={number + 1}</guid>{category}'
        f"<pubDate>{format_datetime(at)}</pubDate>"
        f"<content:encoded><![CDATA[<p>{' '.join(text)}</p>]]></content:encoded></item>"
    )
