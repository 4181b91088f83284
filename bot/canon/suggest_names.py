"""Names for autocomplete: by beginning, by any of their words, by sound, by likeness."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence

from rapidfuzz import fuzz

from bot.canon.answers import Suggestion
from bot.canon.entity_statements import ENTITIES_BY_PREFIX, ENTITIES_BY_TRIGRAM
from bot.canon.file import Scope
from bot.canon.labels import MAX_LABEL, entity_label, shortened
from bot.canon.library import Library
from bot.canon.names import fold, name_key, variant_key
from bot.canon.spelling import trigram_match

MOST_NAMES = 8
_LEAST_LIKENESS = 75.0
_LEAST_GRAM = 3
_LEAST_SOUND = 4
_CANDIDATES = 40
_MOST_WORDS = 4
_TELLING_LETTERS = 16
"""Of a begun name; each letter more takes as long again, and hardly any other name is left."""
_MOST_REMEMBERED = 200


class NameSuggester:
    """Suggests who or what may be meant by a begun name."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._file = library.file
        # By sound and by likeness the same names are looked at; the canon never changes.
        self._remembered: dict[tuple[str, Scope], list[sqlite3.Row]] = {}

    async def begun(self, words: str, scope: Scope, most: int = MOST_NAMES) -> list[Suggestion]:
        """Return the names that begin like *words*, then those of which a word does.

        When there are none: those that sound as if they did. For no words the foremost names.
        """
        rows = await self._begun(words, scope, most)
        return self._lines(name_key(words), rows)[:most]

    async def as_text(self, words: str, scope: Scope, most: int = MOST_NAMES) -> list[Suggestion]:
        """Return the same names as words to look for, not as keys; those that some passage says."""
        rows = await self._begun(words, scope, most)
        prefix = name_key(words).split()
        lines: dict[str, Suggestion] = {}
        for row in rows:
            typed = row["is_name"] or _begins_each(prefix, fold(row["name"]).split())
            name = row["name"] if typed else row["alias"]
            if row["mentions"]:
                lines.setdefault(fold(name), Suggestion(shortened(name), name[:MAX_LABEL]))
        return list(lines.values())[:most]

    async def _begun(self, words: str, scope: Scope, most: int) -> list[sqlite3.Row]:
        prefix = name_key(words)
        if words and not prefix:
            return []
        parameters = {"scope": scope.json, "prefix": prefix, "limit": most * 4}
        rows = await self._file.fetch(ENTITIES_BY_PREFIX, parameters, quick=True)
        if prefix and len({(row["work_id"], row["key"]) for row in rows}) < most:
            rows += await self._holding(prefix, scope)
        if not rows and len(prefix) >= _LEAST_SOUND:
            sound = _sound(prefix)
            rows = await self._resembling(
                prefix, scope, lambda alias: 100.0 * _sound(alias).startswith(sound)
            )
        return rows

    async def like(self, words: str, scope: Scope, most: int = MOST_NAMES) -> list[Suggestion]:
        """Return the names that resemble *words*, the likest first."""
        prefix = name_key(words)
        if len(prefix) < _LEAST_SOUND:
            return []
        sound = _sound(prefix)

        def likeness(alias: str) -> float:
            begun = fuzz.ratio(prefix, alias[: len(prefix) + 1])
            sounding = _sound(alias)[: len(sound) + 1]
            return max(begun, fuzz.ratio(sound, sounding), fuzz.ratio(prefix, alias))

        return self._lines(prefix, await self._resembling(prefix, scope, likeness))[:most]

    async def _holding(self, prefix: str, scope: Scope) -> list[sqlite3.Row]:
        """Return the names in which a word, not the first, begins like each of the words typed."""
        words = prefix.split()
        telling = [word for word in words if len(word) >= _LEAST_GRAM]
        if not telling:
            return []
        match = " AND ".join(f'"{word}"' for word in telling)
        parameters = {"scope": scope.json, "match": match, "limit": _CANDIDATES}
        found = await self._file.fetch(ENTITIES_BY_TRIGRAM, parameters, quick=True)
        rows = [row for row in found if _begins_each(words, row["folded"].split())]
        return sorted(rows, key=lambda row: (-row["is_name"], -row["mentions"]))

    async def _resembling(
        self, prefix: str, scope: Scope, likeness: Callable[[str], float]
    ) -> list[sqlite3.Row]:
        rows = await self._near(prefix, scope)
        scored = [(likeness(row["folded"]), row) for row in rows]
        scored = [each for each in scored if each[0] >= _LEAST_LIKENESS]
        return [row for _, row in sorted(scored, key=lambda each: (-each[0], -each[1]["mentions"]))]

    async def _near(self, prefix: str, scope: Scope) -> list[sqlite3.Row]:
        """Return the names with the likest letters; none for more words than a name has."""
        if len(prefix.split()) > _MOST_WORDS:
            return []
        rows = self._remembered.get((prefix, scope))
        if rows is None:
            match = trigram_match(prefix[:_TELLING_LETTERS])
            parameters = {"scope": scope.json, "match": match, "limit": _CANDIDATES}
            rows = await self._file.fetch(ENTITIES_BY_TRIGRAM, parameters, quick=True)
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[prefix, scope] = rows
        return rows

    def _lines(self, prefix: str, rows: Iterable[sqlite3.Row]) -> list[Suggestion]:
        """Return a line for each entity, with the alias that was typed where its name is none."""
        lines: dict[str, Suggestion] = {}
        for row in rows:
            work = self._library.works[row["work_id"]]
            in_name = _begins_each(prefix.split(), fold(row["name"]).split())
            alias = None if row["is_name"] or in_name else row["alias"]
            line = entity_label(row["name"], row["kind"], work.title, alias)
            value = f"{work.slug}/~{row['key']}"
            lines.setdefault(value, Suggestion(line, value))
        return list(lines.values())


def _sound(name: str) -> str:
    return "".join(variant_key(word) for word in name.split())


def _begins_each(begun: Sequence[str], words: Sequence[str]) -> bool:
    return all(any(word.startswith(each) for word in words) for each in begun)
