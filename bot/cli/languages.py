"""`make languages`: brings the catalogues in step with the source; what is new waits, empty."""

import asyncio
import tempfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from bot.app import Samizdat
from bot.clock import UtcClock
from bot.compose import open_services
from bot.language.areas import COMMANDS, Text, texts_of_commands, texts_of_source
from bot.language.catalogues import FOLDER, TRANSLATED, catalogues
from bot.settings import Settings
from cogs import EXTENSIONS

Command = Any
"""One of discord.py's: a command, a group or a menu."""
ROOT = Path(__file__).parents[2]
_WRITTEN = datetime(2026, 11, 26, tzinfo=UTC)
_HEADER = "# {language}: {area}. `make languages` keeps the English; the rest is written by hand."


async def commands() -> list[Command]:
    """Return the commands and the menus that Discord is told of."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_services(Settings(data_dir=Path(folder)), UtcClock()) as services:
            bot = Samizdat(services, extensions=EXTENSIONS)
            for extension in EXTENSIONS:
                await bot.load_extension(extension)
            return [*bot.tree.get_commands()]


def texts(told: Iterable[Command]) -> dict[str, Catalog]:
    """Return every text there is to translate, by area; *told*: the commands."""
    return {**texts_of_source(ROOT), COMMANDS: texts_of_commands(told)}


def renew(language: str, wanted: dict[str, Catalog]) -> int:
    """Write the catalogues of *language*: *wanted*, as far as it was translated before.

    Returns:
        How many texts wait for a translation.
    """
    known: dict[Text, str | tuple[str, ...]] = {
        (_fixed(message.id), message.context): _fixed(message.string)
        for catalogue in catalogues(language)
        for message in catalogue
        if message.id and message.string
    }
    waiting = 0
    (FOLDER / language).mkdir(exist_ok=True)
    for path in (FOLDER / language).glob("*.po"):
        if path.stem not in wanted:
            path.unlink()
    for area, texts_ in wanted.items():
        catalogue = Catalog(
            locale=language,
            header_comment=_HEADER.format(language=language, area=area),
            project="Samizdat",
            # Dates would change with every run.
            creation_date=_WRITTEN,
            revision_date=_WRITTEN,
            fuzzy=False,
        )
        for message in texts_:
            if message.id:
                found = known.get((_fixed(message.id), message.context), "")
                waiting += not found or not all(found)
                catalogue.add(message.id, found, [*message.locations][:1], context=message.context)
        with (FOLDER / language / f"{area}.po").open("wb") as file:
            write_po(file, catalogue, width=100, sort_output=True, include_lineno=False)
    return waiting


def _fixed(forms: str | Sequence[str]) -> str | tuple[str, ...]:
    return forms if isinstance(forms, str) else tuple(forms)


def main() -> None:
    """Renew the catalogues of all languages and say what waits."""
    wanted = texts(asyncio.run(commands()))
    for language in TRANSLATED:
        print(f"{language}: {renew(language, wanted)} texts wait for a translation")


if __name__ == "__main__":
    main()
