"""What autocomplete offered and Discord sends back: keys and labels, found again."""

from collections.abc import Iterator

from bot.canon.entity_statements import ENTITIES_BY_PREFIX
from bot.canon.file import Scope
from bot.canon.labels import (
    SEPARATOR,
    one_line,
    read_entity_label,
    shown_name,
    without_alias,
    work_tail,
)
from bot.canon.library import Library
from bot.canon.models import Entity
from bot.canon.names import name_key
from bot.canon.statements import ENTRY_BY_LABEL, PASSAGES_NUMBERED

_MOST_LIKE_IT = 200
_LONGEST_NUMBER = 6


class Choices:
    """Finds the entry or the entity that a value or a label of autocomplete stands for."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._file = library.file

    async def entity(self, text: str, scope: Scope) -> Entity | None:
        """Return the entity that *text* stands for, or None."""
        if "/~" in text and (entity := await self._library.entity_called(text, scope)):
            return entity
        for work, line in self._by_work(without_alias(text)):
            read = read_entity_label(line)
            if read is None:
                continue
            name, kind = read
            parameters = {
                "scope": scope.json,
                "prefix": name_key(name.rstrip("…")),
                "limit": _MOST_LIKE_IT,
            }
            for row in await self._file.fetch(ENTITIES_BY_PREFIX, parameters):
                if (row["work_id"], row["kind"]) == (work, kind) and name == shown_name(
                    row["name"]
                ):
                    reference = f"{self._library.works[work].slug}/~{row['key']}"
                    return await self._library.entity_called(reference, scope)
        return None

    async def entry(self, text: str, scope: Scope) -> int | None:
        """Return the row id of the entry that *text* stands for, or None."""
        if "/" in text and (row := await self._library.row_called(text, scope)):
            return int(row["id"])
        for work, line in self._by_work(text):
            written, separator, title = line.partition(SEPARATOR)
            if not separator:
                continue
            paragraph = written.startswith("¶")
            find = self._paragraph if paragraph else self._event
            found = await find(work, written.removeprefix("¶"), title, scope)
            if found is not None:
                return found
        return None

    def _by_work(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield the works that the end of *text* may name, each with what stands before."""
        for each, work in self._library.works.items():
            tail = work_tail(work.title)
            if text.endswith(tail):
                yield each, text.removesuffix(tail)

    async def _event(self, work: int, written: str, title: str, scope: Scope) -> int | None:
        parameters = {
            "scope": scope.json,
            "work_id": work,
            "written": written,
            "title": title.rstrip("…"),
        }
        rows = await self._file.fetch(ENTRY_BY_LABEL, parameters)
        return int(rows[0]["id"]) if rows else None

    async def _paragraph(self, work: int, number: str, quoted: str, scope: Scope) -> int | None:
        if not number.isdecimal() or len(number) > _LONGEST_NUMBER:
            return None
        parameters = {"scope": scope.json, "number": int(number)}
        quoted = quoted.strip("… ")
        for row in await self._file.fetch(PASSAGES_NUMBERED, parameters):
            if row["work_id"] == work and quoted in one_line(row["text"]):
                return int(row["id"])
        return None
