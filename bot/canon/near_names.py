"""Names that resemble what was typed."""

from rapidfuzz import fuzz

from bot.canon.entity_statements import ENTITIES_BY_TRIGRAM
from bot.canon.file import CanonFile, Scope
from bot.canon.names import fold, variant_key
from bot.canon.spelling import trigram_match
from bot.canon.terms import is_slip

_NEAR_NAME = 78.0
_NEAR_NAMES = 40
_LEAST_NAME = 6
_LONGEST_NAME = 60
_MOST_REMEMBERED = 500


class NearNames:
    """Compares what was typed with every name of a canon."""

    def __init__(self, file: CanonFile) -> None:
        self._file = file
        # One question asks several times for the same; the canon never changes.
        self._near: dict[tuple[str, Scope, float], list[tuple[float, int, str]]] = {}

    async def slips(self, asked: str, scope: Scope) -> dict[int, str]:
        """Return the entities whose name, blanks aside, is nearly what was typed, best first."""
        if not _LEAST_NAME <= len(asked) <= _LONGEST_NAME:
            return {}
        rows = [row for row in await self.near(asked, scope) if is_slip(asked, row[2])]
        return {entity: alias for score, entity, alias in rows if score >= rows[0][0] - 1.0}

    async def near(
        self, asked: str, scope: Scope, *, least: float = _NEAR_NAME, quick: bool = False
    ) -> list[tuple[float, int, str]]:
        """Return (likeness of 100, entity id, alias) of names that resemble *asked*, best first."""
        remembered = (asked, scope, least)
        if (known := self._near.get(remembered)) is not None:
            return known
        folded = fold(asked)
        rows = await self._file.fetch(
            ENTITIES_BY_TRIGRAM,
            {"scope": scope.json, "match": trigram_match(folded), "limit": _NEAR_NAMES},
            quick=quick,
        )
        key = "".join(variant_key(word) for word in folded.split())
        near: dict[int, tuple[float, int, str]] = {}
        for row in rows:
            other = "".join(variant_key(word) for word in row["folded"].split())
            score = fuzz.ratio(key, other)
            if score >= least and score > near.get(row["id"], (0.0,))[0]:
                near[row["id"]] = (score, row["id"], row["alias"])
        found = sorted(near.values(), key=lambda item: (-item[0], item[1]))
        if len(self._near) >= _MOST_REMEMBERED:
            self._near.clear()
        self._near[remembered] = found
        return found
