"""Which texts there are: those of the source, and what Discord is told of the commands.

For `make languages` and for the test that holds the catalogues complete.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir

KEYWORDS: Final = MappingProxyType(
    {"say": None, "mark": None, "Saying": None, "say_many": (1, 2), "say_in": ((1, "c"), 2)}
)
COMMANDS: Final = "commands"
NAME, DESCRIPTION, CHOICE = "name", "description", "choice"
"""The contexts of the commands' texts: what is typed, what explains it, what is picked."""

# The console and the sandbox's own page speak to operators and developers, in English.
_METHODS: Final = [("cli/**", "ignore"), ("sandbox/**", "ignore"), ("**.py", "python")]

_AREAS: Final = (
    ("soviet", ("bot/soviet", "bot/ui/soviet", "cogs/soviet")),
    ("chapters", ("bot/chapters", "bot/outbox", "bot/problems", "bot/delivery", "bot/ui/chapter")),
    ("chapters", ("cogs/chapters", "cogs/feeds", "cogs/stories", "cogs/subscriptions")),
    ("quotes", ("bot/quotes", "bot/cards", "bot/ui/quote", "bot/ui/card", "cogs/quotes")),
    ("quotes", ("bot/ui/canon_cards",)),
    ("lore", ("bot/canon", "bot/progress", "bot/uploads", "bot/flags", "bot/ui/lore")),
    ("lore", ("bot/ui/passages", "bot/ui/progress", "bot/ui/timelines", "bot/ui/uploads")),
    ("lore", ("bot/ui/flags", "bot/ui/registry", "cogs/lore", "cogs/canon")),
)
HOUSE: Final = "house"
"""The area of everything that belongs to no other."""

Text = tuple[str | tuple[str, ...], str | None]
"""A text, or its forms for one and many, and its context."""


def area_of(path: str) -> str:
    """Return the area of a file, by its path from the project's folder."""
    return next((area for area, starts in _AREAS if path.startswith(starts)), HOUSE)


def texts_of_source(root: Path) -> dict[str, Catalog]:
    """Return the texts that are said in bot/ and cogs/ under *root*, by area."""
    found: dict[str, Catalog] = {}
    known: set[Text] = set()
    for folder in ("bot", "cogs"):
        said = extract_from_dir(root / folder, keywords=dict(KEYWORDS), method_map=_METHODS)
        for name, line, message, _comments, context in said:
            path = f"{folder}/{name}"
            if (message, context) not in known:
                known.add((message, context))
                catalogue = found.setdefault(area_of(path), Catalog())
                catalogue.add(message, locations=[(path, line)], context=context)
    return found


def texts_of_commands(commands: Iterable[Any]) -> Catalog:
    """Return what Discord is told of *commands*: names, descriptions, options and choices."""
    catalogue = Catalog()
    for text, context in _told(commands):
        if any(letter.isalpha() for letter in text):
            catalogue.add(text, context=context)
    return catalogue


def _told(commands: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Yield every text and its context; a menu has a name only, a group commands of its own."""
    for command in commands:
        yield command.name, NAME
        if hasattr(command, "description"):
            yield command.description, DESCRIPTION
        yield from _told(getattr(command, "commands", ()))
        for option in getattr(command, "parameters", ()):
            yield meant(option.locale_name, option.display_name), NAME
            yield str(option.description), DESCRIPTION
            yield from ((choice.name, CHOICE) for choice in option.choices)


def meant(name: Any, typed: str) -> str:  # noqa: ANN401 - discord.py's locale_str, or nothing
    """Return by which text the catalogues know a *name* that is *typed* so.

    One English word may need two: `locale_str("to", meant="whom")`.
    """
    return str(getattr(name, "extras", {}).get("meant", typed))
