"""Passages with the words marked: what `/lore search` shows, and its page buttons."""

import discord

from bot.canon.answers import PAGE_SIZE
from bot.canon.passages import Passages
from bot.canon.search import Manner
from bot.language.speech import say, say_many
from bot.ui.controls import OWNER, PAGE, WORK, AnyInteraction, Control, base36, button
from bot.ui.lore import sources_line, when
from bot.ui.lore_controls import MAX_PAGES, OpenMenu, query_of
from bot.ui.registry import marked
from bot.ui.text import safe_line
from bot.ui.theme import GREY, RED, Reply, clip


class SearchPage(Control, template=rf"lq:{OWNER}:{PAGE}:{WORK}"):
    """Turns the page of a search; what was searched for stands in the author line."""

    @classmethod
    def to(cls, owner: str, work: str, page: int, label: str) -> "SearchPage":
        """Return the button to *page*."""
        state = {"owner": owner, "page": str(page), "work": work}
        return cls(button(label, f"lq:{owner}:{page}:{work}"), state)

    async def act(self, interaction: AnyInteraction) -> None:
        """Show the page."""
        state = self.state
        work = None if state["work"] == "*" else state["work"]
        archive, view = await self.desk_for(interaction, work)
        found = await archive.passages.find(query_of(interaction), view, int(state["page"]))
        await self.show(interaction, passages_reply(found, int(state["owner"], 36), state["work"]))


def passages_reply(found: Passages, owner_id: int, work: str) -> Reply:
    """Return a page of passages with the menu to open one and the buttons to turn it."""
    if not found.entries:
        return Reply(_none(found))
    owner = base36(owner_id)
    pages = min(-(-found.total // PAGE_SIZE), MAX_PAGES)
    view = discord.ui.View(timeout=None)
    view.add_item(OpenMenu.of(found.entries, owner, work, found.page))
    if found.page:
        view.add_item(SearchPage.to(owner, work, found.page - 1, say("◀ Back")))
    if found.page + 1 < pages:
        view.add_item(SearchPage.to(owner, work, found.page + 1, say("More ▶")))
    return Reply(_page(found, pages), view)


def _page(found: Passages, pages: int) -> discord.Embed:
    words = set(found.words)
    lines = [
        f"**{safe_line(when(entry))}** — *{safe_line(entry.work.title)}*\n{marked(said, words)}"
        for entry, said in zip(found.entries, found.excerpts, strict=True)
    ]
    remark = ""
    if found.manner is Manner.SOME:
        remark = say("No passage has all of that. Nearest:") + "\n\n"
    count = say_many("{number} passage", "{number} passages", found.total)
    embed = discord.Embed(title=count, description=remark + "\n\n".join(lines), colour=RED)
    embed.set_author(name=found.asked[:200])
    embed.set_footer(text=clip(sources_line(found.entries, found.page, pages), 800))
    return embed


def _none(found: Passages) -> discord.Embed:
    asked = clip(safe_line(found.asked), 120)
    said = say("No passage says “{asked}”.", asked=asked)
    embed = discord.Embed(title=say("Nothing found"), description=said, colour=GREY)
    embed.set_author(name=found.asked[:200])
    embed.set_footer(text=say("Fewer words find more. /event understands dates and questions."))
    return embed
