"""What is offered while somebody types a command of the chamber."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final, TypeVar

from discord import app_commands

from bot.chapters.stories.service import Stories
from bot.language.speech import mark, say
from bot.soviet.errors import BadDraftError, NoSuchArticleError
from bot.soviet.models import Ballot, Status, Visibility
from bot.soviet.orders import Orders, find_article
from bot.soviet.results import Law
from bot.soviet.service import Soviet
from bot.ui.soviet.business import option_label
from bot.ui.soviet.lists import CALLED_PLAN, PLAN
from bot.ui.text import plain
from bot.ui.theme import CHOICES, OPTION, clip

Choices = list[app_commands.Choice[str]]
Chosen = TypeVar("Chosen", bound=StrEnum)

THRESHOLDS: Final = (
    ("majority", mark("majority: more than half of the votes cast")),
    ("3/5", mark("3/5 of the votes cast")),
    ("2/3", mark("2/3 of the votes cast")),
    ("3/4", mark("3/4 of the votes cast")),
    ("unanimous", mark("unanimous: no vote against")),
    ("majority of the roll", mark("majority of the roll: more than half of all who may vote")),
    ("2/3 of the roll", mark("2/3 of the roll: of all who may vote")),
)
CLOSES: Final = (
    ("1h", mark("in an hour")),
    ("24h", mark("in a day")),
    ("72h", mark("in three days")),
    ("1w", mark("in a week")),
    ("until next chapter", mark("with the next chapter of the story")),
)
QUORUMS: Final = (
    ("none", mark("none: any number decides")),
    ("5", mark("5 ballots")),
    ("10", mark("10 ballots")),
    ("25%", mark("a quarter of all who may vote")),
    ("1/3", mark("a third of all who may vote")),
    ("50%", mark("half of all who may vote")),
)
METHODS: Final = [
    app_commands.Choice(name="simple: Aye or Nay, or one of the options", value="simple"),
    app_commands.Choice(name="multiple: several of the options", value="multiple"),
    app_commands.Choice(name="ranked: options in order, instant runoff", value="ranked"),
    app_commands.Choice(name="decree: stands unless enough readers object", value="decree"),
]
BALLOTS: Final = [
    app_commands.Choice(name="open: names in the minutes", value=Ballot.OPEN.value),
    app_commands.Choice(name="secret: nobody learns who voted what", value=Ballot.SECRET.value),
]
RESULTS: Final = [
    app_commands.Choice(name="live: the count is always shown", value=Visibility.LIVE.value),
    app_commands.Choice(
        name="after voting: to those who have voted", value=Visibility.AFTER_VOTING.value
    ),
    app_commands.Choice(name="on close", value=Visibility.ON_CLOSE.value),
]
LAWS: Final = [
    app_commands.Choice(name="fulfilled", value=Law.FULFILLED.value),
    app_commands.Choice(name="overtaken by events", value=Law.OVERTAKEN.value),
]


def chosen(kind: type[Chosen], said: str) -> Chosen:
    """Return the choice that *said* is: Discord offers them, yet a client may send anything.

    Raises:
        BadDraftError: it is none of them.
    """
    try:
        return kind(said)
    except ValueError:
        known = ", ".join(each.value.replace("_", " ") for each in kind)
        raise BadDraftError(
            say("“{typed}” is none of these: {known}.", typed=clip(plain(said), 40), known=known)
        ) from None


def offered(presets: Iterable[tuple[str, str]], typed: str) -> Choices:
    """Return the presets that *typed* begins or occurs in; anything else may be typed in full.

    *presets*: what is sent, and what it is called.
    """
    wanted = typed.casefold().strip()
    return [
        app_commands.Choice(name=clip(label, OPTION), value=value)
        for value, label in presets
        if wanted in value.casefold() or wanted in label.casefold()
    ][:CHOICES]


def suggested(presets: Iterable[tuple[str, str]], typed: str) -> Choices:
    """Return what is `offered` of *presets* that call themselves by a marked text."""
    return offered(((value, say(words)) for value, words in presets), typed)


async def motion_choices(
    soviet: Soviet, guild_id: int | None, typed: str, statuses: Sequence[Status]
) -> Choices:
    """Return motions by № or by words of their text, the newest first."""
    if guild_id is None:
        return []
    found = await soviet.chamber.motions(guild_id, statuses, typed=typed.strip(" №#")[:100])
    return [
        app_commands.Choice(name=option_label(each.number, each.text), value=str(each.number))
        for each in found[:CHOICES]
    ]


async def resolution_choices(soviet: Soviet, guild_id: int | None, typed: str) -> Choices:
    """Return resolutions in force, by words of their text."""
    if guild_id is None:
        return []
    found = await soviet.archive.ledger(guild_id, typed.strip(" №#")[:100], Law.ADOPTED)
    return [
        app_commands.Choice(name=option_label(each.number, each.text), value=str(each.number))
        for each in found[:CHOICES]
    ]


async def story_choices(stories: Stories, guild_id: int | None, typed: str) -> Choices:
    """Return stories that are followed on a server."""
    if guild_id is None:
        return []
    found = await stories.suggest(guild_id, typed[:100])
    return [
        app_commands.Choice(name=clip(plain(each.title), OPTION), value=str(each.id))
        for each in found[:CHOICES]
    ]


def with_plan(choices: Choices, typed: str) -> Choices:
    """Return *choices* of motions and, where it fits, the plan."""
    wanted = typed.strip().casefold()
    if not any(name.startswith(wanted) for name in CALLED_PLAN):
        return choices
    plan = app_commands.Choice(name=say("plan: the Five-Year Plan"), value=PLAN)
    return [plan, *choices][:CHOICES]


def article_choices(orders: Orders, typed: str) -> Choices:
    """Return articles of the standing orders."""
    return offered(
        (
            (each.key, f"{each.number}. {each.title}: {plain(each.shown)}")
            for each in orders.articles
        ),
        typed,
    )


def value_choices(orders: Orders, article: str, typed: str) -> Choices:
    """Return what an article says now, with what it takes."""
    try:
        found = find_article(orders, article)
    except NoSuchArticleError:
        return []
    takes = plain(found.takes).replace("`", "")
    label = say("{value} (as it is; takes {takes})", value=plain(found.shown), takes=takes)
    so_far = typed.strip()[:OPTION]
    given = [app_commands.Choice(name=so_far, value=so_far)] if so_far else []
    return [*given, app_commands.Choice(name=clip(label, OPTION), value=found.value)]
