"""Opening a motion: from here on its rules are frozen, hashed, and announced."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.clock import Instant
from bot.guilds.repository import language_of
from bot.language.speech import speaking
from bot.outbox.models import Post
from bot.outbox.repository import enqueue
from bot.soviet import agenda_repository as agenda
from bot.soviet import motion_repository as motions
from bot.soviet import procedure_repository as procedure
from bot.soviet import urn_repository as urn
from bot.soviet.clicks import Roll
from bot.soviet.composer import Composer
from bot.soviet.errors import EmptyRollError, NotTabledError
from bot.soviet.models import Motion, Status
from bot.soviet.seal import rules_hash
from bot.storage.database import Transaction

_KEY_BYTES: Final = 32


async def open_motion(
    tx: Transaction, motion: Motion, roll: Roll, now: Instant, composer: Composer
) -> Motion:
    """Open a tabled motion within *tx* and return it as it stands then.

    Raises:
        EmptyRollError: it counts by the roll and *roll* is empty. NotTabledError.
    """
    size = roll.size if roll.members is None else len(roll.members)
    if motion.rules.needs_roll and size < 1:
        raise EmptyRollError
    opened = replace(
        motion,
        status=Status.OPEN,
        opened_at=now,
        closes_at=motion.closes_on or Instant(now + motion.term_ms),
        roll=size if size > 0 else None,
    )
    opened = replace(opened, rules_hash=rules_hash(opened))
    if not await agenda.open_it(tx, opened):
        raise NotTabledError(motion)
    if roll.members is not None:
        await procedure.write_roll(tx, motion.id, roll.members)
    if opened.is_secret:
        await urn.add_key(tx, motion.id, secrets.token_bytes(_KEY_BYTES))
    await announce(tx, opened, now, lambda channel: composer.opened(opened, channel))
    return opened


async def announce(
    tx: Transaction, motion: Motion, now: Instant, compose: Callable[[int], Post | None]
) -> bool:
    """Hand the outbox the post that *compose* makes for the motion's channel, if there is one.

    It is written in the server's language. Return whether there is a channel.
    """
    channel = motion.channel_id or await motions.channel_of_the_soviet(tx, motion.guild_id)
    if channel is None:
        return False
    with speaking(await language_of(tx, motion.guild_id)):
        post = compose(channel)
    if post is not None:
        await enqueue(tx, post, now)
    return True
