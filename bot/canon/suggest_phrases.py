"""Text for `/lore search` while it is typed: names, and what the passages say more than once."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from bot.canon.answers import Suggestion
from bot.canon.candidates import passages
from bot.canon.file import Scope
from bot.canon.labels import MAX_LABEL, shortened
from bot.canon.library import Library
from bot.canon.models import Entry
from bot.canon.names import fold

MOST_PHRASES = 12
_MORE_WORDS = 3
"""Words beyond those typed that a phrase may have: `war` becomes *war of independence*."""
_OFTEN = 2
_LEAST_LETTERS = 2
_MOST_WORDS = 8


class PhraseSuggester:
    """Suggests how begun words go on.

    Only passages that the reader may see are looked at, and only they are counted: what later
    chapters say often is not said here.
    """

    def __init__(self, library: Library) -> None:
        self._library = library

    async def begun(self, text: str, scope: Scope) -> list[Suggestion]:
        """Return phrases that begin as *text* does, those of the most passages first."""
        said = fold(text).split()
        if not 1 <= len(said) <= _MOST_WORDS or len(said[-1]) < _LEAST_LETTERS:
            return []
        match = f'"{" ".join(said)}" *'
        rows = await passages(self._library.file, match, None, scope, quick=True)
        idle = self._library.search.wording.idle
        counts: Counter[str] = Counter()
        where: dict[str, int] = {}
        for row in rows:
            found = set(_phrases(row["title"].split(), said, idle))
            found |= set(_phrases(row["body"].split(), said, idle))
            counts.update(found)
            for phrase in found:
                where.setdefault(phrase, row["id"])
        best = _best(counts, len(said))
        entries = await self._library.entries(
            {where[each]: None for each in best}, scope, quick=True
        )
        lines = dict.fromkeys(_written(phrase, entries) for phrase in best)
        return [Suggestion(shortened(line), line[:MAX_LABEL]) for line in lines]


def _phrases(words: Sequence[str], said: Sequence[str], idle: frozenset[str]) -> Iterator[str]:
    """Yield what begins with *said* in *words*: its last word whole, then with those behind it."""
    count = len(said)
    for at in range(len(words) - count + 1):
        if words[at : at + count - 1] == said[:-1] and words[at + count - 1].startswith(said[-1]):
            for end in range(at + count, min(at + count + _MORE_WORDS, len(words)) + 1):
                if words[end - 1] not in idle:
                    yield " ".join(words[at:end])


def _best(counts: Counter[str], typed: int) -> list[str]:
    """Return the phrases worth offering: those of *typed* words, and longer ones said again."""
    kept = [
        phrase for phrase, count in counts.items() if count >= _OFTEN or phrase.count(" ") < typed
    ]
    kept.sort(key=lambda phrase: (-counts[phrase], len(phrase), phrase))
    likely = kept[: 4 * MOST_PHRASES]
    # “world revolution” says no more than “world revolution plan”, if that is said as often.
    longer = {(phrase.rpartition(" ")[0], counts[phrase]) for phrase in likely}
    return [each for each in likely if (each, counts[each]) not in longer][:MOST_PHRASES]


def _written(phrase: str, entries: Iterable[Entry]) -> str:
    """Return the folded *phrase* as one of *entries* writes it."""
    spelt = re.compile(r"[\W_]{1,3}".join(map(re.escape, phrase.split())), re.IGNORECASE)
    for entry in entries:
        if found := spelt.search(f"{entry.title}\n{entry.text}"):
            return " ".join(found.group().split())
    return phrase
