"""Standing orders: numbered articles of a guild, with defaults and bounds. Pure.

Every change is a version of its own; a motion names the version it is held under.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from bot.language.speech import say
from bot.soviet.article_values import ROLE, span_ms
from bot.soviet.articles import STANDARD, Standard
from bot.soviet.errors import BadArticleError, BadDraftError, NoSuchArticleError
from bot.soviet.models import Quorum, Threshold
from bot.soviet.thresholds import read_quorum, read_threshold


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it stands: *value* as it is kept."""

    number: int
    standard: Standard
    value: str
    is_default: bool

    @property
    def key(self) -> str:
        """Its name, by which it is kept."""
        return self.standard.key

    @property
    def title(self) -> str:
        """What it is about, in words."""
        return say(self.standard.title)

    @property
    def takes(self) -> str:
        """What may be written there."""
        return say(self.standard.takes)

    @property
    def shown(self) -> str:
        """The value in words."""
        return self.standard.shown(self.value)


@dataclass(frozen=True, slots=True)
class Orders:
    """The articles at a version; 0 is the orders as the house came."""

    version: int
    articles: tuple[Article, ...]

    def __getitem__(self, key: str) -> str:
        """Return the value of the article named *key*."""
        return next(article.value for article in self.articles if article.key == key)

    def number(self, key: str) -> int:
        """Return the value of an article that takes a number."""
        return int(self[key])

    def span_ms(self, key: str) -> int:
        """Return the value of an article that takes a time, in milliseconds."""
        return span_ms(self[key])

    def is_on(self, key: str) -> bool:
        """Tell whether an article that takes on or off is on."""
        return self[key] == "on"

    def role(self, key: str) -> int | None:
        """Return the id of the role an article names, or None."""
        match = ROLE.fullmatch(self[key])
        return int(match[1]) if match else None

    @property
    def threshold(self) -> Threshold:
        """What carries a motion that says nothing of it."""
        return read_threshold(self["threshold"])

    @property
    def quorum(self) -> Quorum:
        """The quorum of a motion that says nothing of it."""
        return read_quorum(self["quorum"])


KEYS: Final = tuple(standard.key for standard in STANDARD)


def orders_at(version: int, changed: Mapping[str, str]) -> Orders:
    """Return the orders of *version*, in which the articles *changed* (key → value) differ."""
    return Orders(
        version,
        tuple(
            Article(
                number,
                standard,
                changed.get(standard.key, standard.default),
                standard.key not in changed,
            )
            for number, standard in enumerate(STANDARD, start=1)
        ),
    )


def say_value(article: str, value: str) -> str:
    """Return a *value* that is kept for the article of that key in the language spoken here."""
    standard = next((each for each in STANDARD if each.key == article), None)
    if standard is not None:
        with suppress(BadDraftError):
            return standard.shown(value)
    return value


def read_article(article: str, value: str) -> tuple[str, str]:
    """Return key and kept spelling of *value* for the article called so, by number or by name.

    Raises:
        NoSuchArticleError, BadArticleError.
    """
    found = find_article(orders_at(0, {}), article)
    try:
        return found.key, found.standard.read(value[:100])
    except (ValueError, BadDraftError) as error:
        raise BadArticleError(found.title, found.takes) from error


def find_article(orders: Orders, typed: str) -> Article:
    """Return the article that somebody means, by number, name or title in any language.

    Raises:
        NoSuchArticleError: there is none.
    """
    wanted = typed.strip().casefold().removeprefix("art.").removeprefix("§").strip()
    for each in orders.articles:
        if wanted == str(each.number) or each.standard.is_called(wanted):
            return each
    raise NoSuchArticleError(typed)
