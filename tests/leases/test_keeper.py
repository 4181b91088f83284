"""Leases: one holder at a time, taken over when it dies, never believed in for too long."""

import asyncio

import pytest
from worlds import write_seeds

from bot.compose import open_services
from bot.errors import OperatorError, StorageError
from bot.leases import cluster, keeper
from bot.leases.cluster import joined
from bot.leases.keeper import BEAT, BELIEF, PATIENCE, Keeper
from bot.leases.repository import LeaseRepository
from bot.settings import Settings


class Hosts:
    """The clocks of several hosts, each running by itself."""

    def __init__(self):
        self.times = {}
        self.here = None

    def now(self):
        return self.times[self.here]


@pytest.fixture
def hosts(monkeypatch):
    clocks = Hosts()
    monkeypatch.setattr(keeper, "_now", clocks.now)
    return clocks


@pytest.fixture
def shared(database):
    database.is_shared = True
    return LeaseRepository(database)


class Host:
    """A keeper with a clock of its own, which may be far from everybody else's."""

    def __init__(self, hosts, repository, name, clock):
        self.hosts, self.name = hosts, name
        hosts.times[name] = clock
        self.keeper = Keeper(repository)
        self.lost = []
        self.keeper.want(["feeds"])
        self.keeper.on_loss(lambda name, taken: self.lost.append((name, taken)))

    async def turn(self):
        self.hosts.here = self.name
        await self.keeper.turn()

    def holds(self):
        self.hosts.here = self.name
        return self.keeper.holds("feeds")

    def notice(self):
        self.hosts.here = self.name
        self.keeper._look_for_losses()


@pytest.fixture
def two(hosts, shared):
    return Host(hosts, shared, "ahead", 9_000_000.0), Host(hosts, shared, "behind", 5.0)


def _pass(hosts, seconds):
    for name in hosts.times:
        hosts.times[name] += seconds


async def test_the_first_to_ask_holds_and_goes_on_holding(hosts, two):
    first, second = two
    for _ in range(20):
        await first.turn()
        await second.turn()

        assert first.holds()
        assert not second.holds()
        _pass(hosts, BEAT)


async def test_a_dead_holder_is_followed_within_thirty_seconds(hosts, two):
    first, second = two
    await first.turn()
    waited = 0.0
    while not second.holds():
        await second.turn()
        _pass(hosts, BEAT)
        waited += BEAT

    assert PATIENCE <= waited <= 30.0


async def test_at_no_moment_do_two_believe_in_the_same_lease(hosts, two):
    first, second = two
    await first.turn()
    for _ in range(200):
        _pass(hosts, 0.25)
        await second.turn()  # far more often than it would: it must not help

        assert not (first.holds() and second.holds())
    assert second.holds()


async def test_a_holder_that_was_paused_knows_at_once_that_it_may_not_go_on(hosts, two):
    first, second = two
    await first.turn()
    await second.turn()
    _pass(hosts, 60.0)

    assert not first.holds()
    await second.turn()
    first.notice()
    await first.turn()
    assert second.holds()
    assert not first.holds()
    assert first.lost == [("feeds", False), ("feeds", True)]


async def test_what_is_released_is_free_at_once(hosts, two):
    first, second = two
    await first.turn()
    hosts.here = "ahead"
    await first.keeper.release()
    await second.turn()

    assert second.holds()
    assert not first.holds()


async def test_a_holder_without_its_database_stops_believing(hosts, two):
    first, _ = two
    await first.turn()
    _pass(hosts, BELIEF)
    first.notice()

    assert not first.holds()
    assert first.lost == [("feeds", False)]
    await first.turn()
    assert first.holds()


# Only a file is one process's alone.
@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
async def test_alone_on_its_database_a_process_holds_everything(database):
    alone = Keeper(LeaseRepository(database))

    assert alone.is_alone
    assert alone.holds("whatever")


class _Duty:
    everywhere = False

    def __init__(self, name):
        self.name = name


class _Duties:
    def __init__(self):
        self.all = (_Duty("feeds"),)
        self.let = []
        self.holds = None

    def share(self, holds):
        self.holds = holds

    def let_go(self, name):
        self.let.append(name)


async def test_the_shards_of_a_process_are_its_own(shared, monkeypatch):
    monkeypatch.setattr(cluster, "BEAT", 0.01)
    monkeypatch.setattr(cluster, "WAITING", 0.05)
    duties = _Duties()
    async with joined(Keeper(shared), duties, (0, 1)) as ousted:
        with pytest.raises(OperatorError, match="Another process serves shard 1"):
            async with joined(Keeper(shared), _Duties(), (1, 2)):
                pass
        async with joined(Keeper(shared), _Duties(), (2,)):
            pass

        assert not ousted.is_set()
    async with joined(Keeper(shared), _Duties(), (0,)):
        pass


async def test_a_process_whose_shard_is_taken_over_ends(shared, monkeypatch):
    monkeypatch.setattr(keeper, "BEAT", 0.02)
    duties, first = _Duties(), Keeper(shared)
    async with joined(first, duties, (0,)) as ousted:
        await asyncio.sleep(0.05)

        async def steal(tx):
            await tx.execute("UPDATE lease SET holder = 'another', beat = beat + 1")

        await shared._database.write(steal)
        async with asyncio.timeout(5):
            await ousted.wait()

        assert not first.holds("shard 0")
        assert {"shard 0", "feeds"} <= {*duties.let, "feeds"}


async def test_two_processes_on_one_server_want_a_folder_each(tmp_path, server, clock):
    settings = Settings(
        data_dir=tmp_path / "data",
        seeds_dirs=(write_seeds(tmp_path / "seeds"),),
        database_url=server.url("schema"),
    )
    elsewhere = settings.model_copy(update={"data_dir": tmp_path / "elsewhere"})
    async with open_services(settings, clock):
        with pytest.raises(StorageError, match="give this one a DATA_DIR of its own"):
            async with open_services(settings, clock):
                pass
        async with open_services(elsewhere, clock) as second:
            assert second.database.is_shared
