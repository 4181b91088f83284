"""The checks that every act on a motion begins with, inside the transaction that acts."""

from bot.clock import Instant
from bot.language.speech import say
from bot.soviet import agenda_repository as agenda
from bot.soviet import motion_repository as motions
from bot.soviet import procedure_repository as procedure
from bot.soviet.clicks import Click, is_id
from bot.soviet.eligibility import off_the_roll
from bot.soviet.errors import (
    AmendmentPendingError,
    LapsedError,
    NoSuchMotionError,
    NotOnTheRollError,
    NotTabledError,
    NotTheMoverError,
)
from bot.soviet.models import Motion, Status
from bot.storage.source import Source


async def find(source: Source, guild_id: int, motion_id: int) -> Motion:
    """Return the motion of that id, if it is this guild's.

    Raises:
        NoSuchMotionError
    """
    motion = await motions.in_guild(source, guild_id, motion_id) if is_id(motion_id) else None
    if motion is None:
        raise NoSuchMotionError
    return motion


async def find_tabled(source: Source, click: Click, motion_id: int) -> Motion:
    """Return a motion that was still tabled when the reader clicked.

    Raises:
        NoSuchMotionError, NotTabledError, AmendmentPendingError.
    """
    motion = await find(source, click.guild_id, motion_id)
    if motion.status is not Status.TABLED:
        raise NotTabledError(motion)
    if await agenda.amending(source, motion.id):
        raise AmendmentPendingError
    if click.at >= motion.tabled_until:
        raise LapsedError(motion)
    return motion


def require_mover(motion: Motion, click: Click) -> None:
    """Refuse whoever did not move *motion*.

    Raises:
        NotTheMoverError
    """
    if motion.mover_id != click.member.user_id:
        raise NotTheMoverError


def require_on_the_roll(motion: Motion, click: Click, now: Instant) -> None:
    """Refuse whoever may not take part in *motion*, as far as Discord's word on them goes.

    Raises:
        NotOnTheRollError
    """
    if (reason := off_the_roll(motion, click.member, now)) is not None:
        raise NotOnTheRollError(reason)


async def require_not_struck(source: Source, motion: Motion, user_id: int) -> None:
    """Refuse whoever left the roll of *motion*, or is not on it where it was written down.

    Raises:
        NotOnTheRollError
    """
    recused, unwritten = await procedure.struck(source, motion.id, user_id)
    if recused:
        raise NotOnTheRollError(say("you recused yourself."))
    if unwritten:
        raise NotOnTheRollError(say("it was written down when the motion opened, without you."))
