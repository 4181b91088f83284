"""`/event`: one box for dates and words, answered. Decides which question a query is."""

from collections.abc import Sequence
from dataclasses import replace

from bot.canon.answers import PAGE_SIZE, Answer, Reading, View
from bot.canon.asked_of import narrowed
from bot.canon.choices import Choices
from bot.canon.dates import DateSpan
from bot.canon.entity_statements import ENTITIES_BY_ALIAS
from bot.canon.file import Scope
from bot.canon.labels import SEPARATOR, asked_of_group
from bot.canon.library import Library
from bot.canon.lookup_days import DayAnswers
from bot.canon.models import Entity, Entry
from bot.canon.names import fold, name_key
from bot.canon.query import Query, parse_query, without_month
from bot.canon.rivals import Asked, Rivals
from bot.canon.search import MOST_OF_IT, Found, Manner
from bot.errors import BotError
from bot.language.speech import say, say_many

MAX_QUERY = 200
"""Characters of a query: more than any title, less than a paste."""
_LEAST_NEAR = 68.0


class QueryTooLongError(BotError):
    """The query is longer than any title."""

    def __init__(self, length: int) -> None:
        super().__init__(
            say_many(
                "That is {number} character, and the archive reads {most} at a time. "
                "A date or a few words will do: `1932`, `spring 1926`, `turkish war before 1930`.",
                "That is {number} characters, and the archive reads {most} at a time. "
                "A date or a few words will do: `1932`, `spring 1926`, `turkish war before 1930`.",
                length,
                most=MAX_QUERY,
            )
        )


class EmptyQueryError(BotError):
    """Nothing was asked."""

    def __init__(self) -> None:
        super().__init__(
            say("Ask for a date or a few words: `1932`, `spring 1926`, `turkish war before 1930`.")
        )


