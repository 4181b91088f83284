"""Texts that are said later than they are decided on, by others, or more than once.

What a feed had against being read is decided in the background, kept in the database, and read by
the admins of several servers, each in a language of their own. What is wrong with a document is
found out in another process, which knows nothing of its uploader.
"""

import json
from typing import Any

from bot.language.speech import ENGLISH, say, say_month_in_date, speaking


class Month:
    """A month (1 to 12) as it stands in a date, said whenever it becomes a string."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __str__(self) -> str:
        """Return it in the language that is spoken here and now."""
        return say_month_in_date(self.number)


class Saying:
    """A text and its values, as `say` takes them; said whenever it becomes a string."""

    def __init__(self, message: str, /, **values: "str | int | Month | Saying") -> None:
        self.message = message
        self.values = values

    def __str__(self) -> str:
        """Return it in the language that is spoken here and now."""
        return say(self.message, **self.values)

    def __eq__(self, other: object) -> bool:
        """Tell whether *other* says the same."""
        return isinstance(other, Saying) and kept(self) == kept(other)

    def __hash__(self) -> int:
        """Return what is equal for what says the same."""
        return hash(kept(self))


Sayable = str | Saying
"""A `Saying`; one without values may be a plain text that is marked."""


def kept(text: Sayable) -> str:
    """Return *text* as the database keeps it, for `say_kept`."""
    if isinstance(text, str) or not text.values:
        return text if isinstance(text, str) else text.message
    return json.dumps([text.message, text.values], ensure_ascii=False, default=_as_json)


def _as_json(value: Month | Saying) -> object:
    return {"month": value.number} if isinstance(value, Month) else [value.message, value.values]


def saying_kept(text: str) -> Saying:
    """Return what `kept` was given; what is no text of ours is said as it is."""
    if text.startswith("["):
        try:
            return _saying(*json.loads(text))
        except (ValueError, TypeError, LookupError, AttributeError):
            pass
    return Saying(text)


def _saying(message: Any, values: Any) -> Saying:  # noqa: ANN401 - JSON
    return Saying(str(message), **{name: _value(each) for name, each in values.items()})


def _value(told: Any) -> str | int | Month | Saying:  # noqa: ANN401 - JSON
    if isinstance(told, dict):
        return Month(int(told["month"]))
    if isinstance(told, list):
        return _saying(*told)
    return told if isinstance(told, int) else str(told)


def say_kept(text: str) -> str:
    """Return what `kept` gave in the language spoken here; what is no text of ours, as it is."""
    return str(saying_kept(text)) if text else ""


def english(text: Sayable) -> str:
    """Return *text* in English, for the log."""
    with speaking(ENGLISH):
        return str(text)
