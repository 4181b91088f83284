"""The archive: `/event` and `/lore`."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import Samizdat
from bot.canon.answers import Suggestion
from bot.ui.lore import catalogue_embed
from bot.ui.lore_controls import CONTROLS, answered
from bot.ui.theme import Reply

WORK = "Only this story or timeline (all stories when left out)"
PRIVATE = "Answer only to me"


class Lore(commands.Cog):
    """Looks things up in the canon."""

    lore = app_commands.Group(name="lore", description="The archive: works, names, sources")

    def __init__(self, bot: Samizdat) -> None:
        self._library = bot.services.library
        self._lookup = bot.services.lookup
        self._suggester = bot.services.suggester

    @app_commands.command()
    @app_commands.describe(
        query="A date, a name, words, or all: 1932, spring 1926, turkish war before 1930",
        work=WORK,
        private=PRIVATE,
    )
    async def event(
        self,
        interaction: discord.Interaction[Any],
        query: str,
        work: str | None = None,
        private: bool = False,  # noqa: FBT001, FBT002 - an option of the command
    ) -> None:
        """Look up what happened, by date or by words."""
        view = self._library.view(work)
        reply = await answered(self._lookup, self._library, query, view, interaction.user.id)
        await interaction.response.send_message(**reply.sent(), ephemeral=private)

    @event.autocomplete("query")
    async def event_query(
        self, interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        """Suggest dates, names and entries."""
        view = self._library.view_or_all(getattr(interaction.namespace, "work", None))
        return _choices(await self._suggester.events(current, view))

    @event.autocomplete("work")
    async def event_work(
        self, _interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        """Suggest works."""
        return _choices(await self._suggester.works(current))

    @lore.command()
    @app_commands.describe(private=PRIVATE)
    async def sources(
        self,
        interaction: discord.Interaction[Any],
        private: bool = False,  # noqa: FBT001, FBT002 - an option of the command
    ) -> None:
        """List the works and documents the archive was read from."""
        reply = Reply(catalogue_embed(await self._library.catalogue()))
        await interaction.response.send_message(**reply.sent(), ephemeral=private)


def _choices(suggestions: list[Suggestion]) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=each.label, value=each.value) for each in suggestions]


async def setup(bot: Samizdat) -> None:
    """Add the cog and the controls under its answers, which old messages still carry."""
    bot.add_dynamic_items(*CONTROLS)
    await bot.add_cog(Lore(bot))
