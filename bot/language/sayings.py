"""Texts that are said later than they are decided on, by others, or more than once.

What a feed had against being read is decided in the background, kept in the database, and read by
the admins of several servers, each in a language of their own.
"""

import json

from bot.language.speech import say


class Saying:
    """A text and its values, as `say` takes them; said whenever it becomes a string."""

    def __init__(self, message: str, /, **values: str | int) -> None:
        self.message = message
        self.values = values

    def __str__(self) -> str:
        """Return it in the language that is spoken here and now."""
        return say(self.message, **self.values)


Sayable = str | Saying
"""A `Saying`; one without values may be a plain text that is marked."""


def kept(text: Sayable) -> str:
    """Return *text* as the database keeps it, for `say_kept`."""
    if isinstance(text, str) or not text.values:
        return text if isinstance(text, str) else text.message
    return json.dumps([text.message, text.values], ensure_ascii=False)


def say_kept(text: str) -> str:
    """Return what `kept` gave in the language spoken here; what is no text of ours, as it is."""
    if not text.startswith("["):
        return say(text)
    try:
        message, values = json.loads(text)
        return say(message, **values)
    except (ValueError, TypeError):
        return text


def english(text: Sayable) -> str:
    """Return *text* in English, for the log."""
    return text if isinstance(text, str) else text.message.format_map(text.values)
