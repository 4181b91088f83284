"""The catalogues: files of texts in English and in one other language, in gettext's own form."""

from collections.abc import Iterator
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.language.speech import ENGLISH, LANGUAGES, equip

FOLDER: Final = Path(__file__).parent
TRANSLATED: Final = tuple(each for each in LANGUAGES if each != ENGLISH)


@cache
def load() -> None:
    """Read all catalogues and speak by them; once a process. Blocking: some tenths of a second."""
    equip({language: translations(language) for language in TRANSLATED})


def translations(language: str) -> NullTranslations:
    """Return everything that is translated into *language*, as the standard library reads it."""
    whole = Catalog(locale=language)
    for area in catalogues(language):
        for message in area:
            # Whatever two areas say alike is said as the first has it.
            if message.id and whole.get(message.id, message.context) is None:
                whole.add(message.id, message.string, context=message.context)
    compiled = BytesIO()
    write_mo(compiled, whole)
    compiled.seek(0)
    return GNUTranslations(compiled)


def catalogues(language: str) -> Iterator[Catalog]:
    """Yield the catalogue of each area of *language*, in the order of their names."""
    for path in sorted((FOLDER / language).glob("*.po")):
        with path.open("rb") as file:
            yield read_po(file, locale=language)
