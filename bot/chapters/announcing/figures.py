"""What a chapter's card says besides its title: sums, records and rhythm of its story. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chapters.announcing.cadence import HIATUS, Cadence, cadence, days_since
from bot.chapters.announcing.models import Chapter, State

LONG = 10_000
_WORDS_A_MINUTE = 230
_RECORD_FROM = 3
_MILESTONES = (1_000_000, 500_000, 250_000, 100_000)


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one chapter.

    *total*: words of all counted chapters up to this one, None when this one is not counted;
    *at_least*: whether some are not counted. *minutes*: to read it. *longest*, *first_long*: as far
    as all chapters before are counted. *milestone*: a round number of words the story has passed
    with it. *away*: days without a chapter before it, where they were many.
    """

    total: int | None
    at_least: bool
    minutes: int | None
    longest: bool
    first_long: bool
    milestone: int | None
    rhythm: Cadence | None
    away: int | None


def figures(chapter: Chapter, story: Sequence[Chapter]) -> Figures:
    """Return the figures of *chapter*; *story* are the chapters of its story, in any order."""
    before = [
        each
        for each in story
        if each.place < chapter.place
        and each.state is not State.GONE
        and each.is_main == chapter.is_main
    ]
    before.sort(key=lambda each: each.place)
    counted = [each.words.count for each in before if each.words is not None]
    own = chapter.words.count if chapter.words is not None else None
    complete = len(counted) == len(before)
    total = None if own is None else sum(counted) + own
    last = before[-1] if before else None
    silence = 0 if last is None else chapter.told_at - last.told_at
    sure = own is not None and complete and len(counted) >= _RECORD_FROM
    return Figures(
        total=total,
        at_least=not complete,
        minutes=None if own is None else max(1, round(own / _WORDS_A_MINUTE)),
        longest=sure and own is not None and own > max(counted),
        first_long=sure and own is not None and own >= LONG > max(counted),
        milestone=_milestone(total, own) if complete else None,
        rhythm=cadence([each.told_at for each in [*before, chapter]]),
        away=days_since(0, silence) if silence > HIATUS else None,
    )


def _milestone(total: int | None, own: int | None) -> int | None:
    """Return the round number of words that the story has passed with this chapter."""
    if total is None or own is None:
        return None
    return next((mark for mark in _MILESTONES if total >= mark > total - own), None)
