"""`/lore timeline` over sockets: the strip, its description, and the list that always comes."""

import asyncio

import pytest
from loopback import payloads

from bot.cards.errors import PainterBusyError, PaintingError

pytest_plugins = ["loopback.fixtures"]

PNG = b"\x89PNG\r\n\x1a\n"


async def test_the_strip_is_a_file_with_a_description_above_the_list(bureau, standin, vera):
    answer = await vera.slash("lore timeline", **{"from": "1931", "to": "1933"})

    (attachment,) = answer.message["attachments"]
    assert standin.files[attachment["id"]].startswith(PNG)
    assert attachment["filename"] == "timeline.png"
    assert attachment["description"].startswith("Timeline: From 1931 to 1933. ")
    for title in ("The Printers' Strike begins in Novgrad", "The Paper Republic is proclaimed"):
        assert title in attachment["description"]
        assert title in answer.text
    assert answer.options
    assert not answer.ephemeral
    (sent,) = standin.made("PATCH", "/messages/@original")
    assert sent.payload["allowed_mentions"] == {"parse": []}


async def test_a_private_timeline_is_private(bureau, vera):
    answer = await vera.slash("lore timeline", private=True)

    assert answer.ephemeral
    (attachment,) = answer.message["attachments"]
    assert attachment["description"].startswith("Timeline: All that is dated. ")


@pytest.mark.parametrize(
    ("error", "reason"), [(PaintingError, "could not draw"), (PainterBusyError, "has a queue")]
)
async def test_the_list_comes_when_the_strip_does_not(bureau, vera, monkeypatch, error, reason):
    async def refused(_painter, _scene):
        raise error

    monkeypatch.setattr("bot.cards.painter.Painter.paint", refused)

    answer = await vera.slash("lore timeline", **{"from": "1931", "to": "1933"})

    assert "The Paper Republic is proclaimed" in answer.text
    assert reason in answer.text
    assert answer.message["attachments"] == []
    assert answer.options


async def test_a_press_that_hangs_holds_up_the_list_for_its_deadline_at_most(
    bureau, vera, monkeypatch
):
    released = asyncio.Event()
    painter = bureau.services.painter
    monkeypatch.setattr(painter, "_deadline", 0.3)
    loop = asyncio.get_running_loop()

    def hang(_scene, _studio):
        asyncio.run_coroutine_threadsafe(released.wait(), loop).result()

    monkeypatch.setattr(painter, "_draw", hang)
    answer = await vera.slash("lore timeline")
    released.set()

    assert "The Paper Republic is proclaimed" in answer.text
    assert "could not draw" in answer.text


async def test_without_leave_to_attach_the_list_comes_alone(bureau, vera, monkeypatch):
    few = str(int(payloads.EVERYTHING) & ~(1 << 15))
    monkeypatch.setattr(payloads, "EVERYTHING", few)

    answer = await vera.slash("lore timeline")

    assert "The Paper Republic is proclaimed" in answer.text
    assert "may not attach" in answer.text


@pytest.mark.parametrize(
    "options", [{"from": "1600", "to": "1610"}, {"from": "june 1932", "to": "june 1932"}]
)
async def test_what_makes_no_line_is_answered_at_once_in_words(bureau, standin, vera, options):
    answer = await vera.slash("lore timeline", **options)

    assert answer.message["attachments"] == []
    assert standin.made("PATCH", "/messages/@original") == []


async def test_a_date_that_is_none_is_refused_for_the_asker_alone(bureau, vera):
    answer = await vera.slash("lore timeline", **{"from": "teatime"})

    assert answer.ephemeral
    assert "not a date I can read" in answer.text


async def test_the_strip_stays_while_pages_turn_and_goes_when_an_entry_is_opened(bureau, vera):
    listed = await vera.slash("lore timeline")
    turned = await vera.click(listed, "More")
    opened = await vera.choose(turned, turned.options[0])

    assert turned.in_place
    assert listed.message["attachments"]
    assert turned.message["attachments"] == listed.message["attachments"]
    assert opened.message["attachments"] == []
    assert "Quote card" in opened.buttons
