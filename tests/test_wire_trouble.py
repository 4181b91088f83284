"""When something is wrong: with what a reader sends, with Discord, or with us."""

import logging
import re

import pytest

from bot.errors import BotError
from bot.storage.database import OutcomeUnknownError, StorageFailedError
from bot.ui.controls import base36

pytest_plugins = ["loopback.fixtures"]

CALLBACK = "/callback"
APOLOGY = re.compile(r"Something broke in the bureau.* tell an admin this: `(\w+)`")


class NotTonightError(BotError):
    """A fault of a reader's, for the tests."""


def common(bureau):
    return bureau.services.archives.common


def broken(error):
    async def fail(*_args, **_kwargs):
        raise error

    return fail


async def test_our_own_fault_is_an_apology_and_a_traceback_under_one_reference(
    bureau, vera, journal, monkeypatch
):
    monkeypatch.setattr(common(bureau).lookup, "answer", broken(RuntimeError("the shelf fell")))

    answer = await vera.slash("event", query="a confidential dossier")

    reference = APOLOGY.search(answer.text)[1]
    assert answer.ephemeral
    record, text = await journal.line(reference)
    assert (record.levelno, record.getMessage()) == (logging.ERROR, "/event failed")
    assert "Traceback" in text
    assert "the shelf fell" in text
    assert "dossier" not in journal.text


async def test_our_own_fault_behind_a_button_is_told_and_logged_as_well(
    bureau, vera, journal, monkeypatch
):
    entry = await vera.slash("event", query="june 1932")
    monkeypatch.setattr(common(bureau).library, "read", broken(RuntimeError("the shelf fell")))

    answer = await vera.click(entry, "▶")

    assert answer.ephemeral
    _, text = await journal.line(APOLOGY.search(answer.text)[1])
    assert "Traceback" in text


async def test_a_fault_while_typing_is_logged_and_the_next_answer_comes(
    bureau, vera, journal, monkeypatch
):
    with monkeypatch.context() as patch:
        patch.setattr(
            common(bureau).suggester,
            "works",
            broken(RuntimeError("the shelf fell")),
        )
        await vera.begin_typing("event", query="", work="paper")
        _, text = await journal.line("the shelf fell")

    assert "Traceback" in text
    assert (await vera.autocomplete("event", query="", work="paper")).choices


async def test_a_readers_fault_is_its_sentence_and_no_line_in_the_log(
    bureau, vera, journal, monkeypatch
):
    sentence = "The reading room closes at nine."
    monkeypatch.setattr(common(bureau).lookup, "answer", broken(NotTonightError(sentence)))

    answer = await vera.slash("event", query="1932")

    assert answer.text == sentence
    assert answer.ephemeral
    assert journal.at(logging.WARNING) == []


async def test_a_click_on_an_entry_that_left_the_archive_gets_a_sentence(
    bureau, vera, journal, monkeypatch
):
    entry = await vera.slash("event", query="june 1932")

    async def nothing(*_args, **_kwargs):
        return None

    monkeypatch.setattr(common(bureau).library, "read", nothing)

    assert "no longer in the archive" in (await vera.click(entry, "▶")).text
    assert journal.at(logging.WARNING) == []


FORGED = [
    ("lo:{0}:0:nowhere/nothing", ()),
    ("lo:{0}:0:paper-republic/gone", ()),
    ("lo:{0}:0:paper-republic/\"'--", ()),
    ("lo:{0}:0:paper-republic/';DROP-TABLE-passage;--", ()),
    ("lo:{0}:0:paper-republic/%", ()),
    ("lo:{0}:9:paper-republic/{1}", ()),
    ("lo:zzzzzzzzzzzzz:0:paper-republic/{1}", ()),
    ("lo:0:0:-/\N{FAMILY}", ()),
    ("lp:{0}:99:*", ()),
    ("lp:{0}:00:nowhere", ()),
    ("lp:{0}:1:---", ()),
    ("lb:{0}:99:*:may 1941", ()),
    ('lb:{0}:0:*:")(*|OR NEAR', ()),
    ("lb:{0}:0:*:paper-republic/~", ()),
    ("lb:{0}:0:nowhere: ", ()),
    ("lb:{0}:0:*: ", ()),
    ("ls:{0}:0:*", ("",)),
    ("ls:{0}:0:*", ("x" * 100,)),
    ("ls:{0}:99:nowhere", ("paper-republic/{1}",)),
    ("ls:{0}:0:*", ("../../etc/passwd",)),
    ("ls:{0}:0:*", ("a" * 50, "b" * 50)),
]


