"""The order of business, the ledger, the standing orders, the plan, a recount."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import discord

from bot.errors import BotError
from bot.language.speech import mark, say, say_in, say_many, say_number
from bot.soviet.models import Kind, Motion, Status
from bot.soviet.orders import Orders
from bot.soviet.results import Law, Plan, PlanLine, Recount, Resolution
from bot.soviet.service import Soviet
from bot.ui.controls import AnyInteraction, Control, button
from bot.ui.soviet.ballots import motion_screen
from bot.ui.soviet.clicks import guild_of, soviet_of
from bot.ui.soviet.screen import Item, Screen
from bot.ui.soviet.verdict import result_lines
from bot.ui.soviet.words import bar, headline, percent, stamp, state_of
from bot.ui.text import plain, safe_line
from bot.ui.theme import CHOICES, GREY, OPTION, RED, Reply, clip, field

PAGE: Final = 10
RUNNING: Final = (Status.OPEN, Status.TABLED)
DECIDED: Final = (Status.CLOSED, Status.WITHDRAWN)
PLAN: Final = "plan"
CALLED_PLAN: Final = frozenset({PLAN, "план"})
"""What is typed for it."""
_LINE: Final = 60

_LAWS: Final = {
    Law.ADOPTED: mark("in force"),
    Law.REPEALED: mark("repealed"),
    Law.OVERTAKEN: mark("overtaken"),
    Law.FULFILLED: mark("fulfilled"),
}
_MARKED: Final = {
    Law.ADOPTED: mark("№ {number} is marked **adopted**"),
    Law.OVERTAKEN: mark("№ {number} is marked **overtaken**"),
    Law.FULFILLED: mark("№ {number} is marked **fulfilled**"),
}


class NoNumberError(BotError):
    """What was typed names no motion."""

    def __init__(self, typed: str) -> None:
        super().__init__(
            say(
                "“{typed}” is no number of a motion. Type its №, or pick one offered.",
                typed=clip(plain(typed), 40),
            )
        )


def read_number(typed: str) -> int:
    """Return the № that somebody typed: `12`, `№ 12`, `#12`.

    Raises:
        NoNumberError: it is none.
    """
    bare = typed.strip().lstrip("№#").removeprefix("No.").removeprefix("Nr.").strip()
    if not (bare.isascii() and bare.isdigit() and len(bare) <= 9):
        raise NoNumberError(typed)
    return int(bare)


class OlderButton(Control, template=r"so:l:(?P<before>\d{1,10})"):
    """Turns to the motions before a №."""

    @classmethod
    def of(cls, before: int) -> "OlderButton":
        """Return the button to the motions below № *before*."""
        return cls(button(say("Older ▶"), f"so:l:{before}"), {"before": str(before)})

    async def act(self, interaction: AnyInteraction) -> None:
        """Show them: in place for a private list, else privately, for the list is everybody's."""
        before = int(self.state["before"])
        reply = (await older_screen(soviet_of(interaction), guild_of(interaction), before)).reply()
        if interaction.message is not None and interaction.message.flags.ephemeral:
            await interaction.response.edit_message(**reply.edited())
        else:
            await interaction.response.send_message(**reply.sent(), ephemeral=True)


class OpenMotionMenu(Control, template=r"so:j"):
    """Opens one motion of a list, privately."""

    @classmethod
    def of(cls, entries: Iterable[tuple[int, str]]) -> "OpenMotionMenu":
        """Return the menu of (№, text)."""
        menu: discord.ui.Select[Any] = discord.ui.Select(
            custom_id="so:j",
            placeholder=say("Open a motion"),
            options=[
                discord.SelectOption(label=option_label(number, text), value=str(number))
                for number, text in list(entries)[:CHOICES]
            ],
        )
        return cls(menu, {})

    async def act(self, interaction: AnyInteraction) -> None:
        """Show it."""
        number = read_number(self.chosen(interaction))
        soviet, guild_id = soviet_of(interaction), guild_of(interaction)
        screen = await shown(soviet, guild_id, number, interaction.user.id)
        await interaction.response.send_message(**screen.reply().sent(), ephemeral=True)


CONTROLS = (OlderButton, OpenMotionMenu)


