"""Pages of the quote book, with the menu to open a quote and the buttons to turn them."""

from enum import StrEnum

import discord
from discord import app_commands

from bot.errors import BotError
from bot.language.speech import mark, say
from bot.quotes.book import PAGE_SIZE
from bot.quotes.models import Page, Wanted
from bot.ui.controls import (
    OWNER,
    PAGE,
    AnyInteraction,
    Control,
    base36,
    button,
    from_base36,
    is_private,
    services,
)
from bot.ui.lore_controls import query_of
from bot.ui.quote_menus import show_one
from bot.ui.quote_places import reach_of, server_of
from bot.ui.quotes import option, page_embed, standings_embed
from bot.ui.theme import Reply

MAX_PAGES = 100


class Order(StrEnum):
    """What `/quote list` lists. The values stand in ids of buttons: never change one."""

    NEWEST = "newest"
    THIS_DAY = "day"
    MOST_QUOTED = "most"
    SEARCH = "words"


class NoSuchOrderError(BotError):
    """Somebody sent what no honest client offers."""

    def __init__(self) -> None:
        super().__init__(say("Choose one of the orders that are offered, or leave it out."))


def order_named(name: str) -> Order:
    """Return the order called *name*.

    Raises:
        NoSuchOrderError.
    """
    if name not in set(Order):
        raise NoSuchOrderError
    return Order(name)


TITLES = {
    Order.NEWEST: mark("The quote book"),
    Order.THIS_DAY: mark("Said on this day"),
    Order.SEARCH: mark("In the quote book"),
}
_WHO = r"(?P<who>[0-9a-z]{1,13})"
_ORDER = rf"(?P<order>{'|'.join(Order)})"


class QuotePageButton(Control, template=rf"qp:{OWNER}:{PAGE}:{_ORDER}:{_WHO}"):
    """Turns the page of a list; what was searched stands in the list's author line."""

    @classmethod
    def to(cls, owner: str, page: int, order: Order, who: str, label: str) -> "QuotePageButton":
        """Return the button to *page*."""
        state = {"owner": owner, "page": str(page), "order": str(order), "who": who}
        return cls(button(label, f"qp:{owner}:{page}:{order}:{who}"), state)

    async def act(self, interaction: AnyInteraction) -> None:
        """Show the page."""
        state = self.state
        mine = base36(interaction.user.id) == state["owner"]
        reply = await listed(
            interaction,
            Order(state["order"]),
            from_base36(state["who"]) or None,
            query_of(interaction),
            private=is_private(interaction) or not mine,
            page=int(state["page"]),
        )
        await self.show(interaction, reply)


class QuoteMenu(Control, template=rf"qm:{OWNER}"):
    """Shows one quote of the list above it."""

    @classmethod
    def of(cls, page: Page, owner: str) -> "QuoteMenu":
        """Return the menu of the quotes of *page*."""
        options = [
            discord.SelectOption(label=option(quote), value=base36(quote.id))
            for quote in page.quotes
        ]
        menu: discord.ui.Select[discord.ui.View] = discord.ui.Select(
            custom_id=f"qm:{owner}", placeholder=say("Show one on a card"), options=options
        )
        return cls(menu, {"owner": owner})

    async def act(self, interaction: AnyInteraction) -> None:
        """Show the chosen quote: to everybody for whoever asked for the list."""
        private = is_private(interaction) or base36(interaction.user.id) != self.state["owner"]
        reach = await reach_of(interaction, private=private)
        await show_one(interaction, from_base36(self.chosen(interaction)), reach, private=private)


LIST_CONTROLS = (QuotePageButton, QuoteMenu)


async def listed(
    interaction: AnyInteraction,
    order: Order,
    who: int | None,
    words: str,
    *,
    private: bool,
    page: int = 0,
) -> Reply:
    """Return a page of the book as far as it may be shown here.

    Raises:
        EmptyBookError, NotHereError.
    """
    quotes = services(interaction).quotes
    reach = await reach_of(interaction, private=private)
    if order is Order.MOST_QUOTED:
        return Reply(standings_embed(await quotes.book.most_quoted(reach)))
    today = await quotes.book.today(server_of(interaction).id) if order is Order.THIS_DAY else None
    searched = words if order is Order.SEARCH else ""
    found = await quotes.book.find(reach, Wanted(who, searched, today), page)
    view = _view(found, base36(interaction.user.id), order, base36(who or 0))
    return Reply(page_embed(found, say(TITLES[order]), searched), view)


async def offered(interaction: AnyInteraction, begun: str) -> list[app_commands.Choice[int]]:
    """Return the quotes whose number or words somebody has begun to type, at most 25."""
    reach = await reach_of(interaction, private=True)
    quotes = services(interaction).quotes
    # Discord sends a whole number as one, and what is not one yet as it was typed.
    found = await quotes.book.begun(reach, str(begun))
    return [app_commands.Choice(name=option(quote), value=quote.number) for quote in found]


def _view(found: Page, owner: str, order: Order, who: str) -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    view.add_item(QuoteMenu.of(found, owner))
    pages = min(-(-found.total // PAGE_SIZE), MAX_PAGES)
    if found.page:
        view.add_item(QuotePageButton.to(owner, found.page - 1, order, who, say("◀ Back")))
    if found.page + 1 < pages:
        view.add_item(QuotePageButton.to(owner, found.page + 1, order, who, say("More ▶")))
    return view
