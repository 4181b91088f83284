"""The bureau's sentences: rules, deadlines, choices and counts, in words. Pure."""

from collections.abc import Iterable
from typing import Final

from bot.clock import Instant
from bot.language.speech import mark, say, say_in, say_many, say_number
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
from bot.soviet.orders import say_value
from bot.soviet.paper import option_name
from bot.soviet.results import Tally
from bot.soviet.thresholds import NO_QUORUM, PLURALITY
from bot.ui.text import plain, safe, safe_line
from bot.ui.theme import GREY, RED, clip

_BAR: Final = 10
_HEADLINE: Final = 120
_HASH: Final = 8

GREEN: Final = 0x3B6E47
DARK: Final = 0x5A2A2A
BLUE: Final = 0x3F5B7A

_COLOURS: Final = {
    Status.TABLED: BLUE,
    Status.OPEN: RED,
    Verdict.ADOPTED: GREEN,
    Verdict.REJECTED: DARK,
}
_STATES: Final = {
    Status.TABLED: lambda: say_in("motion", "tabled"),
    Status.OPEN: lambda: say_in("motion", "open"),
    Status.WITHDRAWN: lambda: say_in("motion", "withdrawn"),
    Status.CLOSED: lambda: say_in("motion", "closed"),
    Verdict.ADOPTED: lambda: say_in("motion", "adopted"),
    Verdict.REJECTED: lambda: say_in("motion", "rejected"),
    Verdict.LAPSED: lambda: say_in("motion", "lapsed"),
}

