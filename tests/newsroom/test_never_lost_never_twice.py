"""Never lost, never twice: the process dies at every await there is, and in every weather."""

import logging
from pathlib import Path

import pytest

from benchmarks.chapters import ROUGH, Run, feed_of, naive, simulate
from benchmarks.fake_discord import Weather
from benchmarks.mortality import Death, MortalDatabase
from bot.chapters.stories.models import Change
from bot.paths import project_folder


class DeathAt:
    """The process dies at await number *number*, once."""

    def __init__(self, number):
        self.left = number
        self.deaths = 0

    def here(self):
        self.left -= 1
        if self.left == 0:
            self.deaths += 1
            raise Death


@pytest.fixture(autouse=True)
def quiet():
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


async def _one_chapter(place, number):
    """Announce one chapter, dying at await *number*; return the run."""
    clock = Run(None, 1, Weather()).clock
    async with MortalDatabase.open(place, project_folder("migrations"), clock=clock) as database:
        run = Run(database, 1, Weather(latest_sight=100_000))
        run.feeds.trouble = 0
        run.fate = DeathAt(number)
        room, _ = run.open()
        story = await room.stories.add(1, Change(title="S", channel_id=9, role_id=5), 1)
        await room.following.add(story, feed_of(0), None, None, 1)
        database.fate = run.discord.fate = run.fate
        await run.go(1)
        return run


async def test_dying_at_any_await_loses_and_doubles_nothing(place, request):
    number = 0
    while True:
        number += 1
        if isinstance(place, Path):
            run = await _one_chapter(place.with_name(f"{number}.sqlite"), number)
        else:
            await request.getfixturevalue("server").empty("schema")
            run = await _one_chapter(place, number)
        result = run.result()

        assert (result.lost, result.doubled) == (0, 0), f"died at await {number}"
        assert len(run.discord.threads) == len(run.discord.published) == 1
        if not run.fate.deaths:
            break
    assert number > 15


# Three thousand turns each: the server, a round trip a statement, sees one of the storms.
@pytest.mark.parametrize(
    ("place", "seed"),
    [("sqlite", 1), ("sqlite", 2), ("sqlite", 3), ("postgres", 1)],
    indirect=["place"],
)
async def test_in_rough_weather_nothing_is_lost_or_doubled(place, seed):
    result = await simulate(120, seed, place, ROUGH)

    assert (result.lost, result.doubled) == (0, 0)
    assert result.deaths > 3


async def test_the_same_weather_defeats_what_most_bots_do():
    marked_first = await naive(300, 1, ROUGH, mark_first=True)
    sent_first = await naive(300, 1, ROUGH, mark_first=False)

    assert marked_first.lost > 20
    assert sent_first.doubled > 20
