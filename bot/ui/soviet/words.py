"""The bureau's sentences: rules, deadlines, choices and counts, in words. Pure."""

from collections.abc import Iterable
from typing import Final

from bot.clock import Instant
from bot.soviet.models import (
    DAY_MS,
    HOUR_MS,
    MINUTE_MS,
    Base,
    Choice,
    Kind,
    Motion,
    Quorum,
    Rules,
    Status,
    Threshold,
    Verdict,
    Visibility,
)
from bot.soviet.results import Tally
from bot.soviet.thresholds import NO_QUORUM, PLURALITY
from bot.ui.text import plain, safe, safe_line
from bot.ui.theme import GREY, RED, clip

_BAR: Final = 10
_HEADLINE: Final = 120
_HASH: Final = 8
FORMER: Final = "a former reader"

GREEN: Final = 0x3B6E47
DARK: Final = 0x5A2A2A
BLUE: Final = 0x3F5B7A

STATES: Final = {
    Status.TABLED: ("tabled", BLUE),
    Status.OPEN: ("open", RED),
    Status.WITHDRAWN: ("withdrawn", GREY),
}
VERDICTS: Final = {
    Verdict.ADOPTED: ("adopted", GREEN),
    Verdict.REJECTED: ("rejected", DARK),
    Verdict.LAPSED: ("lapsed", GREY),
}

_VISIBILITY: Final = {
    Visibility.LIVE: "count shown live",
    Visibility.AFTER_VOTING: "count shown to who has voted",
    Visibility.ON_CLOSE: "count shown at the close",
}
_KINDS: Final = {
    Kind.AYE_NAY: "",
    Kind.SINGLE: "one choice",
    Kind.MULTIPLE: "several choices",
    Kind.RANKED: "ranked, instant runoff",
    Kind.AMENDMENT: "ranked vote on the wording",
    Kind.DECREE: "decree",
}


def stamp(at: Instant, style: str = "F") -> str:
    """Return a moment as Discord shows it, in each reader's own time zone."""
    return f"<t:{at // 1000}:{style}>"


def deadline(at: Instant) -> str:
    """Return a moment in full and how far off it is."""
    return f"{stamp(at)} ({stamp(at, 'R')})"


def span(milliseconds: int) -> str:
    """Return a length of time in at most two units: `3 d`, `2 d 12 h`, `45 min`."""
    parts: list[str] = []
    for unit, size in (("d", DAY_MS), ("h", HOUR_MS), ("min", MINUTE_MS)):
        count, milliseconds = divmod(milliseconds, size)
        if count:
            parts.append(f"{count} {unit}")
    return " ".join(parts[:2]) or "under a minute"


