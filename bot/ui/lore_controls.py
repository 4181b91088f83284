"""The buttons and menus under the archive's answers. All their state is in their ids."""

from collections.abc import Iterable
from typing import Self

import discord

from bot.canon.answers import PAGE_SIZE, Answer, Reading, View
from bot.canon.archive import Archive
from bot.canon.models import Entry
from bot.canon.quote import Quote, quote_of
from bot.language.speech import say
from bot.ui.canon_cards import CANON_CONTROLS, CanonCardButton
from bot.ui.controls import (
    OWNER,
    PAGE,
    WORK,
    AnyInteraction,
    Control,
    EntryGoneError,
    base36,
    button,
)
from bot.ui.flags import FlagButton
from bot.ui.lore import (
    entry_embed,
    entry_parts,
    lead,
    list_embed,
    miss_embed,
    remark,
    when,
)
from bot.ui.text import plain
from bot.ui.theme import CUSTOM_ID, OPTION, Reply, clip

MAX_PAGES = 50
_QUERY_ROOM = 44
_BEGINNING = 60
"""Characters by which a part of a text is found in it."""


class OpenButton(
    Control, template=rf"lo:{OWNER}:(?P<part>\d):(?P<reference>[a-z0-9-]{{1,32}}/[^\s/]{{1,44}})"
):
    """Opens an entry in the place of this one: a neighbour, or the next part of a long text."""

    @classmethod
    def to(cls, entry: Entry, owner: str, label: str, part: int = 0) -> "OpenButton":
        """Return the button that opens *entry*."""
        state = {"owner": owner, "part": str(part), "reference": entry.reference}
        custom_id = f"lo:{owner}:{part}:{entry.reference}"
        return cls(button(label, custom_id), state)

    async def act(self, interaction: AnyInteraction) -> None:
        """Show the entry."""
        archive, view = await self.desk_for(interaction)
        reading = await archive.library.read(self.state["reference"], view)
        if reading is None:
            raise EntryGoneError
        owner = self.state["owner"]
        await self.show(interaction, entry_reply(reading, owner, part=int(self.state["part"])))


class PageButton(Control, template=rf"lp:{OWNER}:{PAGE}:{WORK}"):
    """Turns the page of a list; the query stands in the list's author line."""

    @classmethod
    def to(cls, owner: str, work: str, page: int, label: str, *, there: bool) -> "PageButton":
        """Return the button to *page*, disabled unless *there* is one."""
        state = {"owner": owner, "page": str(page), "work": work}
        return cls(button(label, f"lp:{owner}:{page}:{work}", disabled=not there), state)

    async def act(self, interaction: AnyInteraction) -> None:
        """Show the page; the strip above a timeline is of all its pages, and stays."""
        reply = await _list(interaction, self, query_of(interaction))
        await self.show(interaction, reply, picture_stays=True)


class BackButton(Control, template=rf"lb:{OWNER}:{PAGE}:{WORK}:(?P<query>.{{1,{_QUERY_ROOM}}})"):
    """Goes back from an entry to the list it was opened from."""

    @classmethod
    def to(cls, owner: str, work: str, page: int, query: str) -> "BackButton":
        """Return the button to *page* of what *query* brings; `fits` says whether it can be."""
        state = {"owner": owner, "page": str(page), "work": work, "query": query}
        return cls(button(say("↩ List"), f"lb:{owner}:{page}:{work}:{query}"), state)

    @staticmethod
    def fits(query: str) -> bool:
        """Tell whether *query* is short enough to be carried in an id."""
        return 1 <= len(query) <= _QUERY_ROOM and "\n" not in query

    async def act(self, interaction: AnyInteraction) -> None:
        """Show the list."""
        await self.show(interaction, await _list(interaction, self, self.state["query"]))


class OpenMenu(Control, template=rf"ls:{OWNER}:{PAGE}:{WORK}"):
    """Opens one entry of the list above it."""

    letters = "ls"

    @classmethod
    def of(cls, entries: Iterable[Entry], owner: str, work: str, page: int) -> Self:
        """Return the menu of *entries*, at most 25."""
        options = [
            discord.SelectOption(
                label=clip(plain(f"{when(entry)} · {entry.title}"), OPTION),
                description=clip(plain(entry.work.title), OPTION),
                value=entry.reference,
            )
            for entry in entries
        ]
        menu: discord.ui.Select[discord.ui.View] = discord.ui.Select(
            custom_id=f"{cls.letters}:{owner}:{page}:{work}",
            placeholder=say("Open an entry"),
            options=options,
        )
        return cls(menu, {"owner": owner, "page": str(page), "work": work})

    async def act(self, interaction: AnyInteraction) -> None:
        """Show the chosen entry, with the way back."""
        archive, view = await self.desk_for(interaction)
        reading = await archive.library.read(self.chosen(interaction), view)
        if reading is None:
            raise EntryGoneError
        reply = entry_reply(reading, self.state["owner"])
        query = self.query(interaction)
        if BackButton.fits(query) and reply.view is not None:
            page = int(self.state["page"])
            back = BackButton.to(self.state["owner"], self.state["work"], page, query)
            if len(back.custom_id) <= CUSTOM_ID:
                reply.view.add_item(back)
        await self.show(interaction, reply)

    def query(self, interaction: AnyInteraction) -> str:
        """Return the query of the list."""
        return query_of(interaction)


