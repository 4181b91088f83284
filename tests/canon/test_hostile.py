"""Whatever is typed: one clear sentence or an answer, quickly, and nothing raised but that."""

import time
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.canon.answers import View
from bot.canon.compare import Comparer
from bot.canon.library import Library
from bot.canon.lookup import Lookup
from bot.canon.passages import PassageSearch
from bot.canon.registry import Registry
from bot.canon.suggest import Suggester
from bot.errors import BotError
from tests.canon.golden.asking import QUERIES

QUICK = 0.05
"""Seconds of the processor, the best of three: what else a machine does must not count."""
LONGEST_SENTENCE = 400

Ask = Callable[[str, View], Awaitable[object]]

HOSTILE = [
    "",
    " \n\t ",
    "x" * 6_000,
    "stalin " * 850,
    "a " * 100,
    "ab" * 100,
    "1932 " * 40,
    "before " * 28,
    "(" * 200,
    '"' * 199,
    "'" * 150,
    'stalin" OR "1" = "1',
    "stalin NEAR(lenin, 5) AND NOT trotsky",
    "title:stalin* ^ - + ~ {a b} : body",
    "NEAR NEAR(NEAR",
    "%s %d {0} {} \\x00 $1 `id` ${HOME}",
    "'; DELETE FROM event; --",
    "stalin\x00trotsky",
    "\x00",
    "\ud800",
    "stalin \udfff lenin",
    "\ud800 — person · Red Guards",
    "red-guards/~\ud800",
    "\ud800 · \ud800 · Red Orchestra",
    "🇹🇷🇷🇺 ⚔️ 1932 👩‍👩‍👧‍👦",
    "😀" * 100,
    "שלום עולם 1932",
    "\u202e2391 nilats\u202c",
    "z\u0351\u0352\u0353\u0354" * 40,
    "ﷺ" * 60,
    "İİİİ ßßß ﬀ ﬁ Ǆ",
    "February 30 1932",
    "31/02/1932",
    "30 Febuary",
    "99999",
    "-1932",
    "0000",
    "9" * 200,
    "1932" * 50,
    "between 1932 and",
    "1939-1919",
    "../.. 1932/..",
    "red-guards/~",
    "red-orchestra/" + "k" * 150,
    "red-guards/../red-orchestra",
    "¶999999999999 · x · Red Guards",
    "¶٣ · x · Red Guards",
    "May 1924 · · Red Orchestra",
    "NKVD — organisation · Red Orchestra (alias: ",
    "1932 — all 999 entries",
    "@everyone <@&1> [a](https://evil.example) ||x||",
]


def doors(library: Library) -> dict[str, Ask]:
    """Everything that takes what somebody typed."""
    lookup, registry, suggester = Lookup(library), Registry(library), Suggester(library)
    return {
        "event": lookup.answer,
        "search": PassageSearch(library).find,
        "entry": registry.entry,
        "compare": Comparer(library, lookup, registry).compare,
        "suggested events": suggester.events,
        "suggested names": suggester.names,
        "suggested dates": suggester.dates,
        "suggested texts": suggester.texts,
    }


async def asked(ask: Ask, text: str, view: View) -> BotError | None:
    """Ask, and return what was refused."""
    try:
        await ask(text, view)
    except BotError as refusal:
        return refusal
    return None


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:24]))
async def test_hostile_text_is_answered_or_refused_in_one_sentence(
    library: Library, text: str
) -> None:
    view = library.view(None, {})
    for door, ask in doors(library).items():
        took = []
        for _ in range(3):
            start = time.process_time()
            refusal = await asked(ask, text, view)
            took.append(time.process_time() - start)

        assert min(took) < QUICK, door
        if refusal:
            assert 10 < len(str(refusal)) <= LONGEST_SENTENCE, door
            assert "\n" not in str(refusal), door


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=QUERIES | st.text(max_size=300))
async def test_anything_is_answered_or_refused(library: Library, text: str) -> None:
    view = library.view(None, {})
    for ask in doors(library).values():
        await asked(ask, text, view)


@pytest.mark.parametrize("text", ["February 30 1932", "31/02/1932", "13/13/1932", "99999"])
async def test_a_date_that_cannot_be_is_no_other_date(library: Library, text: str) -> None:
    answer = await Lookup(library).answer(text, library.view(None, {}))

    assert answer.total == 0
    assert not answer.single


@pytest.mark.parametrize("text", ["x" * 201, "x" * 6_000])
async def test_too_much_is_refused_with_a_way_on(library: Library, text: str) -> None:
    refusal = await asked(Lookup(library).answer, text, library.view(None, {}))

    assert f"{len(text):,} characters" in str(refusal)
    assert "1932" in str(refusal)
