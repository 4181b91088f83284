"""The picture of a verdict: from a motion and its outcome to what the painter draws."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any, Final

from bot.cards import scenes
from bot.cards.painter import Painter
from bot.cards.scenes import Choices, Division, Option, Runoff, Turnout, VerdictScene
from bot.clock import Instant, moment
from bot.language.speech import say, say_date
from bot.outbox.models import Picture
from bot.soviet.models import Base, Motion
from bot.soviet.results import Outcome, Round, Tally
from bot.soviet.service import Soviet
from bot.ui.soviet.verdict import reason_words
from bot.ui.soviet.words import plain_headline, rule_line

MAKER: Final = "verdict"


class VerdictMaker:
    """Draws the pictures of posts that say `{"maker": "verdict", "guild": …, "number": …}`."""

    def __init__(self, soviet: Soviet, painter: Painter) -> None:
        self._soviet = soviet
        self._painter = painter

    async def __call__(self, wanted: Mapping[str, Any]) -> Picture:
        """Return the picture; whoever sends the post does without it when this fails."""
        number = int(wanted["number"])
        closed = await self._soviet.archive.closed(int(wanted["guild"]), number)
        drawn = await self._painter.paint(verdict_scene(closed.motion, closed.outcome))
        return Picture(f"verdict-{number}.png", drawn.png, drawn.alt)


def verdict_scene(motion: Motion, outcome: Outcome) -> VerdictScene:
    """Return what is drawn of a motion's end, in the language spoken here; nobody is named."""
    return VerdictScene(
        number=motion.number,
        title=plain_headline(motion.text),
        verdict=scenes.Verdict(outcome.verdict.value),
        rule=rule_line(replace(motion, rules_hash=None)),
        secret=motion.is_secret,
        dates=_dates(motion),
        mover=say("the Soviet itself") if motion.mover_id is None else "",
        reason=reason_words(outcome.reason),
        rules_hash=motion.rules_hash or "",
        count=_count(motion, outcome),
        turnout=_turnout(outcome),
    )


def _dates(motion: Motion) -> str:
    begun, ended = motion.opened_at or motion.tabled_at, motion.ends_at or motion.tabled_until
    first, last = _day(begun), _day(ended)
    return first if first == last else f"{first} – {last}"


def _day(at: Instant) -> str:
    return say_date(moment(at))


def _turnout(outcome: Outcome) -> Turnout | None:
    if outcome.tally is None:
        return None
    return Turnout(outcome.tally.ballots, outcome.roll, outcome.quorum_needed)


def _count(motion: Motion, outcome: Outcome) -> Division | Choices | Runoff | None:
    tally, rules = outcome.tally, motion.rules
    if tally is None:
        return None
    if rules.kind.is_aye_nay:
        share = rules.threshold
        return Division(
            tally.ayes,
            tally.abstentions,
            tally.nays,
            Fraction(share.numerator, share.denominator),
            strictly=share.strict,
            of_roll=share.base is Base.ROLL,
        )
    if outcome.rounds:
        return Runoff(tuple(_round(motion, outcome, each) for each in outcome.rounds))
    return Choices(_options(motion, outcome, tally), tally.ballots)


def _options(motion: Motion, outcome: Outcome, tally: Tally) -> tuple[Option, ...]:
    return tuple(
        Option(label, votes, won=place in outcome.winners)
        for place, (label, votes) in enumerate(zip(motion.rules.options, tally.counts, strict=True))
    )


def _round(motion: Motion, outcome: Outcome, counted: Round) -> scenes.Round:
    options = tuple(
        Option(motion.rules.options[place], votes, won=place in outcome.winners)
        for place, votes in enumerate(counted.counts)
        if votes is not None
    )
    return scenes.Round(options, counted.exhausted)
