"""discord.py's side of the languages: how commands are called, and in what an answer is given."""

from collections.abc import Callable
from typing import Any

import discord
from discord import app_commands

from bot.language.areas import CHOICE, DESCRIPTION, NAME, meant
from bot.language.speech import ENGLISH, language_for, speaking, translated

_NAMES = frozenset(
    {
        app_commands.TranslationContextLocation.command_name,
        app_commands.TranslationContextLocation.group_name,
        app_commands.TranslationContextLocation.parameter_name,
    }
)


class CommandTranslator(app_commands.Translator):
    """Tells Discord the names and descriptions of the commands in each language."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """Return *string* for readers with *locale*; None where English is all there is."""
        language = language_for(locale.value)
        if language == ENGLISH:
            return None
        return translated(language, _kind(context.location), meant(string, string.message))


def _kind(location: app_commands.TranslationContextLocation) -> str:
    if location in _NAMES:
        return NAME
    is_choice = location is app_commands.TranslationContextLocation.choice_name
    return CHOICE if is_choice else DESCRIPTION


def answer_in_each_language(parsers: dict[str, Callable[[Any], None]]) -> None:
    """Have everything that follows from an interaction said in its reader's language.

    *parsers*: discord.py's, by event. The tasks it begins there inherit the language.
    """
    take = parsers["INTERACTION_CREATE"]

    def in_the_readers(data: Any) -> None:  # noqa: ANN401 - Discord's JSON
        with speaking(language_for(data.get("locale"))):
            take(data)

    parsers["INTERACTION_CREATE"] = in_the_readers
