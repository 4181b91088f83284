"""The garbage collector is left little to look through, and loses nothing for good."""

import gc
import weakref

import pytest

from bot.garbage import Garbage


class Ring:
    def __init__(self):
        self.itself = self


@pytest.fixture
def garbage():
    thresholds = gc.get_threshold()
    yield Garbage()
    gc.unfreeze()
    gc.set_threshold(*thresholds)


async def test_servers_are_set_aside_and_let_go_when_they_come_anew(garbage):
    garbage.settle()
    server = Ring()
    gone = weakref.ref(server)
    await garbage.on_ready()
    del server
    gc.collect()
    assert gone() is not None  # set aside: the collector does not look at it

    await garbage.on_ready()

    assert gone() is None


def test_what_the_start_made_is_set_aside_at_once(garbage):
    before = gc.get_freeze_count()

    garbage.settle()

    assert gc.get_freeze_count() > before
    assert gc.get_count()[0] < gc.get_threshold()[0] <= 5_000
