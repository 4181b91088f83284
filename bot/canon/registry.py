"""Who and what: the people, places, ships and wars of the works, found by any of their names."""

import re
from dataclasses import dataclass

from bot.canon.answers import View
from bot.canon.entity_statements import DISPUTES_ABOUT, ENTITIES_BY_ALIAS, PASSAGES_NAMING, TWINS
from bot.canon.file import Scope
from bot.canon.kinds import kind_called
from bot.canon.labels import shortened
from bot.canon.library import Library
from bot.canon.lookup import MAX_QUERY, QueryTooLongError
from bot.canon.models import Dispute, Entity, Entry
from bot.canon.names import name_key, tokens
from bot.canon.quote import Quote, quote_of
from bot.canon.terms import is_slip
from bot.errors import BotError
from bot.language.speech import say, say_choice, say_quoted

_LABEL = re.compile(r"^(?P<name>.+?) — (?P<kind>[^·]+?) · (?P<work>[^()]+?)(?: \([^():]+: .*)?…?$")
_MOST_PASSAGES = 300
_MOST_QUOTES = 3
_QUOTE = 420
_MOST_DATES = 10
_MOST_TWINS = 12
_MOST_NAMESAKES = 20
_MOST_DISPUTES = 3
_LEAST_NEAR = 68.0


class NoSuchNameError(BotError):
    """Nobody and nothing in the works is called so."""

    def __init__(self, name: str, nearest: list[str]) -> None:
        if not (asked := shortened(name, 80)):
            super().__init__(say("The archive needs a name: of a person, a place, a ship, a war."))
            return
        near = say_choice(map(say_quoted, nearest))
        way_on = (
            say("Did you mean {names}?", names=near)
            if near
            else say("`/event` searches the texts as well.")
        )
        said = say("Nobody and nothing in the archive is called “{name}”.", name=asked)
        super().__init__(f"{said} {way_on}")


@dataclass(frozen=True, slots=True)
class Card:
    """All about one entity: what the sources say, its own timeline, and its twins elsewhere.

    *quotes* are a few sentences around the name; *dated* are the first entries in which it is
    named, by date, of *dated_total*; *others* are the same thing in other works and whoever else
    bears the name.
    """

    entity: Entity
    quotes: tuple[Quote, ...]
    dated: tuple[Entry, ...]
    dated_total: int
    passages: int
    others: tuple[Entity, ...]
    disputes: tuple[Dispute, ...]


class Registry:
    """Answers `/lore entry`."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._file = library.file

    async def entry(self, name: str, view: View) -> Card:
        """Return the card of who or what is called *name*: a name, an alias, a key or a label.

        Stories come before real history, the more prominent before the less; the rest that bear
        the name are among the card's *others*.

        Raises:
            NoSuchNameError, QueryTooLongError.
        """
        if len(name) > MAX_QUERY:
            raise QueryTooLongError(len(name))
        return await self._file.apart(self._entry(name, view))

    async def _entry(self, name: str, view: View) -> Card:
        if "/~" in name and (chosen := await self._library.entity_called(name, view.everything)):
            return await self._card(chosen, [], view)
        label = _LABEL.match(name.strip())
        if label and kind_called(label["kind"]) is None:
            label = None
        found = await self._named(label["name"] if label else name, view)
        if label:
            found.sort(key=lambda each: not each.work.title.startswith(label["work"].strip()))
        if not found:
            raise NoSuchNameError(name, await self._nearest(name, view))
        whole = await self._library.entity_called(found[0].reference, view.everything)
        return await self._card(whole or found[0], found[1:], view)

    async def _named(self, name: str, view: View) -> list[Entity]:
        """Return the entities called *name*, else those of which it is a slip."""
        for scope in dict.fromkeys((view.scope, view.history)):
            parameters = {"scope": scope.json, "folded": name_key(name)}
            rows = await self._file.fetch(ENTITIES_BY_ALIAS, parameters)
            if rows:
                by_reference = {self._library.entity(row).reference: row for row in rows}
                return [self._library.entity(row) for row in by_reference.values()]
        near = await self._library.search.names.near(name, view.scope)
        slips = [alias for _, _, alias in near if is_slip(" ".join(tokens(name)), alias)]
        return await self._named(slips[0], view) if slips else []

    async def _nearest(self, name: str, view: View) -> list[str]:
        near = await self._library.search.names.near(name, view.scope, least=_LEAST_NEAR)
        return list(dict.fromkeys(alias for _, _, alias in near))[:3]

    async def _card(self, entity: Entity, namesakes: list[Entity], view: View) -> Card:
        scope = view.everything
        work_id = next(each for each, work in self._library.works.items() if work == entity.work)
        parameters = {"scope": scope.json, "work_id": work_id, "key": entity.key}
        twins = await self._file.fetch(TWINS, {**parameters, "limit": _MOST_TWINS})
        disputes = await self._file.fetch(DISPUTES_ABOUT, {**parameters, "limit": _MOST_DISPUTES})
        rows = await self._file.fetch(PASSAGES_NAMING, {**parameters, "limit": _MOST_PASSAGES})
        dated = [row["id"] for row in rows if row["is_dated"]]
        # Where it is named first in a passage, and often: there a source speaks of it.
        telling = sorted(rows, key=lambda row: (row["at"] > 12, -row["times"], row["at"]))
        quotes = await self._quotes(entity, [row["id"] for row in telling[:_MOST_QUOTES]], scope)
        others = [*namesakes, *(self._library.entity(row) for row in twins)]
        distinct = {each.reference: each for each in others if each.reference != entity.reference}
        return Card(
            entity,
            quotes,
            await self._library.entries(dated[:_MOST_DATES], scope),
            len(dated),
            len(rows),
            tuple(distinct.values())[:_MOST_NAMESAKES],
            await self._library.contradictions(disputes, scope),
        )

    async def _quotes(self, entity: Entity, ids: list[int], scope: Scope) -> tuple[Quote, ...]:
        words = {word for name in (entity.name, *entity.aliases) for word in tokens(name)}
        entries = await self._library.entries(ids, scope)
        return tuple(quote_of(entry, words, _QUOTE) for entry in entries)
