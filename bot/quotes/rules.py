"""What may be quoted, by whom, and who may take it back. Pure.

A quote is only ever made from a real message that somebody pointed at, in its own words.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from bot.clock import Instant, instant, moment
from bot.language.speech import mark, say
from bot.quotes.errors import NotQuotableError, RefusedError, StillAskingError
from bot.quotes.models import Consent, Quote, State

ASKING = timedelta(hours=72)
"""How long a question to an author stays open; then its words are erased."""
MOST_QUESTIONS = 5
"""Questions that may wait for one person in one server."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is to be known of a message before it may be quoted. *words*: it has visible text."""

    words: bool
    by_bot: bool = False
    by_webhook: bool = False
    system: bool = False
    forwarded: bool = False
    poll: bool = False
    pictures: bool = False
    embeds: bool = False
    stickers: bool = False
    left: bool = False


def require_quotable(facts: Facts) -> None:
    """Let pass what a member wrote in words.

    Raises:
        NotQuotableError: with the reason.
    """
    # In this order: whose words they are comes before whether there are any.
    reasons = (
        (facts.system, mark("That line was written by Discord, and Discord is not quoted.")),
        (facts.by_webhook, mark("That came through a webhook: nobody can be asked for leave.")),
        (facts.by_bot, mark("That was said by a program. Only people are quoted.")),
        (
            facts.forwarded,
            mark(
                "That is a forwarded message, and Discord does not say whose words they are. "
                "Quote it where it was written."
            ),
        ),
        (
            facts.left,
            mark("Whoever wrote that has left and cannot object, so their words stay theirs."),
        ),
        (not facts.words and facts.poll, mark("A poll cannot be quoted, only words can.")),
        (
            not facts.words and facts.stickers,
            mark("A sticker says it without words. Words are needed."),
        ),
        (
            not facts.words and facts.pictures,
            mark("That message is only a file. Words are needed."),
        ),
        (
            not facts.words and facts.embeds,
            mark("That message is only a preview. Words are needed."),
        ),
        (not facts.words, mark("There are no words in that message to quote.")),
    )
    for applies, reason in reasons:
        if applies:
            raise NotQuotableError(say(reason))


def is_expired(made_at: Instant, now: Instant) -> bool:
    """Tell whether a question asked at *made_at* is closed."""
    return moment(now) - moment(made_at) >= ASKING


def decided(consent: Consent, known: Quote | None, *, own: bool, now: Instant) -> State:
    """Return what becomes of a message that somebody wants to quote.

    *consent* is its author's; *known*: what the book has of it; *own*: they quote themselves.

    Raises:
        RefusedError: its author quotes nobody into the book, or refused this one.
        StillAskingError: its author has been asked and may still answer.
    """
    if own:
        return State.KEPT
    if consent is Consent.NOBODY or (known is not None and known.state is State.REFUSED):
        raise RefusedError
    if known is not None and known.state is State.KEPT:
        return State.KEPT
    if consent is Consent.ANYONE:
        return State.KEPT
    if known is not None and not is_expired(known.made_at, now):
        raise StillAskingError
    return State.ASKED


def may_remove(quote: Quote, user_id: int, *, moderator: bool) -> bool:
    """Tell whether somebody may take *quote* out of the book."""
    return moderator or user_id in {quote.original.author_id, quote.maker_id}


def month_day(day: datetime) -> int:
    """Return the day of the year as a number: 1107 is 7 November."""
    return day.month * 100 + day.day


def said_on(at: Instant, zone: tzinfo) -> int:
    """Return the `month_day` of a moment where the clocks show *zone*."""
    return month_day(moment(at).astimezone(zone))


def start_of_day(now: datetime, zone: tzinfo) -> Instant:
    """Return when the day of *now* began where the clocks show *zone*."""
    return instant(now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0))
