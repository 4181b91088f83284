"""The clerk's desk: takes a motion in, shows it, and notes where it is shown."""

from collections.abc import Sequence
from dataclasses import replace

import discord

from bot.language.speech import mark, say, speaking
from bot.soviet.clicks import Draft, Roll
from bot.soviet.deadlines import story_of
from bot.soviet.duty import DUTY
from bot.soviet.models import Ballot, Base, Motion, Visibility
from bot.soviet.thresholds import read_quorum, read_threshold
from bot.ui.controls import AnyInteraction, services
from bot.ui.soviet.answers import language_of_answer
from bot.ui.soviet.ballots import motion_screen
from bot.ui.soviet.choices import chosen
from bot.ui.soviet.clicks import click_of, guild_of, roll_of, soviet_of
from bot.ui.soviet.lists import said
from bot.ui.theme import Reply

_NEEDED = {
    "view_channel": mark("View Channel"),
    "send_messages": mark("Send Messages"),
    "embed_links": mark("Embed Links"),
}


async def table(  # noqa: PLR0913, PLR0917 - the options of the command
    interaction: AnyInteraction,
    draft: Draft,
    ballot: str | None = None,
    results: str | None = None,
    picks: int | None = None,
    role: discord.Role | None = None,
    promises: int | None = None,
    story: str | None = None,
) -> None:
    """Put *draft*, with what else was chosen, forward, and show the motion to everybody."""
    settings = await services(interaction).guilds.settings(guild_of(interaction))
    if story is None and draft.closes:
        story = story_of(draft.closes)
    draft = replace(
        draft,
        ballot=chosen(Ballot, ballot) if ballot else None,
        visibility=chosen(Visibility, results) if results else None,
        picks=picks,
        role_id=role.id if role else None,
        promised_words=promises,
        story_id=await story_id_of(interaction, story),
        zone=settings.time_zone,
    )
    click = click_of(interaction)
    roll = await _roll(interaction, draft)
    motion = await soviet_of(interaction).chamber.table(click, draft, roll)
    await publish(interaction, motion)
    services(interaction).duties.wake(DUTY)


async def story_id_of(interaction: AnyInteraction, said: str | None) -> int | None:
    """Return the id of the story that was named; a blank name means the only one there is.

    Raises:
        NoSuchStoryError: with the titles there are.
    """
    if said is None:
        return None
    stories = services(interaction).stories
    return (await stories.only(guild_of(interaction), said.strip() or None)).id


async def _roll(interaction: AnyInteraction, draft: Draft) -> Roll:
    """Return the roll where *draft* opens at once and counts by it; elsewhere nobody is counted."""
    orders = await soviet_of(interaction).house.orders(guild_of(interaction))
    threshold = orders.threshold if draft.threshold is None else read_threshold(draft.threshold)
    quorum = orders.quorum if draft.quorum is None else read_quorum(draft.quorum)
    counts = quorum.is_share or threshold.base is Base.ROLL
    if orders.number("seconders") or not counts:
        return Roll()
    # Discord is asked, which may take its time.
    await interaction.response.defer(thinking=True)
    return await roll_of(interaction, draft.role_id)


async def publish(interaction: AnyInteraction, motion: Motion) -> None:
    """Answer with the motion's message, and note that this is where it is shown."""
    soviet = soviet_of(interaction)
    standing = await soviet.ballots.standing(motion.guild_id, motion.id)
    with speaking(await language_of_answer(interaction)):
        reply = motion_screen(standing).reply()
    message_id = await _send(interaction, reply)
    if message_id is not None and interaction.channel_id is not None:
        await soviet.chamber.place(motion.guild_id, motion.id, interaction.channel_id, message_id)
    lacking = _lacking(interaction.app_permissions)
    if lacking:
        warning = said(
            say(
                "I lack **{permissions}** in this channel: the count on the motion will stand "
                "still and its verdict cannot be posted here. Votes are taken all the same, and "
                "`/soviet show` tells how it stands.",
                permissions="**, **".join(lacking),
            )
        )
        await interaction.followup.send(**warning.sent(), ephemeral=True)


async def show(interaction: AnyInteraction, number: int, *, private: bool) -> None:
    """Answer with № *number*; a public answer stands in for its message where that is gone."""
    soviet, guild_id = soviet_of(interaction), guild_of(interaction)
    motion = await soviet.chamber.motion(guild_id, number)
    lost = motion.message_id is None or services(interaction).noticeboard.is_gone(motion.message_id)
    if lost and not private:
        await publish(interaction, motion)
        return
    viewer_id = interaction.user.id if private else None
    standing = await soviet.ballots.standing(guild_id, motion.id, viewer_id)
    with speaking(await language_of_answer(interaction, private=private)):
        reply = motion_screen(standing).reply()
    await interaction.response.send_message(**reply.sent(), ephemeral=private)


async def _send(interaction: AnyInteraction, reply: Reply) -> int | None:
    """Answer publicly and return the message's id, as far as Discord tells it."""
    if interaction.response.is_done():
        message = await interaction.followup.send(**reply.sent(), wait=True)
        return message.id
    answer = await interaction.response.send_message(**reply.sent())
    return answer.message_id


def _lacking(granted: discord.Permissions) -> Sequence[str]:
    return [say(name) for key, name in _NEEDED.items() if not getattr(granted, key)]