def option_label(number: int, text: str) -> str:
    """Return a motion as a line of a menu or a suggestion."""
    return clip(
        say("№ {number} · {text}", number=number, text=" ".join(plain(text).split())), OPTION
    )


async def shown(soviet: Soviet, guild_id: int, number: int, viewer_id: int | None = None) -> Screen:
    """Return № *number* as everybody may see it, or as *viewer_id* may."""
    motion = await soviet.chamber.motion(guild_id, number)
    return motion_screen(await soviet.ballots.standing(guild_id, motion.id, viewer_id))


async def business_screen(soviet: Soviet, guild_id: int) -> Screen:
    """Return what is before the House, and what it decided last."""
    running = await soviet.chamber.motions(guild_id, RUNNING, limit=PAGE)
    decided = await soviet.chamber.motions(guild_id, DECIDED, limit=PAGE + 1)
    embed = discord.Embed(title=say("Order of business"), colour=RED)
    if not running and not decided:
        embed.colour = discord.Colour(GREY)
        embed.description = say("Nothing has been moved yet. `/soviet motion` moves something.")
    field(embed, say("Before the House"), [line_of(each) for each in running])
    field(embed, say("Decided"), [line_of(each) for each in decided[:PAGE]])
    return Screen(embed, _rows([*running, *decided[:PAGE]], decided))


async def older_screen(soviet: Soviet, guild_id: int, before: int) -> Screen:
    """Return the decided motions below № *before*."""
    found = await soviet.chamber.motions(guild_id, DECIDED, limit=PAGE + 1, before=before)
    lines = [line_of(each) for each in found[:PAGE]]
    embed = discord.Embed(
        title=say("Decided earlier"),
        description="\n".join(lines) or say("Nothing older."),
        colour=RED,
    )
    return Screen(embed, _rows(found[:PAGE], found))


def _rows(listed: Sequence[Motion], decided: Sequence[Motion]) -> tuple[tuple[Item, ...], ...]:
    rows: list[tuple[Item, ...]] = []
    if listed:
        rows.append((OpenMotionMenu.of((each.number, each.text) for each in listed),))
    if len(decided) > PAGE:
        rows.append((OlderButton.of(decided[PAGE - 1].number),))
    return tuple(rows)


def line_of(motion: Motion) -> str:
    """Return a motion in a line of a list: №, text, and where it stands."""
    state, _ = state_of(motion)
    if motion.status is Status.OPEN and motion.ends_at is not None:
        state = say("closes {moment}", moment=stamp(motion.ends_at, "R"))
    elif motion.status is Status.TABLED:
        moment = stamp(motion.tabled_until, "R")
        if motion.rules.kind is Kind.DECREE:
            state = say("stands adopted {moment}", moment=moment)
        else:
            state = say("lapses {moment}", moment=moment)
    elif motion.closed_at is not None:
        state = f"{state} {stamp(motion.closed_at, 'd')}"
    return say(
        "**№ {number}** {headline} — {state}",
        number=motion.number,
        headline=clip(headline(motion.text), _LINE),
        state=state,
    )


def ledger_screen(found: Sequence[Resolution], text: str) -> Screen:
    """Return resolutions, with a menu to open one."""
    title = say("Ledger of resolutions")
    if text.strip():
        title = say("Ledger of resolutions on “{text}”", text=clip(safe_line(text), 60))
    embed = discord.Embed(title=title, colour=RED)
    lines: list[str] = []
    for each in found:
        line = _entry(each)
        if sum(len(known) + 1 for known in lines) + len(line) > 3_800:
            break
        lines.append(line)
    embed.description = "\n".join(lines)
    if not lines:
        embed.colour = discord.Colour(GREY)
        embed.description = (
            say("Nothing here says that. Without words, the ledger shows everything.")
            if text.strip()
            else say("Nothing has been resolved here. `/soviet motion` moves something.")
        )
    if len(found) >= CHOICES or len(lines) < len(found):
        embed.set_footer(text=say("The newest ones. Words in `text` find the rest."))
    menu = [(each.number, each.text) for each in found[: len(lines)]]
    return Screen(embed, ((OpenMotionMenu.of(menu),),) if menu else ())