class Lookup:
    """Answers `/event` queries from a library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._file = library.file
        self._choices = Choices(library)
        self._days = DayAnswers(library)
        self._rivals = Rivals(library)

    async def answer(self, text: str, view: View, page: int = 0) -> Answer:
        """Return page *page* (from 0) of what *text* asks for.

        *text* is a date, words, both, or what autocomplete offered: a key or its label.

        Raises:
            EmptyQueryError, QueryTooLongError: there is nothing, or too much, to look up.
        """
        if len(text) > MAX_QUERY:
            raise QueryTooLongError(len(text))
        return await self._file.apart(self._answer(text, view, page))

    async def opened(self, text: str, view: View) -> tuple[Answer, Reading | None]:
        """Return the first page of what *text* asks for, and the entry itself if it is the answer.

        Raises:
            EmptyQueryError, QueryTooLongError: there is nothing, or too much, to look up.
        """
        return await self._file.apart(self._opened(text, view))

    async def _opened(self, text: str, view: View) -> tuple[Answer, Reading | None]:
        answer = await self.answer(text, view)
        if not (answer.single and answer.entries):
            return answer, None
        return answer, await self._library.read(answer.entries[0].reference, view)

    async def _answer(self, text: str, view: View, page: int) -> Answer:
        text = asked_of_group(text.strip()) or text
        query = parse_query(text, self._library.eras(view.scope))
        if not query.text:
            raise EmptyQueryError
        chosen = await self._chosen(query.text, view, page)
        if chosen is not None:
            return chosen
        rest, view = narrowed(text, view, self._library.works)
        if rest != text:
            query = replace(parse_query(rest, self._library.eras(view.scope)), text=query.text)
        own = await self._asked(query, view.scope, page)
        answer = own.answer
        if view.history.works and view.scope != view.history and not view.work:
            answer = await self._really(text, own, view, page) or answer
        return answer if answer.total else await self._missed(answer, view.scope)

    async def _really(self, text: str, own: Asked, view: View, page: int) -> Answer | None:
        """Return what real history has of *text*, if the stories have it less well.

        They have it well when they say all of it, as it was typed, in one place. Else history must
        say all of it in one place; against most of it in a story, *text* must be a name there, or
        its title say it.
        """
        rival, name = own.answer.total > 0, own.answer.query.text
        well = own.together or not own.answer.query.words
        every = own.answer.manner is Manner.ALL and not own.answer.elsewhen
        if rival and every and (well or await self._rivals.is_name(name, view.scope)):
            return await self._more_literally(text, own, view, page) if own.is_doubtful else None
        mostly = own.answer.manner is not Manner.CORRECTED and own.share >= MOST_OF_IT
        told = rival and mostly and not own.answer.elsewhen and own.done is not False
        if told and await self._rivals.names_history(own, name, view):
            told = False
        if told and not (own.lone or await self._says(own.answer.missing, view)):
            return None
        real = await self._in_history(text, view, page)
        if not real.answer.total or (told and not (real.titled or real.answer.single)):
            return None
        whole = real.answer.manner is Manner.ALL and real.together and not real.answer.elsewhen
        # Of several words a story says one, and history one that no story says.
        more = own.lone and set(real.answer.missing) < set(own.answer.missing)
        return replace(real.answer, from_history=True) if whole or more or not rival else None

    async def _says(self, words: Sequence[str], view: View) -> bool:
        """Tell whether real history says all *words*, of which there must be some."""
        return bool(words) and await self._library.search.terms.says(words, view.history)

    async def _more_literally(self, text: str, own: Asked, view: View, page: int) -> Answer | None:
        """Return what real history has where a story only means something like it, or None.

        There its title must say the very words; where a deed is asked for, it must be done there
        to the one it is asked of; a word that no story says must be said there.
        """
        real = await self._in_history(text, view, page)
        if real.answer.manner is not Manner.ALL or real.answer.elsewhen:
            return None
        better = real.titled or bool(real.done) if own.done is False else real.titled
        name = own.answer.query.words
        alone = own.is_one_word and real.itself and await self._rivals.is_name(name, view.history)
        return replace(real.answer, from_history=True) if better or alone else None

    async def _in_history(self, text: str, view: View, page: int) -> Asked:
        query = parse_query(text, self._library.eras(view.history))
        return await self._asked(query, view.history, page)

    async def _chosen(self, text: str, view: View, page: int) -> Answer | None:
        """Return the answer to a key or a label of autocomplete, or None when it is neither."""
        if SEPARATOR not in text and "/" not in text:
            return None
        query = Query(text, None, (), None, "", None)
        if entity := await self._choices.entity(text, view.everything):
            scope = view.everything if entity.work.is_history else view.scope
            named = await self._library.search.find(entity.name, None, scope)
            words = replace(query, words=entity.name)
            return await self._of_found(words, named, scope, page, entity)
        entry = await self._entry(text, view)
        return Answer(query, (entry,), 1, single=True) if entry else None

    async def whole(self, answer: Answer, view: View) -> tuple[Entry, ...]:
        """Return the entries of which *answer*, to a span of days, is a page: the first 400.

        *view* is the one it was answered from. Nothing for other answers.
        """
        span = answer.query.span
        if span is None or not answer.by_date or answer.mentioned or answer.elsewhen:
            return ()
        scope = view.history if answer.from_history else view.scope
        return await self._file.apart(self._days.within(span, scope))

    async def chosen(self, text: str, view: View) -> Entry | None:
        """Return the entry whose key, or whose line of autocomplete, *text* is; or None."""
        return await self._file.apart(self._entry(text[:MAX_QUERY].strip(), view))

    async def _entry(self, text: str, view: View) -> Entry | None:
        if SEPARATOR not in text and "/" not in text:
            return None
        found = await self._choices.entry(text, view.everything)
        entries = await self._library.entries([found] if found else [], view.everything)
        return entries[0] if entries else None

    async def _asked(self, query: Query, scope: Scope, page: int) -> Asked:
        by_name = await self._by_name(query, scope, page) if query.span else None
        if by_name is not None:
            return by_name
        dated = query.anniversary or query.span or query.alternatives
        if query.words and (not dated or self._library.search.wording.meaningful(query.words)):
            asked = await self._by_words(query, scope, page)
            # A date that cannot be is not to be answered with whatever holds one of its numbers.
            guessed = query.problem and asked.answer.manner is not Manner.ALL
            return Asked(Answer(query, manner=Manner.NONE)) if guessed else asked
        if query.anniversary:
            return Asked(await self._days.on_day(query, query.anniversary, scope, page))
        if query.span:
            return Asked(await self._days.by_days(query, query.span, scope, page))
        if query.alternatives:
            return Asked(await self._days.by_either(query, scope, page))
        return Asked(Answer(query, manner=Manner.NONE))

    async def _by_name(self, query: Query, scope: Scope, page: int) -> Asked | None:
        """Answer a name that reads like a date (U-1932, “Great Depression”), or None.

        An era's name is a span of days as well; it is a name where an entry's title says it.
        """
        eras, telling = self._library.eras(scope), self._library.search.wording.telling(query.text)
        name = " ".join(telling)
        is_era = fold(query.text) in eras or name in eras
        if not await self._rivals.is_name(query.text, scope) and not (
            is_era and await self._rivals.is_name(name, scope)
        ):
            return None
        words = replace(query, span=None, words=query.text)
        asked = await self._by_words(words, scope, page)
        if not is_era:
            return asked
        entity = await self._named(name, Found(), scope)
        names = (name, fold(entity.name)) if entity else (name,)
        titles = [fold(entry.title) for entry in asked.answer.entries[:1]]
        return asked if any(each in title for title in titles for each in names) else None

    async def _by_words(self, query: Query, scope: Scope, page: int) -> Asked:
        found = await self._library.search.find(query.words, query.span, scope)
        if query.span and found.manner is not Manner.ALL:
            other = await self._beyond_days(query, query.span, found, scope, page)
            if other is not None:
                return other
            if not found.ids:  # What is dated so, if nobody has heard the words.
                answer = await self._days.by_days(query, query.span, scope, page)
                if answer.total and not answer.mentioned:
                    answer = replace(answer, single=False, manner=Manner.SOME)
                    return Asked(replace(answer, missing=found.missing), 0.0, together=False)
        answer = await self._of_found(query, found, scope, page)
        return Asked.of(answer, found)

    async def _beyond_days(
        self, query: Query, span: DateSpan, found: Found, scope: Scope, page: int
    ) -> Asked | None:
        """Answer words that are not *found* among what is dated so; None: keep to what is.

        An era may only have been a word (Weimar Germany), as may a month (long march 1934); entries
        may speak of the days (“he died in January”); or the words are said of another time.
        """
        find = self._library.search.find
        if parse_query(query.text).span is None:
            whole = await find(query.text, None, scope)
            if whole.manner is Manner.ALL:
                answer = await self._of_found(query, whole, scope, page)
                return Asked.of(answer, whole)
        words, year = without_month(query.text)
        if words and year:
            named = await find(words, year, scope)
            if named.manner is Manner.ALL:
                answer = await self._of_found(query, named, scope, page)
                return Asked.of(answer, named)
        spoken = await find(query.words, span, scope, spoken=True)
        if spoken.manner is Manner.ALL:
            answer = replace(await self._of_found(query, spoken, scope, page), mentioned=True)
            return Asked.of(answer, spoken)
        anywhere = await find(query.words, None, scope)
        well = anywhere.manner is Manner.ALL and (anywhere.together or not found.ids)
        if well or (anywhere.ids and not found.ids):
            answer = await self._of_found(query, anywhere, scope, page)
            answer = replace(answer, elsewhen=True, single=False)
            return Asked.of(answer, anywhere)
        return None

    async def _of_found(
        self, query: Query, found: Found, scope: Scope, page: int, entity: Entity | None = None
    ) -> Answer:
        start = page * PAGE_SIZE
        return Answer(
            query,
            await self._library.entries(found.ids[start : start + PAGE_SIZE], scope),
            len(found.ids),
            page,
            single=found.sure,
            manner=found.manner,
            corrections=found.corrections,
            missing=found.missing,
            entity=entity,
            words=found.words,
            about=entity or (await self._named(query.words, found, scope) if found.sure else None),
        )

    async def _named(self, words: str, found: Found, scope: Scope) -> Entity | None:
        """Return the one entity that *words*, or what they were read as, name; None else."""
        telling = " ".join(self._library.search.wording.telling(words))
        for name in dict.fromkeys((words, telling, *(read for _, read in found.corrections))):
            parameters = {"scope": scope.json, "folded": name_key(name)}
            rows = await self._file.fetch(ENTITIES_BY_ALIAS, parameters)
            named = list(dict.fromkeys(self._library.entity(row).reference for row in rows))
            if len(named) == 1:
                return await self._library.entity_called(named[0], scope)
        return None

    async def _missed(self, answer: Answer, scope: Scope) -> Answer:
        """Add to an empty *answer* what lies nearest: in time, and in spelling."""
        query = answer.query
        before, after = None, None
        if query.span:
            before, _ = await self._library.beside(query.span.first, scope)
            _, after = await self._library.beside(query.span.last + 1, scope)
        nearest: list[str] = []
        if query.words:
            near = await self._library.search.names.near(query.words, scope, least=_LEAST_NEAR)
            nearest = list(dict.fromkeys(alias for _, _, alias in near))[:3]
        return replace(
            answer, before=before, after=after, nearest=tuple(nearest), manner=Manner.NONE
        )