async def test_forged_ids_get_a_sentence(bureau, vera, journal):
    seen = await vera.slash("event", query="1932")
    blanks = (base36(int(vera.person["id"])), seen.options[0].partition("/")[2])

    for custom_id, values in FORGED:
        filled = [text.format(*blanks) for text in (custom_id, *values)]
        assert (await vera.forge(seen, *filled)).text, filled
    assert journal.at(logging.WARNING) == []


async def test_a_button_on_a_message_without_its_embed_gets_a_sentence(bureau, vera):
    seen = await vera.slash("event", query="1932")
    seen.message["embeds"] = []

    answer = await vera.forge(seen, f"lp:{base36(int(vera.person['id']))}:0:*")

    assert answer.ephemeral
    assert "Ask for a date or a few words" in answer.text


async def test_the_same_interaction_twice_is_answered_once(bureau, vera, standin, journal):
    answer = await vera.slash("event", query="1932")
    await standin.ask(answer.asked)
    record, _ = await journal.line("an interaction came again and was left alone")

    assert record.levelno == logging.INFO
    assert answer.refusals == []
    assert answer.followups == []
    assert journal.at(logging.WARNING) == []


async def test_an_expired_interaction_is_a_line_in_the_log_and_no_crash(
    bureau, vera, standin, journal
):
    entry = await vera.slash("event", query="june 1932")
    standin.deadline = -1

    asked = await vera.slash("event", query="1932")
    clicked = await vera.click(entry, "▶")
    await journal.line("an interaction was over before its answer: 10062")
    standin.deadline = 3

    assert asked.refusals == clicked.refusals == [10062]
    assert journal.at(logging.WARNING) == []
    assert (await vera.slash("event", query="1932")).options


@pytest.mark.parametrize("status", [429, 500, 502, 503])
async def test_an_answer_that_discord_fumbles_is_sent_again(
    bureau, vera, standin, no_waiting, status
):
    standin.fail("POST", CALLBACK, status, retry_after=0.01)

    assert (await vera.slash("event", query="1932")).options


@pytest.mark.parametrize(("status", "times"), [(500, 5), (None, 1), (400, 1), (401, 1)])
async def test_an_answer_that_discord_never_takes_costs_that_answer_only(
    bureau, vera, standin, journal, no_waiting, status, times
):
    standin.fail("POST", CALLBACK, status, times=times)

    answer = await vera.slash("event", query="1932")

    await journal.line(APOLOGY.search(answer.text)[1])
    assert (await vera.slash("event", query="1932")).options


async def test_a_slow_discord_does_not_hold_up_the_others(bureau, vera, ivan, standin):
    held = standin.hold("POST", CALLBACK)
    waiting = await vera.begin("event", query="1932")
    await held.met.wait()

    assert (await ivan.slash("event", query="1932")).options
    held.until.set()
    assert (await waiting.whole()).options


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (StorageFailedError("no space left"), "this was not saved"),
        (OutcomeUnknownError("no answer"), "nobody knows yet whether this was saved"),
    ],
)
async def test_who_votes_while_the_records_are_away_is_told_what_is_saved(
    bureau, journal, vera, ivan, monkeypatch, error, said
):
    motion = await vera.slash("soviet motion", text="That tea be served.", closes="5m")

    async def fail(_operation):
        raise error

    monkeypatch.setattr(bureau.services.database, "write", fail)
    answer = await ivan.click(motion, "Second")

    assert said in answer.text
    assert answer.ephemeral
    assert str(error) not in answer.text
    assert str(error) in journal.text
