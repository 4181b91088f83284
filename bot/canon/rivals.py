"""Whether a query is a name, and in which works: that decides between stories and real history."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.canon.answers import Answer, View
from bot.canon.entity_statements import ENTITIES_BY_ALIAS, NAMES_AMONG
from bot.canon.file import Scope
from bot.canon.library import Library
from bot.canon.names import fold, name_key
from bot.canon.search import Found, Manner

_MOST_WORDS = 4
_MOST_LOOKED_AT = 12
_MOST_OF_A_DEED = 3
_OCCASIONS = frozenset(
    "conference congress summit treaty pact agreement accord accords convention protocol charter"
    " declaration battle siege campaign offensive crisis incident affair putsch coup mutiny"
    " uprising rising rebellion massacre armistice truce plebiscite trial trials award note".split()
)
"""With a place before it one of these is a name: the Tehran conference."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer with how well it fits: see `Found` for the rest."""

    answer: Answer
    share: float = 1.0
    together: bool = True
    lone: bool = False
    titled: bool = False
    nearly_titled: bool = False
    itself: bool = True
    done: bool | None = None
    terms: int = 0

    @property
    def is_doubtful(self) -> bool:
        """Every word is found, but something else may be meant: see `Lookup`.

        That is worth looking for where hardly more is asked than who did it, and to whom.
        """
        literally = self.itself or self.nearly_titled
        wrong = self.done is False and self.terms <= _MOST_OF_A_DEED
        vague = self.done is True and not literally and self.terms < _MOST_OF_A_DEED
        return wrong or vague or self.is_one_word

    @property
    def is_one_word(self) -> bool:
        """One word was asked for that no passage says: only what means about the same."""
        return not self.itself and self.terms == 1

    @classmethod
    def of(cls, answer: Answer, found: Found) -> "Asked":
        """Return *answer* as it was *found*."""
        return cls(
            answer,
            found.share,
            found.together,
            found.lone,
            found.titled,
            found.nearly_titled,
            found.itself,
            found.done,
            found.terms,
        )


class Rivals:
    """Asks what somebody's words are the name of."""

    def __init__(self, library: Library) -> None:
        self._file = library.file
        self._wording = library.search.wording

    async def is_name(self, text: str, scope: Scope) -> bool:
        """Tell whether somebody or something of *scope* is called *text*."""
        parameters = {"scope": scope.json, "folded": name_key(text)}
        return bool(await self._file.fetch(ENTITIES_BY_ALIAS, parameters))

    async def names_history(self, own: Asked, name: str, view: View) -> bool:
        """Tell whether *name* is of real history; part of it may be, where *own* lacks some.

        So is what holds a word that no story says, where the rest is strewn over one.
        """
        if own.answer.manner is Manner.ALL:
            return await self.is_name(name, view.history)
        strewn = bool(own.answer.missing) and not own.together
        return strewn or await self.is_of_history(name, view)

    async def is_of_history(self, text: str, view: View) -> bool:
        """Tell whether *text* names what only real history has.

        It is called so there; or part of it is, and nothing in the stories; or it is an occasion.
        """
        if await self.is_name(text, view.history):
            return True
        telling = self._wording.telling(text)
        if 2 <= len(telling) <= _MOST_WORDS and telling[-1] in _OCCASIONS:
            return not await self.is_name(text, view.scope)
        parts = list(_parts(fold(text).split()))
        there = await self._names_among(parts, view.history)
        longest = next((part for part in parts if part in there), None)
        return longest is not None and not await self._names_among([longest], view.scope)

    async def _names_among(self, parts: Sequence[str], scope: Scope) -> set[str]:
        parameters = {"scope": scope.json, "names": json.dumps(parts)}
        return {row["folded"] for row in await self._file.fetch(NAMES_AMONG, parameters)}


def _parts(words: Sequence[str]) -> Iterator[str]:
    """Yield the runs of two words and more in *words*, the longest first."""
    near = words[:_MOST_LOOKED_AT]
    for length in range(min(_MOST_WORDS, len(near)), 1, -1):
        for start in range(len(near) - length + 1):
            yield " ".join(near[start : start + length])
