"""The articles a house comes with: what each is about, its default, and what it takes. Pure."""

from dataclasses import dataclass
from typing import Final

from bot.language.speech import in_each_language, mark, say
from bot.soviet.article_values import (
    SWITCH,
    Reading,
    at_least_half,
    number,
    one_of,
    role,
    say_time,
    say_word,
    time,
)
from bot.soviet.deadlines import LONGEST_MS, SHORTEST_MS
from bot.soviet.models import DAY_MS, HOUR_MS, Ballot, Visibility
from bot.soviet.thresholds import (
    read_quorum,
    read_threshold,
    say_quorum,
    say_threshold,
    write_quorum,
    write_threshold,
)


@dataclass(frozen=True, slots=True)
class Standard:
    """An article before any guild touched it.

    *title* and *takes* are marked texts: they are said when they are shown. *read* checks and
    spells what is written there, *shown* says what is kept.
    """

    key: str
    title: str
    default: str
    takes: str
    read: Reading
    shown: Reading

    def is_called(self, name: str) -> bool:
        """Tell whether who types *name*, folded, means it: its key or, in any language, title."""
        return name == self.key or name in in_each_language(lambda: say(self.title))


STANDARD: Final = (
    Standard(
        "threshold",
        mark("What carries a motion"),
        "majority",
        mark("a share of at least one half: `majority`, `2/3`, `60%`"),
        lambda text: write_threshold(at_least_half(read_threshold(text))),
        lambda value: say_threshold(read_threshold(value)),
    ),
    Standard(
        "quorum",
        mark("Ballots that make a vote valid"),
        "none",
        mark("a number or a share of the roll: `10`, `25%`, `none`"),
        lambda text: write_quorum(read_quorum(text)),
        lambda value: say_quorum(read_quorum(value)),
    ),
    Standard(
        "seconders",
        mark("Seconders a motion needs"),
        "1",
        mark("a number from 0 to 10"),
        number(0, 10),
        str,
    ),
    Standard(
        "lapse",
        mark("How long a motion waits for them"),
        "48h",
        mark("a time from 1h to 14d"),
        time(HOUR_MS, 14 * DAY_MS),
        say_time,
    ),
    Standard(
        "term",
        mark("How long a vote is open"),
        "72h",
        mark("a time from 5m to 60d"),
        time(SHORTEST_MS, LONGEST_MS),
        say_time,
    ),
    Standard(
        "ballot",
        mark("Ballots"),
        "open",
        mark("`open` or `secret`"),
        one_of(*Ballot),
        say_word,
    ),
    Standard(
        "visibility",
        mark("When the count of an open ballot shows"),
        "live",
        mark("`live`, `after voting` or `on close`"),
        one_of(*Visibility),
        say_word,
    ),
    Standard(
        "movers",
        mark("Who may move"),
        "everyone",
        mark("a role, or `everyone`"),
        role("everyone"),
        say_word,
    ),
    Standard(
        "membership",
        mark("How long a member must belong to vote"),
        "0m",
        mark("a time up to 52w, or 0"),
        time(0, 364 * DAY_MS),
        say_time,
    ),
    Standard(
        "latecomers",
        mark("Whether those vote who joined after it opened"),
        "off",
        mark("`on` or `off`"),
        SWITCH,
        say_word,
    ),
    Standard(
        "cooldown",
        mark("Time between two motions of one mover"),
        "0m",
        mark("a time up to 7d, or 0"),
        time(0, 7 * DAY_MS),
        say_time,
    ),
    Standard(
        "pending",
        mark("Undecided motions one mover may have"),
        "5",
        mark("a number from 1 to 25"),
        number(1, 25),
        str,
    ),
    Standard(
        "praesidium",
        mark("Who may decree, besides Manage Server"),
        "nobody",
        mark("a role, or `nobody`"),
        role("nobody"),
        say_word,
    ),
    Standard(
        "objectors",
        mark("Objections that bring a decree to a vote"),
        "3",
        mark("a number from 1 to 25"),
        number(1, 25),
        str,
    ),
    Standard(
        "decree",
        mark("How long a decree can be objected to"),
        "48h",
        mark("a time from 1h to 14d"),
        time(HOUR_MS, 14 * DAY_MS),
        say_time,
    ),
    Standard(
        "delegation",
        mark("Voting through delegates"),
        "on",
        mark("`on` or `off`"),
        SWITCH,
        say_word,
    ),
    Standard(
        "quota",
        mark("Motions of regret and of thanks"),
        "on",
        mark("`on` or `off`"),
        SWITCH,
        say_word,
    ),
    Standard(
        "words",
        mark("Quota of a story that has none of its own"),
        "10000",
        mark("a number of words from 1 to 1,000,000"),
        number(1, 1_000_000),
        str,
    ),
)