def _entry(resolution: Resolution) -> str:
    state = say(_LAWS[resolution.law])
    if resolution.by_number is not None:
        state = say("{state} by № {number}", state=state, number=resolution.by_number)
    note = f" ({clip(safe_line(resolution.note), 60)})" if resolution.note else ""
    return say(
        "**№ {number}** {headline} — {adopted}, {state}",
        number=resolution.number,
        headline=clip(headline(resolution.text), _LINE),
        adopted=stamp(resolution.adopted_at, "d"),
        state=state + note,
    )


def marked_words(resolution: Resolution) -> str:
    """Return the sentence that says what a resolution was marked as, and why."""
    remark = f" ({clip(safe_line(resolution.note), 100)})" if resolution.note else ""
    return say(_MARKED[resolution.law], number=resolution.number) + f"{remark}."


def orders_screen(orders: Orders, only: str | None = None) -> Screen:
    """Return the standing orders; of one article also what it takes."""
    title = say("Standing orders · as the house came")
    if orders.version:
        title = say("Standing orders · version {version}", version=orders.version)
    embed = discord.Embed(title=title, colour=RED)
    articles = [each for each in orders.articles if only in {None, each.key}]
    lines = [
        f"{each.number}\\. {each.title}: **{clip(each.shown, 100)}**"
        + ("" if each.is_default else " ·")
        for each in articles
    ]
    if only is not None and articles:
        lines.append(say("Takes {takes}.", takes=articles[0].takes))
    embed.description = "\n".join(lines)
    if any(not each.is_default for each in articles):
        embed.set_footer(text=say("· differs from what the house came with"))
    return Screen(embed)


def plan_screen(plan: Plan) -> Screen:
    """Return the Five-Year Plan: words promised against words delivered."""
    embed = discord.Embed(title=say("The Five-Year Plan"), colour=RED)
    if plan.percent is None:
        embed.description = say(
            "Nothing is due. The plan counts the words that adopted motions promised "
            "(`/soviet motion promises:`) and the quotas of the stories followed here."
        )
    else:
        embed.description = say_many(
            "**{percent} %** fulfilled {bar}\n{delivered} of {number} words",
            "**{percent} %** fulfilled {bar}\n{delivered} of {number} words",
            plan.promised,
            percent=plan.percent,
            bar=bar(plan.delivered, plan.promised),
            delivered=say_number(plan.delivered),
        )
    field(embed, say("Items"), [_plan_line(each) for each in reversed(plan.lines)])
    return Screen(embed)


def _plan_line(line: PlanLine) -> str:
    title = clip(safe_line(line.title), 70)
    if line.number is not None:
        title = say("**№ {number}** {title}", number=line.number, title=title)
    promised = say_number(line.promised)
    if line.delivered is None:
        return say("{title} — {promised} promised, not due yet", title=title, promised=promised)
    return say(
        "{title} — {delivered} of {promised} ({percent} %)",
        title=title,
        delivered=say_number(line.delivered),
        promised=promised,
        percent=percent(line.delivered, line.promised),
    )


def recount_screen(recount: Recount) -> Screen:
    """Return what a second count, by other code, came to."""
    motion = recount.motion
    description = _comparison(recount)
    embed = discord.Embed(title=headline(motion.text), description=description, colour=RED)
    embed.set_author(name=say("Motion № {number} · recount", number=motion.number))
    field(embed, say_in("count", "Recorded"), result_lines(motion, recount.recorded))
    if not recount.identical:
        field(embed, say("Counted now"), result_lines(motion, recount.counted))
    if fingerprint := recount.recorded.fingerprint[:16]:
        embed.set_footer(text=say("Fingerprint of the ballots: {hash}", hash=fingerprint))
    return Screen(embed)


def _comparison(recount: Recount) -> str:
    if recount.recorded.withheld and recount.identical:
        return say("The numbers of this secret ballot stay sealed; counted again, they agree.")
    if recount.recorded.withheld:
        return say(
            "The numbers of this secret ballot stay sealed; counted again, they do NOT agree."
        )
    if recount.identical:
        return say("Identical: counted again from the ballots, by code that shares nothing.")
    return say("**Not identical.** Tell whoever runs this bot, with the № of the motion.")


def said(text: str) -> Reply:
    """Return one plain sentence as a reply."""
    return Reply(discord.Embed(description=text, colour=RED))