CONTROLS = (OpenButton, PageButton, BackButton, OpenMenu, FlagButton, *CANON_CONTROLS)


def query_of(interaction: AnyInteraction) -> str:
    """Return the query of the list that *interaction* hangs on: our own message, so not forged."""
    embeds = interaction.message.embeds if interaction.message else []
    return (embeds[0].author.name or "") if embeds else ""


def title_of(interaction: AnyInteraction) -> str:
    """Return the title of the message that *interaction* hangs on."""
    embeds = interaction.message.embeds if interaction.message else []
    return (embeds[0].title or "") if embeds else ""


async def _list(interaction: AnyInteraction, control: Control, query: str) -> Reply:
    """Return the page of *query* that *control* is for."""
    state = control.state
    work = None if state["work"] == "*" else state["work"]
    archive, view = await control.desk_for(interaction, work)
    answer = await archive.lookup.answer(query, view, int(state["page"]))
    return list_reply(answer, state["owner"], state["work"])


async def answered(archive: Archive, query: str, view: View, owner_id: int) -> Reply:
    """Return the reply to `/event` *query*: the entry, the list, or that there is nothing."""
    return reply_to(*await archive.opened(query, view), view, owner_id)


def reply_to(answer: Answer, reading: Reading | None, view: View, owner_id: int) -> Reply:
    """Return *answer*, of *view*, as the first reply to whoever asked; *reading*: if it is one."""
    owner = base36(owner_id)
    if reading is not None:
        return entry_reply(reading, owner, answer)
    return list_reply(answer, owner, view.work.slug if view.work else "*")


def entry_reply(
    reading: Reading, owner: str, answer: Answer | None = None, *, part: int = 0
) -> Reply:
    """Return an entry with ◀ ▶ to its neighbours in time (for a long one, first to its parts)."""
    embed = entry_embed(reading, part)
    if answer:
        said = remark(answer)
        above = [f"*{said}*" if said else "", lead(answer), embed.description or ""]
        embed.description = "\n\n".join(each for each in above if each) or None
    view = discord.ui.View(timeout=None)
    entry, count = reading.entry, len(entry_parts(reading.entry))
    if part > 0:
        view.add_item(OpenButton.to(entry, owner, say("◀ Back a part"), part - 1))
    elif reading.before:
        view.add_item(OpenButton.to(reading.before, owner, f"◀ {_short(reading.before)}"))
    if part + 1 < count:
        onward = say("Read on ({part}/{parts}) ▶", part=part + 1, parts=count)
        view.add_item(OpenButton.to(entry, owner, onward, part + 1))
    elif reading.after:
        view.add_item(OpenButton.to(reading.after, owner, f"{_short(reading.after)} ▶"))
    view.add_item(CanonCardButton.of(_quote(entry, answer, part)))
    view.add_item(FlagButton.to(entry, owner))
    return Reply(embed, view)


def _quote(entry: Entry, answer: Answer | None, part: int) -> Quote:
    """Return what a card quotes: what the entry was found by, else what this part begins with."""
    if part == 0:
        return quote_of(entry, answer.words if answer else ())
    begins = entry_parts(entry)[part:][:1] or [""]
    return quote_of(entry, after=max(entry.text.find(begins[0][:_BEGINNING]), 0))


def _short(entry: Entry) -> str:
    return clip(plain(entry.date.written), 30) if entry.date else f"¶ {entry.number}"


def list_reply(answer: Answer, owner: str, work: str) -> Reply:
    """Return a page of a list with its menu and, where there are more, its page buttons."""
    if not answer.entries:
        return Reply(miss_embed(answer))
    pages = min(-(-answer.total // PAGE_SIZE), MAX_PAGES)
    view = discord.ui.View(timeout=None)
    view.add_item(OpenMenu.of(answer.entries, owner, work, answer.page))
    if pages > 1:
        before, after = answer.page - 1, answer.page + 1
        # A page that is not there still needs an id of its own.
        earlier = before if before >= 0 else MAX_PAGES
        view.add_item(PageButton.to(owner, work, earlier, say("◀ Back"), there=before >= 0))
        view.add_item(PageButton.to(owner, work, after, say("More ▶"), there=after < pages))
    return Reply(list_embed(answer, pages), view)
