"""What may come of a try, and what is done about it: the relay's table of actions, pure.

A refusal is certain: nothing was made. Whatever broke on the way is not: Discord may have made the
message and the answer was lost. Such a row is looked for in its channel before it is sent again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.clock import Instant
from bot.language.sayings import Sayable, Saying
from bot.language.speech import mark, say
from bot.outbox.bodies import simpler
from bot.outbox.models import CROSSPOST, EDIT, PRIVATE, THREAD, Outgoing

# Discord's error codes.
_UNKNOWN_CHANNEL, _UNKNOWN_GUILD, _UNKNOWN_MESSAGE, _UNKNOWN_USER = 10003, 10004, 10008, 10013
_MISSING_ACCESS, _MISSING_PERMISSIONS, _CLOSED, _WRONG_CHANNEL = 50001, 50013, 50007, 50024
_NO_MUTUAL_GUILD, _DM_TOO_FAST, _OLD_EDITS = 50278, 40003, 30046
_ALREADY_PUBLISHED, _HAS_THREAD = 40033, 160004

_PATIENCE = {_DM_TOO_FAST: 60_000, _OLD_EDITS: 3600_000}
"""Refusals that are over by themselves: code → milliseconds."""
_ALREADY = {(THREAD, _HAS_THREAD), (CROSSPOST, _ALREADY_PUBLISHED)}
_CLOSING = {_UNKNOWN_CHANNEL, _UNKNOWN_GUILD, _MISSING_ACCESS, _MISSING_PERMISSIONS}
_REFUSED_DM = {_CLOSED, _NO_MUTUAL_GUILD, _UNKNOWN_USER, _MISSING_ACCESS, _MISSING_PERMISSIONS}

BLIND_WAIT = 3 * 60_000
"""Milliseconds that the nonce is waited out where we may not look: Discord keeps it for minutes."""
_LONGEST_PAUSE = 5 * 60_000
_LONGEST_BLOCK = 6 * 3600_000


@dataclass(frozen=True, slots=True)
class Sent:
    """Discord has it; *message_id* of a message it made or changed, else None."""

    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class Limited:
    """429: not before *retry_after* seconds. Nothing was made."""

    retry_after: float


@dataclass(frozen=True, slots=True)
class Unknown:
    """A timeout, a 5xx, a lost connection: it may have arrived."""

    reason: Sayable


@dataclass(frozen=True, slots=True)
class Refused:
    """A 4xx with Discord's *code*; *words* say what is missing and how to mend it."""

    code: int
    words: str


@dataclass(frozen=True, slots=True)
class Malformed:
    """400: Discord does not take this body."""

    reason: str


@dataclass(frozen=True, slots=True)
class Absent:
    """The channel was read, and the message is not there."""


@dataclass(frozen=True, slots=True)
class Blind:
    """The channel's history may not be read."""


Outcome = Sent | Limited | Unknown | Refused | Malformed
Sighting = Sent | Absent | Blind | Limited | Unknown | Refused


@dataclass(frozen=True, slots=True)
class Done:
    """Note it as sent."""

    message_id: int | None


@dataclass(frozen=True, slots=True)
class Later:
    """Try again at *at*; *uncertain*: look before that. *body* takes the old one's place.

    Not *sent*: it was only looked for, so the life of its nonce counts from an earlier try.
    """

    at: Instant
    reason: Sayable
    uncertain: bool = False
    body: Mapping[str, Any] | None = None
    sent: bool = True


@dataclass(frozen=True, slots=True)
class Blocked:
    """Keep it until somebody mends what *words* say; *closes*: the channel takes no message."""

    at: Instant
    code: int
    words: str
    closes: bool


@dataclass(frozen=True, slots=True)
class Dropped:
    """There is nothing left to do it to; *code* when a reader does not take private messages."""

    reason: Sayable
    code: int | None = None


Verdict = Done | Later | Blocked | Dropped


def judge(row: Outgoing, outcome: Outcome, now: Instant) -> Verdict:
    """Return what is to be done after a try of *row*."""
    match outcome:
        case Sent(message_id):
            return Done(message_id)
        case Limited(seconds):
            return Later(_after(now, seconds * 1000), mark("Discord asks for patience"))
        case Unknown(reason):
            return Later(_after(now, _pause(row.attempts)), reason, uncertain=True)
        case Malformed(reason):
            return _degraded(row, reason, now)
        case Refused(code, words):
            return _refused(row, code, words, now)


def look_first(row: Outgoing, seen: Sighting, now: Instant) -> Verdict | None:
    """Return what is to be done after looking for *row* in its channel; None: send it again."""
    match seen:
        case Sent(message_id):
            return Done(message_id)
        case Absent():
            return None
        case Blind():
            free = Instant((row.last_try or row.first_try) + BLIND_WAIT)
            return None if now >= free else _look_again(free, mark("waiting out the nonce"))
        case Limited(seconds):
            return _look_again(_after(now, seconds * 1000), mark("Discord asks for patience"))
        case Unknown(reason):
            return _look_again(_after(now, _pause(row.attempts)), reason)
        case Refused(code, words):
            return _refused(row, code, words, now)


def _look_again(at: Instant, reason: Sayable) -> Later:
    return Later(at, reason, uncertain=True, sent=False)


def _refused(row: Outgoing, code: int, words: str, now: Instant) -> Verdict:
    special = _message_refused(code) if row.makes_message else _follower_refused(row, code)
    if special is not None:
        return special
    if (wait := _PATIENCE.get(code)) is not None:
        return Later(_after(now, wait), words)
    if row.guild_id == PRIVATE and code in _REFUSED_DM:
        return Dropped(words, code)
    return Blocked(_next_look(row, now), code, words, row.makes_message and code in _CLOSING)


def _message_refused(code: int) -> Verdict | None:
    # Said of a repeated message only: Discord made it, and somebody deleted it since.
    return Done(None) if code == _UNKNOWN_MESSAGE else None


def _follower_refused(row: Outgoing, code: int) -> Verdict | None:
    if (row.step, code) in _ALREADY:
        return Done(row.message_id)
    if code == _UNKNOWN_MESSAGE:
        return Dropped(mark("the message is gone"))
    return Dropped(mark("not in a channel of this kind")) if code == _WRONG_CHANNEL else None


def _degraded(row: Outgoing, reason: str, now: Instant) -> Verdict:
    body = simpler(row.body) if row.makes_message or row.step.startswith(EDIT) else None
    if body is None:
        words = say(
            "Discord does not take this: {reason}. Nothing can be mended here; tell us.",
            reason=reason,
        )
        return Blocked(_next_look(row, now), 50035, words, closes=False)
    return Later(now, Saying("made simpler: {reason}", reason=reason), body=body)


def _pause(attempts: int) -> float:
    return min(250.0 * 2.0 ** min(attempts, 12), _LONGEST_PAUSE)


def _next_look(row: Outgoing, now: Instant) -> Instant:
    return _after(now, min(600_000 * 2 ** min(row.attempts, 8), _LONGEST_BLOCK))


def _after(now: Instant, milliseconds: float) -> Instant:
    return Instant(now + int(milliseconds))
