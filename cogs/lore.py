"""The archive: `/event` and `/lore`."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import Samizdat
from bot.canon.almanac import span_query
from bot.canon.answers import Suggestion, View
from bot.canon.archive import Archive
from bot.canon.catalogue import catalogue
from bot.progress.service import Asker
from bot.ui.controls import archive_of, asker
from bot.ui.lore import catalogue_embed
from bot.ui.lore_controls import CONTROLS, answered
from bot.ui.passages import SearchPage, passages_reply
from bot.ui.progress import channel_of, progress_embed
from bot.ui.registry import CardMenu, EntityMenu, anniversaries_reply, card_reply, comparison_reply
from bot.ui.theme import Reply
from bot.ui.timelines import show_timeline

AnyInteraction = discord.Interaction[Any]
Choices = list[app_commands.Choice[str]]

WORK = "Only this story or timeline (all stories when left out)"
PRIVATE = "Answer only to me"


class Lore(commands.Cog):
    """Looks things up in the canon."""

    lore = app_commands.Group(name="lore", description="The archive: names, passages, comparisons")

    def __init__(self, bot: Samizdat) -> None:
        self._services = bot.services

    @app_commands.command()
    @app_commands.describe(
        query="A date, a name, words, or all: 1932, spring 1926, turkish war before 1930",
        work=WORK,
        private=PRIVATE,
    )
    async def event(
        self,
        interaction: AnyInteraction,
        query: str,
        work: str | None = None,
        private: bool = False,  # noqa: FBT001, FBT002 - an option of the command
    ) -> None:
        """Look up what happened, by date or by words."""
        archive, view = await self._desk(interaction, work, private=private)
        reply = await answered(archive, query, view, interaction.user.id)
        await _send(interaction, reply, private=private)

    @lore.command()
    @app_commands.describe(
        name="A person, place, organisation, ship, war … by any name", work=WORK, private=PRIVATE
    )
    async def entry(
        self,
        interaction: AnyInteraction,
        name: str,
        work: str | None = None,
        private: bool = False,  # noqa: FBT001, FBT002 - an option of the command
    ) -> None:
        """Who or what somebody or something is: names, sentences, dates."""
        archive, view = await self._desk(interaction, work, private=private)
        card = await archive.registry.entry(name, view)
        await _send(interaction, card_reply(card, interaction.user.id), private=private)

    @lore.command()
    @app_commands.describe(text="Words to look for in the texts", work=WORK, private=PRIVATE)
    async def search(
        self,
        interaction: AnyInteraction,
        text: str,
        work: str | None = None,
        private: bool = False,  # noqa: FBT001, FBT002 - an option of the command
    ) -> None:
        """Passages that say something, with the words marked."""
        archive, view = await self._desk(interaction, work, private=private)
        found = await archive.passages.find(text, view)
        slug = view.work.slug if view.work else "*"
        await _send(interaction, passages_reply(found, interaction.user.id, slug), private=private)

    @lore.command()
    @app_commands.rename(start="from", end="to")
    @app_commands.describe(
        start="The first date: 1924, May 1924", end="The last date", work=WORK, private=PRIVATE
    )
    async def timeline(
        self,
        interaction: AnyInteraction,
        start: str | None = None,
        end: str | None = None,
        work: str | None = None,
        private: bool = False,  # noqa: FBT001, FBT002 - an option of the command
    ) -> None:
        """What happened from one date to another, in order."""
        archive, view = await self._desk(interaction, work, private=private)
        query = span_query(start, end)
        await show_timeline(interaction, archive, query, view, private=private)

    @lore.command()
    @app_commands.describe(query="A date, a name or words: 1924, stalin, china", private=PRIVATE)
    async def compare(
        self,
        interaction: AnyInteraction,
        query: str,
        private: bool = False,  # noqa: FBT001, FBT002 - an option of the command
    ) -> None:
        """The same time, person or war in every work and in real history."""
        archive, view = await self._desk(interaction, None, private=private)
        found = await archive.comparer.compare(query, view)
        await _send(interaction, comparison_reply(found, interaction.user.id), private=private)

    @lore.command()
    @app_commands.describe(work=WORK, private=PRIVATE)
    async def today(
        self,
        interaction: AnyInteraction,
        work: str | None = None,
        private: bool = False,  # noqa: FBT001, FBT002 - an option of the command
    ) -> None:
        """What happened on this day of the year, in all the works."""
        today = self._services.clock.now().date()
        archive, view = await self._desk(interaction, work, private=private)
        found = await archive.almanac.on(today, view)
        await _send(interaction, anniversaries_reply(found, interaction.user.id), private=private)

    @lore.command()
    @app_commands.describe(private=PRIVATE)
    async def sources(
        self,
        interaction: AnyInteraction,
        private: bool = False,  # noqa: FBT001, FBT002 - an option of the command
    ) -> None:
        """List the works and documents the archive was read from."""
        archive, view = await self._desk(interaction, None, private=private)
        reply = Reply(catalogue_embed(await catalogue(archive.library, view)))
        await _send(interaction, reply, private=private)

    @lore.command()
    @app_commands.describe(
        story="A story you are reading",
        chapter="The last chapter you have read; 0 forgets it",
        channel="Set it for this channel instead of for you (Manage Channels)",
    )
    async def progress(
        self,
        interaction: AnyInteraction,
        story: str | None = None,
        chapter: app_commands.Range[int, 0, 1_000_000] | None = None,
        channel: bool = False,  # noqa: FBT001, FBT002 - an option of the command
    ) -> None:
        """How far you have read; what lies beyond is hidden from you everywhere."""
        progress, library = self._services.progress, (await archive_of(interaction)).library
        if story is not None and chapter is not None:
            target = channel_of(interaction) if channel else None
            await progress.set(library, interaction.user.id, target, story, chapter)
        who = Asker(interaction.user.id, interaction.channel_id)
        reply = Reply(progress_embed(await progress.standings(library, who)))
        await _send(interaction, reply, private=True)

    @event.autocomplete("query")
    @compare.autocomplete("query")
    async def suggest_query(self, interaction: AnyInteraction, current: str) -> Choices:
        """Suggest dates, names and entries."""
        archive, view = await self._desk_or_all(interaction)
        return _choices(await archive.events(current, view))

    @entry.autocomplete("name")
    async def suggest_name(self, interaction: AnyInteraction, current: str) -> Choices:
        """Suggest names."""
        archive, view = await self._desk_or_all(interaction)
        return _choices(await archive.suggester.names(current, view))

    @search.autocomplete("text")
    async def suggest_text(self, interaction: AnyInteraction, current: str) -> Choices:
        """Suggest names and phrases."""
        archive, view = await self._desk_or_all(interaction)
        return _choices(await archive.suggester.texts(current, view))

    @timeline.autocomplete("start")
    @timeline.autocomplete("end")
    async def suggest_date(self, interaction: AnyInteraction, current: str) -> Choices:
        """Suggest years that have entries."""
        archive, view = await self._desk_or_all(interaction)
        return _choices(await archive.suggester.dates(current, view))

    @progress.autocomplete("story")
    @event.autocomplete("work")
    @entry.autocomplete("work")
    @search.autocomplete("work")
    @timeline.autocomplete("work")
    @today.autocomplete("work")
    async def suggest_work(self, interaction: AnyInteraction, current: str) -> Choices:
        """Suggest works."""
        archive = await archive_of(interaction)
        return _choices(await archive.suggester.works(current))

    async def _desk(
        self, interaction: AnyInteraction, work: str | None, *, private: bool
    ) -> tuple[Archive, View]:
        """Return the archive that answers here, and what of it the asker may see."""
        archive, who = await archive_of(interaction), asker(interaction, private=private)
        return archive, await self._services.progress.view(archive.library, who, work)

    async def _desk_or_all(self, interaction: AnyInteraction) -> tuple[Archive, View]:
        """Return what may be suggested, while the command is still being typed."""
        archive, options = await archive_of(interaction), interaction.namespace
        who = asker(interaction, private=bool(getattr(options, "private", False)))
        work = getattr(options, "work", None)
        return archive, await self._services.progress.view_or_all(archive.library, who, work)


async def _send(interaction: AnyInteraction, reply: Reply, *, private: bool) -> None:
    await interaction.response.send_message(**reply.sent(), ephemeral=private)


def _choices(suggestions: list[Suggestion]) -> Choices:
    return [app_commands.Choice(name=each.label, value=each.value) for each in suggestions]


async def setup(bot: Samizdat) -> None:
    """Add the cog and the controls under its answers, which old messages still carry."""
    bot.add_dynamic_items(*CONTROLS, CardMenu, EntityMenu, SearchPage)
    await bot.add_cog(Lore(bot))
