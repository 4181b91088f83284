"""The hand that edits motions' messages, for the noticeboard."""

import asyncio
import json
import logging
from collections import OrderedDict
from hashlib import sha256
from typing import Final

import aiohttp
import discord

from bot.app import Samizdat
from bot.language.speech import speaking
from bot.soviet.errors import NoSuchMotionError
from bot.soviet.models import Motion, Status
from bot.soviet.noticeboard import BusyError, Notice, NoticeGoneError
from bot.soviet.service import Soviet
from bot.ui.soviet.ballots import motion_screen
from bot.ui.theme import fitted

log = logging.getLogger(__name__)

_DEADLINE: Final = 40.0
"""Seconds for one edit; discord.py itself waits up to 30 for Discord's leave."""
_RETRY: Final = 5.0
_NO_RIGHT: Final = 600.0
"""Seconds before a channel that is shut to us is tried again: refused requests are counted."""
_UNKNOWN_CHANNEL: Final = 10003
_NOT_OURS: Final = 50005
_TOO_MANY_EDITS_OF_OLD: Final = 30046
_REMEMBERED: Final = 2_000


class ChannelGoneError(NoticeGoneError):
    """Not the message alone: its whole channel was deleted."""


class MessageEditor:
    """Puts a motion's present state into its message, when that differs from what it shows.

    In the server's language, whoever clicked.

    The comparison is not only thrift: an edit after every click would tell, by its time alone, who
    has just voted on a secret motion.
    """

    def __init__(self, bot: Samizdat, soviet: Soviet) -> None:
        self._bot = bot
        self._soviet = soviet
        self._shown: OrderedDict[int, bytes] = OrderedDict()

    async def __call__(self, notice: Notice) -> bool:
        """Edit the message of *notice*; see `bot.soviet.noticeboard.Editor`."""
        try:
            standing = await self._soviet.ballots.standing(notice.guild_id, notice.motion_id)
        except NoSuchMotionError as error:
            raise NoticeGoneError from error
        with speaking(await self._bot.services.guilds.language(notice.guild_id)):
            screen = motion_screen(standing)
        digest = sha256(json.dumps(screen.body(), sort_keys=True).encode()).digest()
        if self._shown.get(notice.message_id) == digest:
            return False
        reply = screen.reply()
        channel = self._bot.get_partial_messageable(notice.channel_id, guild_id=notice.guild_id)
        message = channel.get_partial_message(notice.message_id)
        self._shown.pop(notice.message_id, None)
        try:
            await _edit(message, fitted(reply.embed), reply.view)
        except ChannelGoneError:
            await self._soviet.chamber.displaced(notice.guild_id, notice.channel_id)
            raise
        await self._look_again(standing.motion)
        self._shown[notice.message_id] = digest
        if len(self._shown) > _REMEMBERED:
            self._shown.popitem(last=False)
        return True

    async def _look_again(self, shown: Motion) -> None:
        """Mark a motion that changed while its message was edited.

        Another process may have shown the change already, and this edit have arrived after that
        one: the count of a vote would stand where its verdict was. Whoever edits last sees the last
        state, for each looks after its edit.
        """
        try:
            motion = await self._soviet.chamber.motion_by_id(shown.guild_id, shown.id)
        except NoSuchMotionError:
            return
        if motion != shown:
            closed = motion.status is Status.CLOSED
            self._bot.services.noticeboard.mark(motion, final=closed)


async def _edit(
    message: discord.PartialMessage, embed: discord.Embed, view: discord.ui.View | None
) -> None:
    nobody = discord.AllowedMentions.none()
    try:
        async with asyncio.timeout(_DEADLINE):
            await message.edit(embed=embed, view=view, allowed_mentions=nobody)
    except discord.NotFound as error:
        gone = ChannelGoneError if error.code == _UNKNOWN_CHANNEL else NoticeGoneError
        raise gone from error
    except discord.Forbidden as error:
        if error.code == _NOT_OURS:
            raise NoticeGoneError from error
        log.warning("may not edit message %s: %s", message.id, error)
        raise BusyError(_NO_RIGHT) from error
    except discord.RateLimited as error:
        raise BusyError(error.retry_after) from error
    except discord.HTTPException as error:
        if error.code != _TOO_MANY_EDITS_OF_OLD and error.status < 429:
            raise
        log.warning("message %s is to be edited later: %s", message.id, error)
        raise BusyError(_RETRY) from error
    except (TimeoutError, aiohttp.ClientError, OSError) as error:
        log.warning("Discord could not be reached to edit message %s: %r", message.id, error)
        raise BusyError(_RETRY) from error
