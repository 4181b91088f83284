"""Saying a thing in the language of whoever reads it.

    say("No work here is called “{name}”.", name=name)
    say_many("{number} chapter", "{number} chapters", count)
    say_in("motion", "open")                     # where one English word has two translations

The first text is a literal: it is what the catalogues are searched for, and what is said where they
have nothing. Whatever changes is a named value, never part of the literal. A text that stands in a
table is marked there, `mark("tabled")`, and said, `say(STATES[status])`, when it is shown.

Which language that is follows the task: an interaction begins in its reader's
(`bot.language.translator`), and what is posted unasked is written `with speaking(language)`, its
server's. Outside both it is English.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from decimal import Decimal
from gettext import NullTranslations
from types import MappingProxyType
from typing import Final

from babel.dates import format_date, format_skeleton, get_month_names
from babel.lists import format_list
from babel.numbers import format_decimal

log = logging.getLogger(__name__)

ENGLISH: Final = "en"
LANGUAGES: Final = MappingProxyType({"en": "English", "de": "Deutsch", "ru": "Русский"})
"""What may be spoken, each by its own name."""

_REGIONS: Final = MappingProxyType({"en": "en_GB", "de": "de_DE", "ru": "ru_RU"})
_SOURCE: Final = NullTranslations()
_language: ContextVar[str] = ContextVar("language", default=ENGLISH)
_catalogues: dict[str, NullTranslations] = {}


def equip(catalogues: Mapping[str, NullTranslations]) -> None:
    """Speak by *catalogues*, by language, from now on; once, when the process starts."""
    _catalogues.update(catalogues)


def language_for(locale: str | None) -> str:
    """Return the language for one of Discord's locales (`de`, `en-GB`), else English."""
    language = (locale or "").partition("-")[0]
    return language if language in LANGUAGES else ENGLISH


def language() -> str:
    """Return the language that is spoken here and now."""
    return _language.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak *language* inside; what is not known is English."""
    token = _language.set(language if language in LANGUAGES else ENGLISH)
    try:
        yield
    finally:
        _language.reset(token)


def mark(message: str) -> str:
    """Return *message* as it is: a text that will be said, from a table."""
    return message


def say(message: str, /, **values: object) -> str:
    """Return *message* in the language spoken here, its `{names}` filled with *values*."""
    return _filled(_catalogue().gettext(message), message, values)


def say_in(context: str, message: str, /, **values: object) -> str:
    """Return *message* as `say` does, as it is meant in *context*."""
    return _filled(_catalogue().pgettext(context, message), message, values)


def say_many(one: str, many: str, number: int, /, **values: object) -> str:
    """Return the form that goes with *number*, which stands in it as `{number}`."""
    found = _catalogue().ngettext(one, many, number)
    source = one if number == 1 else many
    return _filled(found, source, {"number": say_number(number), **values})


def say_number(number: float | Decimal) -> str:
    """Return a number with the signs of the language: 4,182 · 4.182 · 4 182."""
    return format_decimal(number, locale=_REGIONS[language()])


def say_date(day: date) -> str:
    """Return a day in full: 19 May 1932 · 19. Mai 1932 · 19 мая 1932 г."""
    return format_date(day, "long", locale=_REGIONS[language()])


def say_day(day: date) -> str:
    """Return a day of any year: 19 May · 19. Mai · 19 мая."""
    return format_skeleton("MMMMd", day, locale=_REGIONS[language()])


def say_month_alone(day: date) -> str:
    """Return the name of a month as it stands alone: May · Mai · май."""
    return format_skeleton("MMMM", day, locale=_REGIONS[language()])


def say_month_in_date(number: int) -> str:
    """Return the name of a month (1 to 12) as it stands in a date: May · Mai · мая."""
    return str(get_month_names("wide", "format", locale=_REGIONS[language()])[number])


def say_quoted(text: str) -> str:
    """Return *text* in quotation marks: “a” · „a“ · «a»."""
    return say("“{text}”", text=text)


def say_month(day: date) -> str:
    """Return a month in few letters, with its year: May 1932 · Mai 1932 · май 1932."""
    return format_date(day, "LLL y", locale=language())


def say_list(items: Iterable[str]) -> str:
    """Return an enumeration: a, b and c."""
    return format_list(list(items), locale=_REGIONS[language()])


def in_each_language(saying: Callable[[], str]) -> frozenset[str]:
    """Return what *saying* says in each language, folded: what readers may type for it."""
    found = set()
    for each in LANGUAGES:
        with speaking(each):
            found.add(saying().casefold())
    return frozenset(found)


def say_choice(items: Iterable[str]) -> str:
    """Return a choice: a, b or c."""
    return format_list(list(items), style="or", locale=_REGIONS[language()])


def translated(language: str, context: str, message: str) -> str | None:
    """Return *message* as it is meant in *context* in *language*; None where it has none."""
    found = _catalogues.get(language, _SOURCE).pgettext(context, message)
    return None if found == message else found


def _catalogue() -> NullTranslations:
    return _catalogues.get(_language.get(), _SOURCE)


def _filled(found: str, source: str, values: Mapping[str, object]) -> str:
    if not values:
        return found
    try:
        return found.format_map(values)
    except (LookupError, ValueError):
        # The catalogues are held complete by tests; a slip in one must not cost the answer.
        log.exception("the translation of %r cannot be filled in", source)
        return source.format_map(values)
