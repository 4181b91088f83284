"""Cards of people and things, comparisons, anniversaries: as Discord shows them."""

import re
from collections.abc import Iterable

import discord

from bot.canon.almanac import Anniversaries
from bot.canon.compare import Column, Comparison
from bot.canon.kinds import kind_name
from bot.canon.models import Entity, Entry
from bot.canon.names import fold, tokens
from bot.canon.quote import Quote
from bot.canon.registry import Card
from bot.language.speech import say, say_day, say_many, say_month_alone
from bot.ui.canon_cards import CanonCardButton
from bot.ui.controls import OWNER, PAGE, WORK, AnyInteraction, Control, base36
from bot.ui.lore import disputed, entry_line, sources_line, when
from bot.ui.lore_controls import OpenMenu, title_of
from bot.ui.text import plain, safe, safe_line, unsafe
from bot.ui.theme import CHOICES, GREY, OPTION, RED, Reply, clip, field

_ALIASES = 12


def card_reply(card: Card, owner_id: int) -> Reply:
    """Return an entity's card with menus to its entries and to its namesakes."""
    owner = base36(owner_id)
    view = discord.ui.View(timeout=None)
    entries = list(dict.fromkeys([*card.dated, *(quote.entry for quote in card.quotes)]))
    if entries:
        view.add_item(CardMenu.of(entries[:CHOICES], owner, card.entity.work.slug, 0))
    if card.quotes:
        view.add_item(CanonCardButton.of(card.quotes[0]))
    if card.others:
        view.add_item(EntityMenu.of(card.others, owner))
    return Reply(card_embed(card), view if view.children else None)


def card_embed(card: Card) -> discord.Embed:
    """Return what the sources say of an entity: names, sentences, dates, disputes."""
    entity = card.entity
    embed = discord.Embed(
        title=clip(safe_line(entity.name), 250),
        description=safe(entity.blurb) or None,
        colour=entity.work.colour,
    )
    kind = kind_name(entity.kind)
    embed.set_author(name=clip(f"{kind} · {plain(entity.work.title)}", 250))
    aliases = " · ".join(safe_line(alias) for alias in entity.aliases[:_ALIASES])
    field(embed, say("Also called"), [aliases] if aliases else [])
    if not entity.blurb or not card.dated:
        field(embed, say("What the sources say"), [_quoted(quote) for quote in card.quotes])
    more = card.dated_total - len(card.dated)
    lines = [entry_line(entry) for entry in card.dated]
    field(embed, say("Timeline"), lines + _rest(more))
    disputed(embed, card.disputes, entity.work)
    field(embed, say("Elsewhere"), [_other(other) for other in card.others[:6]])
    count = say_many("named in {number} passage", "named in {number} passages", card.passages)
    sources = sources_line(quote.entry for quote in card.quotes)
    embed.set_footer(text=clip(f"{count}\n{sources}", 800))
    return embed


def _rest(more: int) -> list[str]:
    """Return the line that says that there are *more*."""
    said = say("and {number} more", number=more)
    return [f"-# {said}"] if more > 0 else []


def _quoted(quote: Quote) -> str:
    return f"**{safe_line(when(quote.entry))}** · {safe_line(quote.text)}"


def _other(entity: Entity) -> str:
    said = f": {clip(safe_line(entity.blurb), 140)}" if entity.blurb else ""
    return f"- **{safe_line(entity.work.title)}** · {safe_line(entity.name)}{said}"


class CardMenu(OpenMenu, template=rf"lk:{OWNER}:{PAGE}:{WORK}"):
    """Opens one entry of the card above it; back leads to the list of that name."""

    letters = "lk"

    def query(self, interaction: AnyInteraction) -> str:
        """Return the name on the card."""
        return unsafe(title_of(interaction))


