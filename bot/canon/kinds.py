"""What named things are called by kind: shown in the reader's language, read in any."""

from bot.canon.models import EntityKind
from bot.language.speech import LANGUAGES, say_in, speaking


def kind_name(kind: EntityKind) -> str:
    """Return the word for *kind*."""
    return _words()[kind]


def kind_called(word: str) -> EntityKind | None:
    """Return the kind that *word* is for in some language, or None."""
    for language in LANGUAGES:
        with speaking(language):
            for kind, name in _words().items():
                if name == word:
                    return kind
    return None


def _words() -> dict[EntityKind, str]:
    return {
        EntityKind.PERSON: say_in("kind", "person"),
        EntityKind.PLACE: say_in("kind", "place"),
        EntityKind.ORGANISATION: say_in("kind", "organisation"),
        EntityKind.STATE: say_in("kind", "state"),
        EntityKind.SHIP: say_in("kind", "ship"),
        EntityKind.WAR: say_in("kind", "war"),
        EntityKind.BATTLE: say_in("kind", "battle"),
        EntityKind.TREATY: say_in("kind", "treaty"),
        EntityKind.INSTITUTION: say_in("kind", "institution"),
        EntityKind.WEAPON: say_in("kind", "weapon"),
        EntityKind.DOCTRINE: say_in("kind", "doctrine"),
        EntityKind.OTHER: say_in("kind", "other"),
    }
