"""What the commands of the chamber do besides tabling: shown, withdrawn, changed, delegated."""

import discord

from bot.language.speech import say, speaking
from bot.soviet.clicks import Draft
from bot.soviet.models import OrderChange
from bot.soviet.orders import find_article, read_article, say_value
from bot.soviet.results import Law
from bot.ui.controls import AnyInteraction
from bot.ui.soviet.answers import changed, language_of_answer
from bot.ui.soviet.business import read_number
from bot.ui.soviet.choices import chosen
from bot.ui.soviet.clicks import click_of, guild_of, soviet_of
from bot.ui.soviet.desk import show, story_id_of, table
from bot.ui.soviet.lists import CALLED_PLAN, marked_words, orders_screen, plan_screen, said
from bot.ui.soviet.words import headline, person


async def show_by_number(interaction: AnyInteraction, typed: str, *, private: bool) -> None:
    """Show the motion of a №, or the plan."""
    if typed.strip().casefold() in CALLED_PLAN:
        plan = await soviet_of(interaction).archive.plan(guild_of(interaction))
        with speaking(await language_of_answer(interaction, private=private)):
            reply = plan_screen(plan).reply()
        await interaction.response.send_message(**reply.sent(), ephemeral=private)
        return
    await show(interaction, read_number(typed), private=private)


async def withdraw_by_number(interaction: AnyInteraction, typed: str) -> None:
    """Take a motion back, for its mover."""
    click, chamber = click_of(interaction), soviet_of(interaction).chamber
    motion = await chamber.motion(click.guild_id, read_number(typed))
    motion = await chamber.withdraw(click, motion.id)
    with speaking(await language_of_answer(interaction)):
        sentence = say(
            "Motion № {number} is withdrawn: {headline}",
            number=motion.number,
            headline=headline(motion.text),
        )
    await interaction.response.send_message(**said(sentence).sent())
    await changed(interaction, motion)


async def change_orders(
    interaction: AnyInteraction, article: str | None, value: str | None, *, move: bool
) -> None:
    """Show the standing orders or one article; change it, or move that it be changed."""
    house = soviet_of(interaction).house
    if article is None or value is None:
        orders = await house.orders(guild_of(interaction))
        only = None if article is None else find_article(orders, article).key
        await interaction.response.send_message(
            **orders_screen(orders, only).reply().sent(), ephemeral=True
        )
        return
    if move:
        key, kept = read_article(article, value)
        with speaking(await language_of_answer(interaction)):
            text = say(
                "That the standing order “{article}” be: {value}",
                article=key,
                value=say_value(key, kept),
            )
        await table(interaction, Draft(text, order_change=OrderChange(key, kept)))
        return
    orders = await house.set(click_of(interaction), article, value)
    with speaking(await language_of_answer(interaction)):
        reply = orders_screen(orders, find_article(orders, article).key).reply()
    await interaction.response.send_message(**reply.sent())


async def mark_by_number(interaction: AnyInteraction, typed: str, law: str, note: str) -> None:
    """Note what became of a resolution."""
    click, archive = click_of(interaction), soviet_of(interaction).archive
    entry = await archive.mark(click, read_number(typed), chosen(Law, law), note)
    with speaking(await language_of_answer(interaction)):
        sentence = marked_words(entry)
    await interaction.response.send_message(**said(sentence).sent())


async def delegate_to(
    interaction: AnyInteraction, to: discord.Member | None, story: str | None
) -> None:
    """Let somebody vote for whoever asks; without anybody, tell who does."""
    click, delegates = click_of(interaction), soviet_of(interaction).delegates
    story_id = await story_id_of(interaction, story)
    if to is None:
        known = await delegates.delegate_of(click.guild_id, click.member.user_id, story_id)
        sentence = (
            say("{delegate} votes for you.", delegate=person(known))
            if known
            else say("You vote for yourself.")
        )
        await interaction.response.send_message(**said(sentence).sent(), ephemeral=True)
        return
    circle = await delegates.delegate(click, to.id, to_is_bot=to.bot, story_id=story_id)
    lines = [
        say(
            "{delegate} now votes for you in open ballots, unless you vote yourself.",
            delegate=person(to.id),
        ),
        say("`/soviet recall` takes it back at any time."),
    ]
    if circle:
        lines.append(
            say(
                "That closes a circle: while it lasts, votes of its members count only when they "
                "vote themselves."
            )
        )
    await interaction.response.send_message(**said("\n".join(lines)).sent(), ephemeral=True)


async def recall_delegate(interaction: AnyInteraction, story: str | None) -> None:
    """Take a delegation back."""
    click, story_id = click_of(interaction), await story_id_of(interaction, story)
    had = await soviet_of(interaction).delegates.recall(click, story_id)
    sentence = (
        say("Recalled: you vote for yourself again.") if had else say("Nobody votes for you.")
    )
    await interaction.response.send_message(**said(sentence).sent(), ephemeral=True)
