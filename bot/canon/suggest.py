"""Autocomplete: what a reader may mean while still typing. At most 25 lines of 100 characters."""

from bot.canon.answers import Suggestion, View
from bot.canon.candidates import candidate, passages
from bot.canon.dates import DateSpan
from bot.canon.file import Scope
from bot.canon.labels import MAX_LABEL, shortened
from bot.canon.library import Library
from bot.canon.lookup import MAX_QUERY
from bot.canon.models import Entry
from bot.canon.names import fold
from bot.canon.query import parse_query
from bot.canon.ranking import ranked
from bot.canon.suggest_dates import DateSuggester, is_begun_month
from bot.canon.suggest_lines import MAX_CHOICES, distinct, entry_lines
from bot.canon.suggest_names import NameSuggester
from bot.canon.suggest_phrases import PhraseSuggester
from bot.canon.works import called

__all__ = ["MAX_CHOICES", "MAX_LABEL", "Suggester"]


class Suggester:
    """Suggests queries; asks the library on its own connection."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._file = library.file
        self._names = NameSuggester(library)
        self._dates = DateSuggester(library)
        self._phrases = PhraseSuggester(library)

    async def works(self, text: str) -> list[Suggestion]:
        """Suggest the works whose title or key holds *text*, or that it names ("otl")."""
        folded = fold(text)
        named = called(text, self._library.works)
        return [
            Suggestion(shortened(work.title), work.slug)
            for number, work in self._library.works.items()
            if folded in fold(work.title) or folded in fold(work.slug) or number == named
        ][:MAX_CHOICES]

    async def dates(self, text: str, view: View) -> list[Suggestion]:
        """Suggest years for a begun date *text*: those that have entries."""
        years = self._dates.years(text.strip()[:MAX_QUERY], view.scope)
        return await self._file.apart(years, quick=True)

    async def names(self, text: str, view: View) -> list[Suggestion]:
        """Suggest people, places and things for the begun name *text*; for none, the foremost."""
        return await self._file.apart(self._named(text.strip()[:MAX_QUERY], view), quick=True)

    async def _named(self, text: str, view: View) -> list[Suggestion]:
        for find in (self._names.begun, self._names.like):
            for scope in _scopes(view):
                if lines := await find(text, scope, MAX_CHOICES):
                    return distinct(lines)
        return []

    async def events(self, text: str, view: View) -> list[Suggestion]:
        """Suggest what to ask of `/event` for the begun query *text*."""
        return await self._file.apart(self._events(text.strip()[:MAX_QUERY], view), quick=True)

    async def _events(self, text: str, view: View) -> list[Suggestion]:
        if not text:
            return await self._dates.overview(view.scope)
        for guess in (False, True):
            for scope in _scopes(view):
                if lines := await self._asked(text, scope, guess=guess):
                    return lines
        return []

    async def texts(self, text: str, view: View) -> list[Suggestion]:
        """Suggest what to look for with `/lore search`: names and phrases that begin as *text*."""
        return await self._file.apart(self._texts(text.strip()[:MAX_QUERY], view), quick=True)

    async def _texts(self, text: str, view: View) -> list[Suggestion]:
        names = await self._names.as_text(text, view.scope)
        return distinct([*names, *await self._phrases.begun(text, view.scope)])

    async def _asked(self, text: str, scope: Scope, *, guess: bool) -> list[Suggestion]:
        if text.isdecimal() and len(text) < len("1932"):
            return await self._dates.begun_year(text, scope)
        query = parse_query(text, self._library.eras(scope))
        days: list[Suggestion] = []
        if (query.anniversary and not query.words) or is_begun_month(text):
            days = await self._dates.begun_day(text, query.anniversary, scope)
        if days:
            return days
        if query.words:
            return await self._worded(query.words, query.span, scope, guess=guess)
        if query.span:
            return await self._dates.dated(text, query.span, scope)
        return []

    async def _worded(
        self, words: str, span: DateSpan | None, scope: Scope, *, guess: bool
    ) -> list[Suggestion]:
        """Offer names, then entries that say the words; with *guess* also what resembles them."""
        search = self._library.search
        telling = search.wording.telling(words)
        terms = await search.terms.read(telling, scope, last_is_begun=True, quick=True)
        find = self._names.like if guess else self._names.begun
        names = [] if span else await find(words, scope)
        if guess:
            terms = await search.terms.corrected(terms, scope, quick=True)
        entries: tuple[Entry, ...] = ()
        if terms and all(term.words for term in terms):
            match = " AND ".join(term.match for term in terms)
            rows = await passages(self._file, match, span, scope, quick=True)
            weights = {term.said: 1.0 for term in terms}
            best = ranked([candidate(row) for row in rows], terms, " ".join(telling), weights)
            ids = [scored.id for scored in best[:MAX_CHOICES]]
            entries = await self._library.entries(ids, scope, quick=True)
        said = frozenset(word for term in terms for word in term.words)
        return distinct([*names, *entry_lines(entries, said)])


def _scopes(view: View) -> list[Scope]:
    """Return where to look: the stories; then, unless a work was named, real history."""
    scopes = [view.scope]
    if view.work is None and view.history.works and view.history != view.scope:
        scopes.append(view.history)
    return scopes
