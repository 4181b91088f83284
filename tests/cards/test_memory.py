"""Pictures give back what they took: sheets are renewed, and gaps returned to the system."""

import ctypes

import pytest

from bot.cards import memory, press
from bot.cards.painter import TIDY_EVERY, Painter
from bot.cards.scenes import Picture, QuoteScene


@pytest.fixture
def trim():
    memory.malloc_trim.cache_clear()
    yield memory.malloc_trim
    memory.malloc_trim.cache_clear()


def test_a_sheet_is_made_anew_when_it_is_worn(studio):
    seen = []
    for _ in range(press.WORN + 1):
        with studio.press.sheet("art", 300) as sheet:
            seen.append(sheet)

    assert seen[press.WORN - 1] is seen[0]
    assert seen[press.WORN] is not seen[0]


def test_memory_is_given_back_now_and_then(monkeypatch):
    given = []
    monkeypatch.setattr("bot.cards.painter.give_back", lambda: given.append(True))
    painter = Painter(lambda _scene, _studio: Picture(b"", 1, 1, ""), lambda: None)
    for _ in range(2 * TIDY_EVERY):
        painter.paint_now(QuoteScene("a", "Vera"))

    assert len(given) == 2


@pytest.mark.parametrize("trouble", [OSError, TypeError, AttributeError])
def test_a_library_that_cannot_give_back_is_no_reason_to_fail(monkeypatch, trim, trouble):
    def no_library(_name):
        raise trouble

    monkeypatch.setattr(ctypes, "CDLL", no_library)

    assert trim() is None
    memory.give_back()
