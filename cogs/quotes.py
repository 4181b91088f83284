"""The quote book: `/quote` and the two message menus."""

from functools import partial
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import Samizdat
from bot.canon.chance import passage_by_chance, passage_meant
from bot.cards.scenes import Style
from bot.quotes.models import Purpose, Quote, Wanted
from bot.ui.canon_cards import post_canon_card
from bot.ui.cards import style_named, usual_style
from bot.ui.controls import archive_of, asker
from bot.ui.quote_cards import QUOTE_CONTROLS
from bot.ui.quote_lists import LIST_CONTROLS, Order, listed, offered, order_named
from bot.ui.quote_menus import quote_message, show_by_chance
from bot.ui.quote_places import is_gone, take_down
from bot.ui.quote_removal import remove_numbered

AnyInteraction = discord.Interaction[Any]
Choices = list[app_commands.Choice[str]]

PRIVATE = "Answer only to me"
ORDERS = [
    app_commands.Choice(name="the newest", value=str(Order.NEWEST)),
    app_commands.Choice(name="said on this day", value=str(Order.THIS_DAY)),
    app_commands.Choice(name="who is quoted most", value=str(Order.MOST_QUOTED)),
]
STYLES = [app_commands.Choice(name=str(style), value=str(style)) for style in Style]


class Quotes(commands.Cog):
    """Keeps and shows what members said, with their leave, and cards of the canon."""

    quote = app_commands.Group(name="quote", description="The quote book, and quote cards")

    def __init__(self, bot: Samizdat) -> None:
        self._bot = bot
        self._services = bot.services

    async def cog_load(self) -> None:
        """Have quotes looked after whose messages may be deleted."""
        self._services.originals.ask(self._is_gone, partial(take_down, self._bot))

    @quote.command()
    @app_commands.describe(
        who="Only what this member said",
        work="Not from the book: a passage of this story or timeline",
        private=PRIVATE,
    )
    async def random(
        self,
        interaction: AnyInteraction,
        who: discord.User | None = None,
        work: str | None = None,
        private: bool = False,  # noqa: FBT001, FBT002 - an option of the command
    ) -> None:
        """A quote by chance: from this server's book, or a passage of a work."""
        if work is None:
            wanted = Wanted(who.id if who else None)
            await show_by_chance(interaction, wanted, private=private)
            return
        archive, asking = await archive_of(interaction), asker(interaction, private=private)
        view = await self._services.progress.view(archive.library, asking, work)
        quote, style = await passage_by_chance(archive, view), await usual_style(interaction)
        await post_canon_card(interaction, quote, style, private=private)

    @quote.command()
    @app_commands.describe(text="Words of the quote", private=PRIVATE)
    async def search(
        self,
        interaction: AnyInteraction,
        text: app_commands.Range[str, 1, 100],
        private: bool = False,  # noqa: FBT001, FBT002 - an option of the command
    ) -> None:
        """Quotes of this server that say something."""
        reply = await listed(interaction, Order.SEARCH, None, text, private=private)
        await interaction.response.send_message(**reply.sent(), ephemeral=private)

    @quote.command(name="list")
    @app_commands.describe(who="Only what this member said", order="What to list", private=PRIVATE)
    @app_commands.choices(order=ORDERS)
    async def pages(
        self,
        interaction: AnyInteraction,
        who: discord.User | None = None,
        order: str = str(Order.NEWEST),
        private: bool = False,  # noqa: FBT001, FBT002 - an option of the command
    ) -> None:
        """The quote book of this server, page by page."""
        number = who.id if who else None
        reply = await listed(interaction, order_named(order), number, "", private=private)
        await interaction.response.send_message(**reply.sent(), ephemeral=private)

    @quote.command()
    @app_commands.describe(
        passage="A date, a name or words; pick one while you type",
        style="How it looks (this server's usual style when left out)",
        private=PRIVATE,
    )
    @app_commands.choices(style=STYLES)
    async def card(
        self,
        interaction: AnyInteraction,
        passage: str,
        style: str | None = None,
        private: bool = False,  # noqa: FBT001, FBT002 - an option of the command
    ) -> None:
        """A card of a passage of the archive, with its source."""
        archive, asking = await archive_of(interaction), asker(interaction, private=private)
        view = await self._services.progress.view(archive.library, asking)
        quote = await passage_meant(archive, passage, view)
        look = style_named(style) if style else await usual_style(interaction)
        await post_canon_card(interaction, quote, look, private=private)

    @quote.command()
    @app_commands.describe(id="The number under the quote")
    async def remove(
        self,
        interaction: AnyInteraction,
        id: app_commands.Range[int, 1, 1_000_000_000],  # noqa: A002 - an option of the command
    ) -> None:
        """Take a quote out of the book: the person quoted, its maker, moderators."""
        await remove_numbered(interaction, id)

    async def _is_gone(self, quote: Quote) -> bool | None:
        if not self._bot.is_ready():
            return None
        return await is_gone(self._bot, quote.original.channel_id, quote.original.message_id)

    @card.autocomplete("passage")
    async def suggest_passage(self, interaction: AnyInteraction, current: str) -> Choices:
        """Suggest entries."""
        hidden = bool(getattr(interaction.namespace, "private", False))
        archive, asking = await archive_of(interaction), asker(interaction, private=hidden)
        view = await self._services.progress.view(archive.library, asking)
        found = await archive.events(current, view)
        entries = [each for each in found if "/" in each.value and "/~" not in each.value]
        return [app_commands.Choice(name=each.label, value=each.value) for each in entries]

    @random.autocomplete("work")
    async def suggest_work(self, interaction: AnyInteraction, current: str) -> Choices:
        """Suggest works."""
        found = await (await archive_of(interaction)).suggester.works(current)
        return [app_commands.Choice(name=each.label, value=each.value) for each in found]

    @remove.autocomplete("id")
    async def suggest_quote(
        self, interaction: AnyInteraction, current: str
    ) -> list[app_commands.Choice[int]]:
        """Suggest what the reader may see of the book."""
        return await offered(interaction, current)


async def make_card(interaction: AnyInteraction, message: discord.Message) -> None:
    """Answer the menu **Make quote card**."""
    await quote_message(interaction, message, Purpose.CARD)


async def save_quote(interaction: AnyInteraction, message: discord.Message) -> None:
    """Answer the menu **Save to quote book**."""
    await quote_message(interaction, message, Purpose.SAVE)


async def setup(bot: Samizdat) -> None:
    """Add the cog, its menus, and the controls under its answers, which old messages carry."""
    bot.add_dynamic_items(*QUOTE_CONTROLS, *LIST_CONTROLS)
    for name, callback in (("Make quote card", make_card), ("Save to quote book", save_quote)):
        menu = app_commands.ContextMenu(
            name=name,
            callback=callback,
            allowed_contexts=app_commands.AppCommandContext(guild=True),
            allowed_installs=app_commands.AppInstallationType(guild=True),
        )
        bot.tree.add_command(menu)
    await bot.add_cog(Quotes(bot))
