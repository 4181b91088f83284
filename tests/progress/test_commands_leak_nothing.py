"""The commands themselves, in a channel: what a reader of some chapters is sent and offered."""

import json

import pytest
from serial import MANY, TOLD, write_serial
from worlds import last_request

from bot.compose import open_services
from bot.settings import Settings

DEFERRED = 5


@pytest.fixture
async def services(tmp_path, room_clock):
    """The room's services, on the story of forty chapters."""
    settings = Settings(
        data_dir=tmp_path / "data", seeds_dirs=(write_serial(tmp_path / "seeds", MANY),)
    )
    async with open_services(settings, room_clock) as opened:
        yield opened


def commands(chapter):
    """Yield every lookup that would lead to *chapter*: the command and its options."""
    year = str(chapter.year)
    for said in (chapter.word, chapter.person, chapter.renamed, year):
        yield "event", {"query": said}
        yield "lore entry", {"name": said}
        yield "lore search", {"text": said}
        yield "lore compare", {"query": said}
    yield "lore timeline", {"from": year, "to": "1550"}
    yield "lore timeline", {}
    yield "lore today", {}
    yield "lore sources", {}


def boxes(chapter):
    """Yield every box that suggests something, with what may stand in it."""
    for begun in ("", chapter.word[:3], chapter.person[:4], chapter.byname, str(chapter.year)[:3]):
        yield "event", "query", begun
        yield "lore compare", "query", begun
        yield "lore entry", "name", begun
        yield "lore search", "text", begun
        yield "lore timeline", "from", begun


def answer_to(world):
    """Return all that was sent in answer to the last command: at once, and what was promised."""
    callback = last_request(world, "callback")
    promised = callback.json["type"] == DEFERRED
    sent = last_request(world, "messages/@original").json if promised else callback.json
    return json.dumps(sent, ensure_ascii=False).casefold()


def told_later(sent, reached, typed):
    """Return the secrets of later chapters in what was *sent*, apart from what was *typed*."""
    secrets = [secret for chapter in TOLD[reached:] for secret in chapter.secrets]
    return [each for each in secrets if each in sent and each not in typed.casefold()]


@pytest.mark.parametrize("reached", [1, 20, 39])
async def test_no_command_and_no_box_tells_what_comes_later(world, reached):
    vera, lounge = world.readers["vera"], world.channels["lounge"]
    await vera.slash(lounge, "lore progress", story="the-serial", chapter=reached)
    for chapter in {TOLD[reached], TOLD[MANY - 1]}:
        for command, options in commands(chapter):
            await vera.slash(lounge, command, **options)

            sent = answer_to(world)
            assert told_later(sent, reached, " ".join(options.values())) == [], (command, options)
        for command, option, begun in boxes(chapter):
            lines = await vera.autocomplete(lounge, command, option, begun)

            sent = json.dumps(lines, ensure_ascii=False).casefold()
            assert told_later(sent, reached, begun) == [], (command, begun)
    # Names that are not told yet are refused: nothing else may have gone wrong.
    assert all("NoSuchNameError" in str(error) for error in world.env.errors)