class EntityMenu(Control, template=rf"le:{OWNER}"):
    """Opens the card of a namesake, or of the same thing in another work."""

    @classmethod
    def of(cls, entities: Iterable[Entity], owner: str) -> "EntityMenu":
        """Return the menu of *entities*, at most 25."""
        options = [
            discord.SelectOption(
                label=clip(f"{plain(entity.name)} — {kind_name(entity.kind)}", OPTION),
                description=clip(plain(entity.work.title), OPTION),
                value=entity.reference,
            )
            for entity in list(entities)[:CHOICES]
        ]
        menu: discord.ui.Select[discord.ui.View] = discord.ui.Select(
            custom_id=f"le:{owner}", placeholder=say("The same elsewhere"), options=options
        )
        return cls(menu, {"owner": owner})

    async def act(self, interaction: AnyInteraction) -> None:
        """Show the chosen card."""
        archive, view = await self.desk_for(interaction)
        card = await archive.registry.entry(self.chosen(interaction), view)
        await self.show(interaction, card_reply(card, int(self.state["owner"], 36)))


def comparison_reply(comparison: Comparison, owner_id: int) -> Reply:
    """Return what the works say side by side, with the menu to open what they cite."""
    entries = [entry for column in comparison.columns for entry in column.entries]
    return _with_menu(comparison_embed(comparison), entries, owner_id)


def anniversaries_reply(found: Anniversaries, owner_id: int) -> Reply:
    """Return the entries of a day of the year, with the menu to open one."""
    return _with_menu(anniversaries_embed(found), found.entries, owner_id)


def _with_menu(embed: discord.Embed, entries: Iterable[Entry], owner_id: int) -> Reply:
    some = list(dict.fromkeys(entries))[:CHOICES]
    if not some:
        return Reply(embed)
    view = discord.ui.View(timeout=None)
    view.add_item(OpenMenu.of(some, base36(owner_id), "*", 0))
    return Reply(embed, view)


def comparison_embed(comparison: Comparison) -> discord.Embed:
    """Return each work's answer under its title, and the contradictions by name.

    Without an author line, as that of a day: there stands what a list goes back to.
    """
    title = say("Side by side: {asked}", asked=safe_line(comparison.asked))
    embed = discord.Embed(title=clip(title, 250), colour=RED)
    told = [column for column in comparison.columns if column.entity or column.entries]
    if not told:
        embed.colour = discord.Colour(GREY)
        embed.description = say(
            "No work here tells of it. A date or a name does best: 1924, Stalin."
        )
    for column in comparison.columns if told else ():
        field(embed, column.work.title, _column(column, tokens(comparison.asked)))
    disputed(embed, comparison.disputes)
    entries = [entry for column in comparison.columns for entry in column.entries]
    if entries:
        embed.set_footer(text=clip(sources_line(entries), 800))
    return embed


def _column(column: Column, words: list[str]) -> list[str]:
    lines = []
    if column.entity and column.entity.blurb:
        lines.append(clip(safe_line(column.entity.blurb), 300))
    lines += [entry_line(entry, words) for entry in column.entries]
    lines += _rest(column.total - len(column.entries))
    return lines or ["-# " + say("silent")]


def anniversaries_embed(found: Anniversaries) -> discord.Embed:
    """Return the entries of a day of the year, or of its month, each with its work."""
    title = (
        say("This month: {month}", month=say_month_alone(found.day))
        if found.whole_month
        else say("On this day: {day}", day=say_day(found.day))
    )
    lines = [f"{entry_line(entry)} — *{safe_line(entry.work.title)}*" for entry in found.entries]
    embed = discord.Embed(
        title=title,
        description="\n".join(lines) or say("The archive has nothing of this month."),
        colour=RED if lines else GREY,
    )
    embed.set_footer(text=clip(sources_line(found.entries), 800))
    return embed


def marked(text: str, words: set[str]) -> str:
    """Return *text* made safe, on one line, with each of the folded *words* in bold."""
    return re.sub(
        r"[^\W_]+",
        lambda match: f"**{match.group()}**" if fold(match.group()) in words else match.group(),
        safe_line(text),
    )