_VISIBILITY: Final = {
    Visibility.LIVE: mark("count shown live"),
    Visibility.AFTER_VOTING: mark("count shown to who has voted"),
    Visibility.ON_CLOSE: mark("count shown at the close"),
}
_KINDS: Final = {
    Kind.SINGLE: mark("one choice"),
    Kind.RANKED: mark("ranked, instant runoff"),
    Kind.AMENDMENT: mark("ranked vote on the wording"),
    Kind.DECREE: mark("decree"),
}
_ROLL: Final = {
    "all": mark("all of the roll"),
    "more than half": mark("more than half of the roll"),
    "at least half": mark("at least half of the roll"),
    "more than": mark("more than {share} of the roll"),
    "at least": mark("at least {share} of the roll"),
}
_CAST: Final = {
    "all": mark("all of the votes cast"),
    "more than half": mark("more than half of the votes cast"),
    "at least half": mark("at least half of the votes cast"),
    "more than": mark("more than {share} of the votes cast"),
    "at least": mark("at least {share} of the votes cast"),
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
    for words, size in (
        (mark("{number} d"), DAY_MS),
        (mark("{number} h"), HOUR_MS),
        (mark("{number} min"), MINUTE_MS),
    ):
        count, milliseconds = divmod(milliseconds, size)
        if count:
            parts.append(say(words, number=count))
    return " ".join(parts[:2]) or say("under a minute")


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
        return say("the Soviet itself")
    return f"<@{user_id}>" if user_id else say("a former reader")


def people(user_ids: Iterable[int], most: int = 8) -> str:
    """Return several readers, those beyond *most* counted only."""
    known = list(user_ids)
    named = ", ".join(person(each) for each in known[:most])
    if len(known) <= most:
        return named
    return say_many(
        "{names} and {number} more", "{names} and {number} more", len(known) - most, names=named
    )


def threshold_words(threshold: Threshold) -> str:
    """Return what carries a motion: `more than half of the votes cast`."""
    if (threshold.numerator, threshold.denominator) == (
        PLURALITY.numerator,
        PLURALITY.denominator,
    ):
        return say("the most votes")
    words = _ROLL if threshold.base is Base.ROLL else _CAST
    every = words["all"]
    share = f"{threshold.numerator}/{threshold.denominator}"
    if share == "1/1":
        return say(every)
    how = "more than" if threshold.strict else "at least"
    if share == "1/2":
        return say(words[f"{how} half"])
    return say(words[how], share=share)


def quorum_words(quorum: Quorum) -> str:
    """Return how many must take part: `10 ballots`, `1/3 of the roll`, `no quorum`."""
    if quorum == NO_QUORUM:
        return say("no quorum")
    if quorum.is_share:
        return say("quorum {share} of the roll", share=f"{quorum.numerator}/{quorum.denominator}")
    return say("quorum {number}", number=quorum.numerator)


def rule_line(motion: Motion) -> str:
    """Return everything that decides a motion, in one line."""
    rules = motion.rules
    kind = say(_KINDS[rules.kind]) if rules.kind in _KINDS else ""
    if rules.kind is Kind.MULTIPLE:
        kind = say("up to {picks} of {options}", picks=rules.picks, options=len(rules.options))
    carries = "" if rules.kind.is_ranked else threshold_words(rules.threshold)
    parts = [kind, carries, quorum_words(rules.quorum)]
    if motion.is_secret:
        parts += [say("secret ballot"), say("turnout only until the close")]
    else:
        parts += [say("open ballot"), say(_VISIBILITY[rules.visibility])]
    parts.append(say("S.O. v{version}", version=motion.orders_version))
    if motion.rules_hash:
        parts.append(say("rules {hash}", hash=motion.rules_hash[:_HASH]))
    line = " · ".join(part for part in parts if part)
    return line[:1].upper() + line[1:]


def electorate_line(rules: Rules) -> str:
    """Return who may vote, or nothing where everybody may."""
    electorate, said = rules.electorate, []
    if electorate.role_id is not None:
        said.append(say("holders of <@&{role}>", role=electorate.role_id))
    if electorate.minimum_age_ms:
        said.append(say("members for at least {span}", span=span(electorate.minimum_age_ms)))
    if not said:
        return ""
    return say("May vote: {who}.", who=", ".join(said))


def choice_words(rules: Rules, choice: Choice) -> str:
    """Return what a ballot says: `Aye`, `B, D`, `1. B  2. D`, `Abstain`."""
    if not choice:
        return say("Abstain")
    names = [clip(safe_line(option_name(rules, place)), 80) for place in choice]
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
    return say(
        "Aye **{ayes}** · Nay **{nays}** · Abstain **{abstentions}**",
        ayes=say_number(tally.ayes),
        nays=say_number(tally.nays),
        abstentions=say_number(tally.abstentions),
    )


def option_lines(
    rules: Rules, tally: Tally | None, winners: Iterable[int] = (), room: int = 1000
) -> list[str]:
    """Return the order paper, one option a line, within *room* characters; counted if *tally*."""
    won = set(winners)
    names = [safe_line(option_name(rules, place)) for place in range(len(rules.options))]
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
    return f"{place + 1}\\. {shown} — **{say_number(tally.counts[place])}**"


def state_of(motion: Motion) -> tuple[str, int]:
    """Return in a word where a motion stands, and the colour of that."""
    where = motion.verdict or motion.status
    return _STATES[where](), colour_of(where)


def colour_of(where: Status | Verdict) -> int:
    """Return the colour of where a motion stands."""
    return _COLOURS.get(where, GREY)


def effect(motion: Motion) -> str:
    """Return what the motion does when it is adopted, beyond being on record."""
    said = []
    if motion.repeals is not None:
        said.append(say("repeals № {number}", number=motion.repeals))
    if motion.order_change is not None:
        change = motion.order_change
        said.append(
            say(
                "sets the standing order “{article}” to “{value}”",
                article=safe_line(change.article),
                value=clip(safe_line(say_value(change.article, change.value)), 100),
            )
        )
    if motion.promised_words is not None:
        said.append(
            say_many("promises {number} words", "promises {number} words", motion.promised_words)
        )
    effects = say_in("effects", " and ").join(said)
    return say("Adopted, it {effects}.", effects=effects) if said else ""
