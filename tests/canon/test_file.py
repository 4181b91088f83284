"""The canon file, and what a question to it costs the event loop."""

from datetime import date

import pytest

from bot.canon.almanac import Almanac
from bot.canon.lookup import Lookup
from bot.canon.registry import Registry

ASKED = {
    "an entry with all that hangs on it": lambda library: Lookup(library).opened(
        "1932", _all(library)
    ),
    "a list": lambda library: Lookup(library).opened("1920s", _all(library)),
    "a name": lambda library: Registry(library).entry("stalin", _all(library)),
    "today": lambda library: Almanac(library).on(date(2026, 5, 19), _all(library)),
}


def _all(library):
    return library.view(None, {})


@pytest.mark.parametrize("question", ASKED)
async def test_a_question_goes_to_a_thread_once(library, question, monkeypatch):
    threads, gone = library.file._lookups.threads, []
    submit = threads.submit
    monkeypatch.setattr(threads, "submit", lambda *work: gone.append(work) or submit(*work))

    await ASKED[question](library)

    assert len(gone) == 1
