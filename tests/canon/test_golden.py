"""The golden set: what readers ask, and what must come. The figures are those of the design."""

from collections import Counter
from collections.abc import Sequence

import pytest

from bot.canon.library import Library
from bot.canon.lookup import Lookup
from tests.canon.golden.reading import Verdict, judged, questions

FIRST = 0.95
WITHIN_FIVE = 0.99
WRONG_SINGLE = 0.01
LEAST_QUERIES = 900


def test_the_golden_set_is_large_and_a_third_of_it_was_held_out() -> None:
    asked = questions("seeds") + questions("originals")
    apart = {question.ask for question in asked}

    assert len(apart) >= LEAST_QUERIES
    assert 0.25 < sum(question.held_out for question in asked) / len(asked) < 0.45


def test_no_golden_question_is_asked_twice_of_one_canon() -> None:
    for corpus in ("seeds", "originals"):
        twice = Counter((question.ask, question.work) for question in questions(corpus))

        assert [ask for ask, count in twice.items() if count > 1] == []


async def test_the_shipped_seeds_answer_the_golden_questions(library: Library) -> None:
    lookup = Lookup(library)

    verdicts = [await judged(question, lookup, library) for question in questions("seeds")]

    _hold(verdicts)


async def test_the_original_documents_answer_the_golden_questions(originals: Library) -> None:
    lookup = Lookup(originals)

    verdicts = [await judged(question, lookup, originals) for question in questions("originals")]

    _hold(verdicts)


def _hold(verdicts: Sequence[Verdict]) -> None:
    count = len(verdicts)
    first = sum(verdict.first for verdict in verdicts) / count
    five = sum(verdict.within_five for verdict in verdicts) / count
    wrong = sum(verdict.wrong_single for verdict in verdicts) / count
    if first < FIRST or five < WITHIN_FIVE or wrong > WRONG_SINGLE:
        pytest.fail(
            f"first {first:.1%}, within five {five:.1%}, wrong single {wrong:.1%}\n"
            + _by_class(verdicts)
        )


def _by_class(verdicts: Sequence[Verdict]) -> str:
    lines = []
    for label in dict.fromkeys(verdict.question.label for verdict in verdicts):
        of_class = [verdict for verdict in verdicts if verdict.question.label == label]
        wrong = [each for each in of_class if not each.first or each.wrong_single]
        lines.append(f"{label}: {len(of_class) - len(wrong)} of {len(of_class)}")
        lines += [f"    {each.question.ask!r}: {each.came}" for each in wrong]
    return "\n".join(lines)
