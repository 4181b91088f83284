"""Answers of the archive as Discord shows them: pure functions from answers to replies."""

from collections.abc import Collection, Iterable

import discord

from bot.canon.answers import Answer, Catalogue, Holding, Reading
from bot.canon.excerpt import CUT, excerpt, parts
from bot.canon.kinds import kind_name
from bot.canon.models import Dispute, Entry, Tier, Work
from bot.canon.names import tokens
from bot.canon.search import Manner
from bot.language.speech import say, say_in, say_list, say_many, say_quoted
from bot.ui.text import plain, safe, safe_line
from bot.ui.theme import FIELDS, GREY, READABLE, RED, clip, field

MAX_PARTS = 10
_LINE = 150
_EXCERPT = 220
_LONG = 700
"""Characters: about what a phone shows at once."""
_ALIASES = 3


def entry_embed(reading: Reading, part: int = 0) -> discord.Embed:
    """Return the whole entry: date, text, parallels, disputes, names and source."""
    entry = reading.entry
    text, shown = entry_text(entry), entry_parts(entry)
    part = min(part, len(shown) - 1)
    embed = discord.Embed(
        title=clip(safe_line(entry.title), 250) if entry.date else None,
        description=safe(shown[part]) if text else None,
        colour=entry.work.colour,
    )
    if entry.date and entry.work.page:
        embed.url = f"{entry.work.page}#{entry.key}"
    where = when(entry) if entry.date else _place(entry)
    embed.set_author(name=clip(f"{where} · {entry.work.title}", 250))
    if part == len(shown) - 1:
        field(embed, say("In our timeline"), [entry_line(each) for each in reading.parallels])
        disputed(embed, reading.disputes, entry.work)
        names = " · ".join(safe_line(entity.name) for entity in reading.entities)
        field(embed, say("Named here"), [names] if names else [])
    embed.set_footer(text=clip(citation(entry), 2000))
    return embed


def entry_text(entry: Entry) -> str:
    """Return the entry's text without the sentence that already is its title."""
    text = entry.text.strip()
    if entry.date and text.startswith(entry.title):
        rest = text[len(entry.title) :].lstrip(".").strip()
        return rest if text[len(entry.title) : len(entry.title) + 1] in {".", ""} else text
    return text


def entry_parts(entry: Entry) -> list[str]:
    """Return the text in screens; nearly always one."""
    return parts(entry_text(entry), READABLE, MAX_PARTS)


def when(entry: Entry) -> str:
    """Return the date as the document writes it, or its place in the chapter."""
    return entry.date.written if entry.date else _place(entry)


def _place(entry: Entry) -> str:
    return f"{clip(entry.source.title, 80)}, ¶ {entry.number}"


def citation(entry: Entry) -> str:
    """Return where the entry stands, in words: document, place, chapter, kind of source."""
    source, title, number = entry.source, entry.source.title, entry.number
    said = [
        say("Source: {title}, entry {number}", title=title, number=number)
        if entry.date
        else say("Source: {title}, paragraph {number}", title=title, number=number)
    ]
    if source.chapter:
        said.append(say("told in chapter {chapter}", chapter=source.chapter))
    said.append(tier_name(source.tier))
    if entry.date and entry.date.out_of_order:
        said.append(say("stands out of order there"))
    return " · ".join(said)


def tier_name(tier: Tier) -> str:
    """Return how canonical a source is, in words."""
    return {
        Tier.CHAPTER: say_in("source", "chapter"),
        Tier.AUTHOR: say_in("source", "the author's word"),
        Tier.TIMELINE: say_in("source", "timeline"),
        Tier.COMMENT: say_in("source", "readers' remarks"),
    }[tier]


def sources_line(entries: Iterable[Entry], page: int = 0, pages: int = 1) -> str:
    """Return the documents that *entries* stand in and, of several, the page they are."""
    titles = " · ".join(dict.fromkeys(entry.source.title for entry in entries))
    said = say("Source: {sources}", sources=titles) if titles else say("No source")
    if pages <= 1:
        return said
    return say("Page {page} of {pages}", page=page + 1, pages=pages) + f" · {said}"


def entry_line(entry: Entry, words: Collection[str] = ()) -> str:
    """Return one line of a list: the date and title, or the place and what it says of *words*."""
    if entry.date:
        return f"- **{safe_line(when(entry))}** · {clip(safe_line(entry.title), _LINE)}"
    return f"- **{safe_line(when(entry))}** · {safe_line(excerpt(entry.text, words, _EXCERPT))}"


def disputed(embed: discord.Embed, disputes: Iterable[Dispute], beside: Work | None = None) -> None:
    """Add what works say against each other: a field each, with the passages that say so.

    *beside* what one of them says, its own side is cited without its words: they were just read.
    """
    for dispute in disputes:
        sides = (
            (dispute.here_work, dispute.here, dispute.here_entry),
            (dispute.there_work, dispute.there, dispute.there_entry),
        )
        own = beside.slug if beside else ""
        lines = [
            _side(work, "" if work.slug == own and entry else said, entry)
            for work, said, entry in sides
        ]
        named = say("Disputed") + f" · {plain(dispute.about)}"
        field(embed, named, lines)


def _side(work: Work, said: str, entry: Entry | None) -> str:
    words = f": {clip(safe_line(said), 200)}" if said else ""
    return f"- {safe_line(work.title)}{words}{_cited(entry)}"


def _cited(entry: Entry | None) -> str:
    """Return the document and the passage in parentheses, linked where the work has its page."""
    if entry is None:
        return ""
    place = entry.date.written if entry.date else f"¶ {entry.number}"
    words = f"{clip(safe_line(entry.source.title), 60)}, {safe_line(place)}"
    linked = f"[{words}]({entry.work.page}#{entry.key})" if entry.work.page else words
    return f" ({linked})"


