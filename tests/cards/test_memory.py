"""Pictures give back what they took: sheets are renewed, and their threads share a heap."""

import ctypes

import pytest

from bot.cards import press
from bot.cards.memory import share_one_heap


def test_a_sheet_is_made_anew_when_it_is_worn(studio):
    seen = []
    for _ in range(press.WORN + 1):
        with studio.press.sheet("art", 300) as sheet:
            seen.append(sheet)

    assert seen[press.WORN - 1] is seen[0]
    assert seen[press.WORN] is not seen[0]


@pytest.mark.parametrize("trouble", [OSError, TypeError, AttributeError])
def test_a_library_that_does_not_know_how_is_no_reason_to_fail(monkeypatch, trouble):
    def no_library(_name):
        raise trouble

    monkeypatch.setattr(ctypes, "CDLL", no_library)

    share_one_heap()
