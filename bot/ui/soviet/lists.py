"""The order of business, the ledger, the standing orders, the plan, a recount."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import discord

from bot.errors import BotError
from bot.soviet.errors import NoSuchArticleError
from bot.soviet.models import Kind, Motion, Status
from bot.soviet.orders import Article, Orders
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
_LINE: Final = 60

_LAWS: Final = {
    Law.ADOPTED: "in force",
    Law.REPEALED: "repealed",
    Law.OVERTAKEN: "overtaken",
    Law.FULFILLED: "fulfilled",
}


class NoNumberError(BotError):
    """What was typed names no motion."""

    def __init__(self, typed: str) -> None:
        super().__init__(
            f"“{clip(plain(typed), 40)}” is no number of a motion. Type its №, or pick one offered."
        )


def read_number(typed: str) -> int:
    """Return the № that somebody typed: `12`, `№ 12`, `#12`.

    Raises:
        NoNumberError: it is none.
    """
    bare = typed.strip().lstrip("№#").removeprefix("No.").strip()
    if not (bare.isascii() and bare.isdigit() and len(bare) <= 9):
        raise NoNumberError(typed)
    return int(bare)


class OlderButton(Control, template=r"so:l:(?P<before>\d{1,10})"):
    """Turns to the motions before a №."""

    @classmethod
    def of(cls, before: int) -> "OlderButton":
        """Return the button to the motions below № *before*."""
        return cls(button("Older ▶", f"so:l:{before}"), {"before": str(before)})

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
            placeholder="Open a motion",
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
    return clip(f"№ {number} · {' '.join(plain(text).split())}", OPTION)


async def shown(soviet: Soviet, guild_id: int, number: int, viewer_id: int | None = None) -> Screen:
    """Return № *number* as everybody may see it, or as *viewer_id* may."""
    motion = await soviet.chamber.motion(guild_id, number)
    return motion_screen(await soviet.ballots.standing(guild_id, motion.id, viewer_id))


async def business_screen(soviet: Soviet, guild_id: int) -> Screen:
    """Return what is before the House, and what it decided last."""
    running = await soviet.chamber.motions(guild_id, RUNNING, limit=PAGE)
    decided = await soviet.chamber.motions(guild_id, DECIDED, limit=PAGE + 1)
    embed = discord.Embed(title="Order of business", colour=RED)
    if not running and not decided:
        embed.colour = discord.Colour(GREY)
        embed.description = "Nothing has been moved yet. `/soviet motion` moves something."
    field(embed, "Before the House", [line_of(each) for each in running])
    field(embed, "Decided", [line_of(each) for each in decided[:PAGE]])
    return Screen(embed, _rows([*running, *decided[:PAGE]], decided))


async def older_screen(soviet: Soviet, guild_id: int, before: int) -> Screen:
    """Return the decided motions below № *before*."""
    found = await soviet.chamber.motions(guild_id, DECIDED, limit=PAGE + 1, before=before)
    lines = [line_of(each) for each in found[:PAGE]]
    embed = discord.Embed(
        title="Decided earlier", description="\n".join(lines) or "Nothing older.", colour=RED
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
        state = f"closes {stamp(motion.ends_at, 'R')}"
    elif motion.status is Status.TABLED:
        verb = "stands adopted" if motion.rules.kind is Kind.DECREE else "lapses"
        state = f"{verb} {stamp(motion.tabled_until, 'R')}"
    elif motion.closed_at is not None:
        state = f"{state} {stamp(motion.closed_at, 'd')}"
    return f"**№ {motion.number}** {clip(headline(motion.text), _LINE)} — {state}"


def ledger_screen(found: Sequence[Resolution], text: str) -> Screen:
    """Return resolutions, with a menu to open one."""
    about = f" on “{clip(safe_line(text), 60)}”" if text.strip() else ""
    embed = discord.Embed(title=f"Ledger of resolutions{about}", colour=RED)
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
            "Nothing here says that. Without words, the ledger shows everything."
            if about
            else "Nothing has been resolved here. `/soviet motion` moves something."
        )
    if len(found) >= CHOICES or len(lines) < len(found):
        embed.set_footer(text="The newest ones. Words in `text` find the rest.")
    menu = [(each.number, each.text) for each in found[: len(lines)]]
    return Screen(embed, ((OpenMotionMenu.of(menu),),) if menu else ())


def _entry(resolution: Resolution) -> str:
    state = _LAWS[resolution.law]
    if resolution.by_number is not None:
        state += f" by № {resolution.by_number}"
    note = f" ({clip(safe_line(resolution.note), 60)})" if resolution.note else ""
    adopted = stamp(resolution.adopted_at, "d")
    text = clip(headline(resolution.text), _LINE)
    return f"**№ {resolution.number}** {text} — {adopted}, {state}{note}"


def orders_screen(orders: Orders, only: str | None = None) -> Screen:
    """Return the standing orders; of one article also what it takes."""
    version = f"version {orders.version}" if orders.version else "as the house came"
    embed = discord.Embed(title=f"Standing orders · {version}", colour=RED)
    articles = [each for each in orders.articles if only in {None, each.key}]
    lines = [
        f"{each.number}\\. {each.title}: **{clip(each.value, 100)}**"
        + ("" if each.is_default else " ·")
        for each in articles
    ]
    if only is not None and articles:
        lines.append(f"Takes {articles[0].takes}.")
    embed.description = "\n".join(lines)
    if any(not each.is_default for each in articles):
        embed.set_footer(text="· differs from what the house came with")
    return Screen(embed)


def find_article(orders: Orders, typed: str) -> Article:
    """Return the article that somebody means, by number, name or title.

    Raises:
        NoSuchArticleError: there is none.
    """
    wanted = typed.strip().casefold().removeprefix("art.").removeprefix("§").strip()
    for each in orders.articles:
        if wanted in {each.key, str(each.number), each.title.casefold()}:
            return each
    raise NoSuchArticleError(typed)


def plan_screen(plan: Plan) -> Screen:
    """Return the Five-Year Plan: words promised against words delivered."""
    embed = discord.Embed(title="The Five-Year Plan", colour=RED)
    if plan.percent is None:
        embed.description = (
            "Nothing is due. The plan counts the words that adopted motions promised "
            "(`/soviet motion promises:`) and the quotas of the stories followed here."
        )
    else:
        embed.description = (
            f"**{plan.percent} %** fulfilled {bar(plan.delivered, plan.promised)}\n"
            f"{plan.delivered:,} of {plan.promised:,} words"
        )
    field(embed, "Items", [_plan_line(each) for each in reversed(plan.lines)])
    return Screen(embed)


def _plan_line(line: PlanLine) -> str:
    which = f"**№ {line.number}** " if line.number is not None else ""
    title = clip(safe_line(line.title), 70)
    if line.delivered is None:
        return f"{which}{title} — {line.promised:,} promised, not due yet"
    share = percent(line.delivered, line.promised)
    return f"{which}{title} — {line.delivered:,} of {line.promised:,} ({share} %)"


def recount_screen(recount: Recount) -> Screen:
    """Return what a second count, by other code, came to."""
    motion = recount.motion
    if recount.recorded.withheld:
        said = "The numbers of this secret ballot stay sealed; counted again"
        agree = ", they agree." if recount.identical else ", they do NOT agree."
        description = said + agree
    elif recount.identical:
        description = "Identical: counted again from the ballots, by code that shares nothing."
    else:
        description = "**Not identical.** Tell whoever runs this bot, with the № of the motion."
    embed = discord.Embed(title=headline(motion.text), description=description, colour=RED)
    embed.set_author(name=f"Motion № {motion.number} · recount")
    field(embed, "Recorded", result_lines(motion, recount.recorded))
    if not recount.identical:
        field(embed, "Counted now", result_lines(motion, recount.counted))
    if recount.recorded.fingerprint:
        embed.set_footer(text=f"Fingerprint of the ballots: {recount.recorded.fingerprint[:16]}")
    return Screen(embed)


def said(text: str) -> Reply:
    """Return one plain sentence as a reply."""
    return Reply(discord.Embed(description=text, colour=RED))