def list_embed(answer: Answer, pages: int) -> discord.Embed:
    """Return a page of several entries, one line each, under what was asked.

    The embed's author line is the query as it was read: the page buttons find it there.
    """
    words = answer.words or tokens(answer.query.words)
    several = len({entry.work.slug for entry in answer.entries}) > 1
    lines = [_listed(entry, words, titled=several) for entry in answer.entries]
    count = say_many("{number} entry", "{number} entries", answer.total)
    remarks = remark(answer)
    embed = discord.Embed(
        title=count,
        description="\n".join([*([f"{remarks}\n"] if remarks else []), *lines]),
        colour=answer.entries[0].work.colour if not several else RED,
    )
    embed.set_author(name=answer.query.text[:200])
    embed.set_footer(text=clip(sources_line(answer.entries, answer.page, pages), 500))
    return embed


def _listed(entry: Entry, words: Collection[str], *, titled: bool) -> str:
    work = f" — *{safe_line(entry.work.title)}*" if titled else ""
    return f"{entry_line(entry, words)}{work}"


def remark(answer: Answer) -> str:
    """Return the sentence that says how the entries were found, when that is not plain."""
    said: list[str] = []
    if answer.corrections:
        read = ", ".join(f"**{safe_line(to)}**" for _, to in answer.corrections)
        said.append(say("Read as {names}.", names=read))
    if answer.from_history:
        said.append(say("No story here tells of it. In our timeline:"))
    if answer.query.alternatives:
        said.append(say("That date can be read day first or month first; here are both."))
    if answer.elsewhen and answer.query.words:
        said.append(say("Nothing of that in those days; at other times:"))
    elif answer.elsewhen:
        said.append(say("No entry names that very day. Dated around it:"))
    if answer.mentioned:
        said.append(say("Nothing is dated then. Spoken of in:"))
    if answer.manner is Manner.SOME:
        without = say_list(say_quoted(safe_line(word)) for word in answer.missing[:3])
        if without:
            said.append(say("Nothing says {words}. Nearest to the rest:", words=without))
        else:
            said.append(say("No entry has all of that. Nearest to the rest:"))
    if answer.query.problem:
        said.append(safe_line(answer.query.problem))
    return " ".join(said)


def lead(answer: Answer) -> str:
    """Return what answers the query at once, above a long entry: who it is, the telling sentence.

    Empty where the entry's own beginning says it.
    """
    said: list[str] = []
    if answer.about:
        entity = answer.about
        names = ", ".join(safe_line(alias) for alias in entity.aliases[:_ALIASES])
        what = safe_line(entity.blurb) or (say("also {names}", names=names) if names else "")
        head = f"**{safe_line(entity.name)}** ({kind_name(entity.kind)})"
        said.append(f"{head}: {what}" if what else head)
    text = entry_text(answer.entries[0])
    if answer.words and len(text) > _LONG:
        telling = excerpt(text, answer.words, _EXCERPT)
        if telling.startswith(CUT):
            said.append(f"> {safe_line(telling)}")
    return "\n".join(said)


def miss_embed(answer: Answer) -> discord.Embed:
    """Return the answer to a query that nothing answers to, with the way on."""
    asked = clip(safe_line(answer.query.text), 120)
    said = safe_line(answer.query.problem) if answer.query.problem else ""
    lines = [said or say("The archive holds nothing on “{asked}”.", asked=asked)]
    if answer.nearest:
        near = ", ".join(say_quoted(safe_line(name)) for name in answer.nearest)
        lines.append(say("The nearest names: {names}.", names=near))
    embed = discord.Embed(title=say("Nothing found"), description="\n".join(lines), colour=GREY)
    embed.set_author(name=answer.query.text[:200])
    field(embed, say("Nearest before"), [entry_line(answer.before)] if answer.before else [])
    field(embed, say("Nearest after"), [entry_line(answer.after)] if answer.after else [])
    embed.set_footer(
        text=say("A year, a date, a name or a few words: 1932 · spring 1926 · long march")
    )
    return embed


def catalogue_embed(catalogue: Catalogue) -> discord.Embed:
    """Return the works, their documents and credits, when they were read and what was odd."""
    embed = discord.Embed(
        title=say("The shelves"),
        description=say("Read anew {when}.", when=f"<t:{catalogue.built_at // 1000}:R>"),
        colour=RED,
    )
    for holding in catalogue.holdings[: FIELDS - 1]:
        kind = say("our timeline") if holding.work.is_history else say("fiction")
        field(embed, f"{safe_line(holding.work.title)} · {kind}", list(_holding(holding)))
    more = len(catalogue.warnings) - 5
    notes = [clip(safe_line(note), 180) for note in catalogue.warnings[:5]]
    notes += [say("and {number} more", number=more)] if more > 0 else []
    field(embed, say("Noticed while reading"), notes)
    return embed


def _holding(holding: Holding) -> Iterable[str]:
    work = holding.work
    if work.blurb:
        yield clip(safe_line(work.blurb), 300)
    credit = " · ".join(safe_line(each) for each in (work.author, work.credit) if each)
    if credit:
        yield clip(credit, 200)
    for source in holding.sources:
        counts = [say_many("{number} passage", "{number} passages", source.passages)]
        if source.events:
            counts.append(say_many("{number} dated", "{number} dated", source.events))
        counts.append(say_many("{number} word", "{number} words", source.words))
        tier = tier_name(Tier(source.tier))
        yield f"• {clip(safe_line(source.title), 90)}: {', '.join(counts)} ({tier})"
    if work.url:
        yield f"<{work.url}>"
