"""Keeping the motions' messages up to date without being told off for it.

A vote never edits the public count itself: an edit that was sent first may arrive last, and Discord
allows few. So whoever changes a motion marks it, and the board has its message edited a moment
later: one edit at a time in a channel, the same message at most once in 5 s (10 s when it is older
than an hour, where Discord allows 3 edits in 6 s a channel), the last state always.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final

from bot.clock import Clock, instant
from bot.duties import Rest
from bot.soviet.clicks import clicked_at
from bot.soviet.models import HOUR_MS, Motion

log = logging.getLogger(__name__)

GATHERING: Final = 0.3
"""Seconds between a mark and its edit, so that a burst of clicks is one edit."""
YOUNG_MESSAGE: Final = 5.0
OLD_MESSAGE: Final = 10.0
YOUNG_CHANNEL: Final = 1.25
"""Seconds between two edits in a channel: Discord allows about 5 in 5 s."""
OLD_CHANNEL: Final = 2.5
_FIRST_PAUSE: Final = 5.0
_LONGEST_PAUSE: Final = 300.0
_IDLE: Final = 30.0
_MANY_CHANNELS: Final = 64


@dataclass(frozen=True, slots=True)
class Notice:
    """The message that shows a motion."""

    guild_id: int
    motion_id: int
    channel_id: int
    message_id: int


Editor = Callable[[Notice], Awaitable[bool]]
"""Puts the motion's present state into its message; False: there was nothing to change.

May raise `NoticeGoneError` and `BusyError`; anything else is tried again, later each time.
"""


class NoticeGoneError(Exception):
    """The message cannot be edited any more: it, or the right to, is gone."""


class BusyError(Exception):
    """Discord wants to be left alone for some *seconds*."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"busy for {seconds:.1f} s")
        self.seconds = seconds


@dataclass(slots=True)
class _Channel:
    """The notices of one channel: they share its bucket."""

    marked: dict[Notice, float] = field(default_factory=dict)
    """Notice → the moment from which it may be edited."""
    last: dict[Notice, float] = field(default_factory=dict)
    final: set[Notice] = field(default_factory=set)
    failures: dict[Notice, int] = field(default_factory=dict)
    free_at: float = 0.0
    due: float = 0.0
    """When *waiting* is over."""
    waiting: asyncio.Task[None] | None = None
    editing: asyncio.Task[None] | None = None


async def _simply(nap: Awaitable[None]) -> None:
    await nap


class Noticeboard:
    """Marks now, edits soon. One for a process."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._channels: dict[int, _Channel] = {}
        self._gone: set[int] = set()
        self._editor: Editor | None = None
        self._rest: Rest = _simply

    def attach(self, editor: Editor) -> None:
        """Say who edits; until then nothing that is marked is shown."""
        self._editor = editor

    def rest_by(self, rest: Rest) -> None:
        """Have naps waited for by *rest*, as duties do (`Duties.rest_by`)."""
        self._rest = rest

    def mark(self, motion: Motion, *, final: bool = False) -> None:
        """Have the message of *motion* show its present state soon; a *final* one goes first."""
        if motion.channel_id is None or motion.message_id is None:
            return
        if self._editor is None or motion.message_id in self._gone:
            return
        notice = Notice(motion.guild_id, motion.id, motion.channel_id, motion.message_id)
        if len(self._channels) > _MANY_CHANNELS:
            self._tidy()
        channel = self._channels.setdefault(notice.channel_id, _Channel())
        if final:
            channel.final.add(notice)
        if notice not in channel.marked:
            spaced = channel.last.get(notice, float("-inf")) + self._spacing(notice)
            channel.marked[notice] = max(self._now() + GATHERING, spaced)
        self._arm(channel)

    def is_gone(self, message_id: int) -> bool:
        """Tell whether a message turned out to be gone since this process began."""
        return message_id in self._gone

    @property
    def is_idle(self) -> bool:
        """Whether nothing is marked and nothing is being edited."""
        return not any(each.marked or each.editing for each in self._channels.values())

    async def close(self) -> None:
        """Stop; what is still marked is shown at the next start."""
        self._editor = None
        channels, self._channels = self._channels, {}
        tasks = [
            task
            for each in channels.values()
            for task in (each.waiting, each.editing)
            if task is not None
        ]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()

    def _is_old(self, notice: Notice) -> bool:
        return instant(self._clock.now()) - clicked_at(notice.message_id) >= HOUR_MS

    def _spacing(self, notice: Notice) -> float:
        return OLD_MESSAGE if self._is_old(notice) else YOUNG_MESSAGE

    def _arm(self, channel: _Channel) -> None:
        """Have somebody wait for the next edit of *channel*, unless they do."""
        if channel.editing is not None or not channel.marked:
            return
        due = max(min(channel.marked.values()), channel.free_at)
        if channel.waiting is not None:
            if channel.due <= due:
                return
            channel.waiting.cancel()
        channel.due = due
        channel.waiting = asyncio.create_task(self._wait(channel), name="noticeboard")

    async def _wait(self, channel: _Channel) -> None:
        await self._rest(asyncio.sleep(max(channel.due - self._now(), 0.0)))
        channel.waiting = None
        now = self._now()
        due = [notice for notice, moment in channel.marked.items() if moment <= now]
        if due and channel.free_at <= now:
            notice = min(due, key=lambda each: (each not in channel.final, channel.marked[each]))
            del channel.marked[notice]
            channel.editing = asyncio.current_task()
            await self._edit(channel, notice)
        self._arm(channel)

    async def _edit(self, channel: _Channel, notice: Notice) -> None:
        pause = 0.0
        try:
            if self._editor is not None and await self._editor(notice):
                # From its end: an edit that took long must not be followed at once.
                channel.last[notice] = self._now()
                channel.free_at = self._now() + self._gap(notice)
            channel.final.discard(notice)
            channel.failures.pop(notice, None)
        except NoticeGoneError:
            self._drop(channel, notice)
        except BusyError as busy:
            channel.free_at = self._now() + busy.seconds
            pause = busy.seconds
        except Exception:
            failures = channel.failures[notice] = channel.failures.get(notice, 0) + 1
            pause = min(_FIRST_PAUSE * 2.0 ** (failures - 1), _LONGEST_PAUSE)
            log.exception("the notice of motion %s could not be edited", notice.motion_id)
        finally:
            channel.editing = None
        if pause:
            channel.marked[notice] = self._now() + pause
        elif notice in channel.marked:
            spaced = channel.last.get(notice, float("-inf")) + self._spacing(notice)
            channel.marked[notice] = max(channel.marked[notice], spaced)

    def _gap(self, notice: Notice) -> float:
        return OLD_CHANNEL if self._is_old(notice) else YOUNG_CHANNEL

    def _drop(self, channel: _Channel, notice: Notice) -> None:
        log.info("the message of motion %s is gone or out of reach", notice.motion_id)
        self._gone.add(notice.message_id)
        channel.marked.pop(notice, None)
        channel.final.discard(notice)
        channel.failures.pop(notice, None)

    def _tidy(self) -> None:
        """Forget the channels in which nothing has happened for a while."""
        now = self._now()
        for number, channel in list(self._channels.items()):
            busy = channel.marked or channel.editing is not None
            if not busy and channel.free_at + _IDLE < now:
                del self._channels[number]