def plain_headline(text: str) -> str:
    """Return the first line of a motion, as it is written, cut where it is long."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return clip(" ".join(plain(first).split()), _HEADLINE)


def headline(text: str) -> str:
    """Return the first line of a motion, safe to show, cut where it is long."""
    return safe_line(plain_headline(text))


def title_and_rest(text: str) -> tuple[str | None, str]:
    """Return a motion's first line as a title and what follows it, both safe to show.

    A first line that is too long for a title stays with the rest.
    """
    first, _, rest = text.strip().partition("\n")
    if len(first) > _HEADLINE:
        return None, safe(text)
    return safe_line(first), safe(rest.strip())


def person(user_id: int | None) -> str:
    """Return a reader as a mention; in an embed it names without pinging."""
    if user_id is None:
        return "the Soviet itself"
    return f"<@{user_id}>" if user_id else FORMER


def people(user_ids: Iterable[int], most: int = 8) -> str:
    """Return several readers, those beyond *most* counted only."""
    known = list(user_ids)
    named = ", ".join(person(each) for each in known[:most])
    return f"{named} and {len(known) - most} more" if len(known) > most else named


def threshold_words(threshold: Threshold) -> str:
    """Return what carries a motion: `more than half of the votes cast`."""
    of = "the roll" if threshold.base is Base.ROLL else "the votes cast"
    if (threshold.numerator, threshold.denominator) == (
        PLURALITY.numerator,
        PLURALITY.denominator,
    ):
        return "the most votes"
    share = f"{threshold.numerator}/{threshold.denominator}"
    share = {"1/2": "half", "1/1": "all"}.get(share, share)
    if share == "all":
        return f"all of {of}"
    return f"{'more than' if threshold.strict else 'at least'} {share} of {of}"


def quorum_words(quorum: Quorum) -> str:
    """Return how many must take part: `10 ballots`, `1/3 of the roll`, `no quorum`."""
    if quorum == NO_QUORUM:
        return "no quorum"
    if quorum.is_share:
        return f"quorum {quorum.numerator}/{quorum.denominator} of the roll"
    return f"quorum {quorum.numerator}"


def rule_line(motion: Motion) -> str:
    """Return everything that decides a motion, in one line."""
    rules = motion.rules
    kind = _KINDS[rules.kind]
    if rules.kind is Kind.MULTIPLE:
        kind = f"up to {rules.picks} of {len(rules.options)}"
    carries = "" if rules.kind.is_ranked else threshold_words(rules.threshold)
    shown = "turnout only until the close" if motion.is_secret else _VISIBILITY[rules.visibility]
    parts = [kind, carries, quorum_words(rules.quorum), f"{rules.ballot} ballot", shown]
    parts.append(f"S.O. v{motion.orders_version}")
    if motion.rules_hash:
        parts.append(f"rules {motion.rules_hash[:_HASH]}")
    line = " · ".join(part for part in parts if part)
    return line[:1].upper() + line[1:]


def electorate_line(rules: Rules) -> str:
    """Return who may vote, or nothing where everybody may."""
    electorate, said = rules.electorate, []
    if electorate.role_id is not None:
        said.append(f"holders of <@&{electorate.role_id}>")
    if electorate.minimum_age_ms:
        said.append(f"members for at least {span(electorate.minimum_age_ms)}")
    if not said:
        return ""
    return f"May vote: {', '.join(said)}."


def choice_words(rules: Rules, choice: Choice) -> str:
    """Return what a ballot says: `Aye`, `B, D`, `1. B  2. D`, `Abstain`."""
    if not choice:
        return "Abstain"
    names = [clip(safe_line(rules.options[place]), 80) for place in choice]
    if rules.kind.is_ranked:
        return "  ".join(f"{rank}. {name}" for rank, name in enumerate(names, 1))
    return ", ".join(names)


def percent(part: int, whole: int) -> int:
    """Return *part* of *whole* in whole per cent, rounded down; of nothing, 0."""
    return part * 100 // whole if whole else 0


def bar(part: int, whole: int) -> str:
    """Return a bar of ten; something shows where there is something."""
    filled = min(max(part * _BAR // whole, 1 if part else 0), _BAR) if whole else 0
    return "▰" * filled + "▱" * (_BAR - filled)


def aye_nay_line(tally: Tally) -> str:
    """Return the count of an aye/nay vote in one line."""
    return f"Aye **{tally.ayes:,}** · Nay **{tally.nays:,}** · Abstain **{tally.abstentions:,}**"


def option_lines(
    rules: Rules, tally: Tally | None, winners: Iterable[int] = (), room: int = 1000
) -> list[str]:
    """Return the order paper, one option a line, within *room* characters; counted if *tally*."""
    won, names = set(winners), [safe_line(option) for option in rules.options]
    longest = 80
    while True:
        lines = [
            _option_line(place, clip(name, longest), tally, won=place in won)
            for place, name in enumerate(names)
        ]
        if sum(len(line) + 1 for line in lines) <= room or longest <= 12:
            return lines
        longest -= 4


def _option_line(place: int, name: str, tally: Tally | None, *, won: bool) -> str:
    shown = f"**{name}** ✓" if won else name
    if tally is None:
        return f"{place + 1}\\. {shown}"
    return f"{place + 1}\\. {shown} — **{tally.counts[place]:,}**"


def state_of(motion: Motion) -> tuple[str, int]:
    """Return in a word where a motion stands, and the colour of that."""
    if motion.verdict is not None:
        return VERDICTS[motion.verdict]
    return STATES.get(motion.status, ("closed", GREY))


def effect(motion: Motion) -> str:
    """Return what the motion does when it is adopted, beyond being on record."""
    said = []
    if motion.repeals is not None:
        said.append(f"repeals № {motion.repeals}")
    if motion.order_change is not None:
        change = motion.order_change
        said.append(
            f"sets the standing order “{safe_line(change.article)}” to "
            f"“{clip(safe_line(change.value), 100)}”"
        )
    if motion.promised_words is not None:
        said.append(f"promises {motion.promised_words:,} words")
    return f"Adopted, it {' and '.join(said)}." if said else ""
