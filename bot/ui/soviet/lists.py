"""The ledger, the standing orders, the plan, a recount."""

from collections.abc import Sequence
from typing import Final

import discord

from bot.language.speech import mark, say, say_in, say_many, say_number
from bot.soviet.orders import Orders
from bot.soviet.results import Law, Plan, PlanLine, Recount, Resolution
from bot.ui.soviet.business import HEADLINE, OpenMotionMenu
from bot.ui.soviet.screen import Screen
from bot.ui.soviet.verdict import result_lines
from bot.ui.soviet.words import bar, headline, percent, stamp
from bot.ui.text import safe_line
from bot.ui.theme import CHOICES, GREY, RED, Reply, clip, field

PLAN: Final = "plan"
CALLED_PLAN: Final = frozenset({PLAN, "план"})
"""What is typed for it."""

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
        headline=clip(headline(resolution.text), HEADLINE),
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
