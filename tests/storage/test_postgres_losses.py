"""A server that goes, a cable that is cut, a process that sleeps: what is told is so."""

import asyncio
import signal
import time

import pytest
from faults.harness.toll import Toll, ending_sessions

from bot.storage.database import Database, OutcomeUnknownError, StorageFailedError, Transaction
from bot.storage.postgres import committing, connecting
from tests.storage.cable import Cable
from tests.storage.entries import adding, raising_one


@pytest.fixture
def empty(bare):
    return bare


@pytest.fixture
async def cable(server):
    async with Cable(server.port) as cable:
        yield cable


@pytest.fixture
async def database(cable, empty, migrations, clock):
    async with Database.open(cable.url(empty), migrations, clock=clock) as database:
        yield database


async def names(server, empty) -> list[str]:
    connection = await server.connect(empty)
    rows = await connection.fetch("SELECT name FROM entry ORDER BY name")
    await connection.close()
    return [row["name"] for row in rows]


async def test_a_connection_that_died_in_its_sleep_is_noticed_by_nobody(database, cable):
    await database.write(adding("before"))
    assert await database.fetch_one("SELECT 1 AS one")

    cable.cut()

    assert await database.write(adding("after")) == "after"
    assert len(await database.fetch_all("SELECT name FROM entry")) == 2


async def test_a_server_that_restarts_in_mid_transaction_undoes_what_it_did_not_acknowledge(
    server, empty, database
):
    def restart() -> None:
        server.stop(signal.SIGINT)
        server.start()

    async def cut_short(tx: Transaction) -> None:
        await tx.execute("INSERT INTO entry VALUES ('half', 1)")
        restart()  # on the writer's own thread, with the transaction open
        await tx.execute("INSERT INTO entry VALUES ('other half', 1)")

    await database.write(adding("before"))
    results = await asyncio.gather(
        database.write(adding("neighbour")), database.write(cut_short), return_exceptions=True
    )

    assert [type(result) for result in results] == [StorageFailedError] * 2
    await (await server.connect()).close()
    assert await database.write(adding("after")) == "after"
    assert await names(server, empty) == ["after", "before"]


async def test_while_the_server_is_away_everything_is_refused_in_words_and_then_works_again(
    server, database
):
    server.stop(signal.SIGQUIT)
    try:
        with pytest.raises(StorageFailedError, match="cannot be reached"):
            await database.write(adding("lost"))
        with pytest.raises(StorageFailedError, match="cannot be reached"):
            await database.fetch_one("SELECT 1")
        assert await database.checkpoint() is False
    finally:
        server.start()
    await (await server.connect()).close()

    assert await database.write(adding("after")) == "after"
    assert len(await database.fetch_all("SELECT name FROM entry")) == 1
    assert await database.checkpoint() is True


async def test_whose_session_ends_while_rows_are_cleared_away_clears_them_another_time(
    server, empty, database
):
    """At whichever of its statements: what was deleted is deleted, so nothing has failed."""
    number, cleared = 0, False
    while not cleared:
        number += 1
        with Toll(number, ending_sessions(server.url(empty))).standing() as toll:
            cleared = await database.checkpoint()

        assert cleared is (toll.begun < number)
    assert number > 3


async def test_a_commit_that_never_arrived_is_told_as_failed(server, empty, database, cable):
    cable.cuts = "before the commit"

    with pytest.raises(StorageFailedError) as caught:
        await database.write(adding("lost"))

    assert not isinstance(caught.value, OutcomeUnknownError)
    assert await names(server, empty) == []
    assert await database.write(adding("after")) == "after"


async def test_a_commit_whose_answer_was_lost_is_found_and_not_done_again(
    server, empty, database, cable
):
    await database.write(adding("counter"))
    cable.cuts = "after the commit"

    amounts = await asyncio.gather(*(database.write(raising_one) for _ in range(3)))

    assert amounts == [1, 2, 3]
    row = await database.fetch_one("SELECT amount FROM entry")
    assert row["amount"] == 3


async def test_a_commit_of_which_nobody_can_be_asked_is_told_as_unknown(
    server, empty, database, cable, monkeypatch
):
    monkeypatch.setattr(committing, "_LOOKING", 0.3)
    cable.cuts = "after the commit, for good"

    with pytest.raises(OutcomeUnknownError):
        await database.write(adding("perhaps"))

    assert await names(server, empty) == ["perhaps"]
    with pytest.raises(StorageFailedError):
        await database.write(adding("after"))


async def test_a_process_that_sleeps_with_the_lock_keeps_nobody_and_loses_its_transaction(
    server, empty, migrations, clock, monkeypatch
):
    monkeypatch.setattr(connecting, "_SESSION", connecting._SESSION.replace("'5s'", "'200ms'"))
    taken = asyncio.Event()
    loop = asyncio.get_running_loop()

    async def dozing(tx: Transaction) -> None:
        await tx.execute("INSERT INTO entry VALUES ('dozing', 1)")
        loop.call_soon_threadsafe(taken.set)
        time.sleep(1.5)  # noqa: ASYNC251 - it is to hold everything up
        await tx.execute("INSERT INTO entry VALUES ('woken', 1)")

    async with (
        Database.open(server.url(empty), migrations, clock=clock) as sleeper,
        Database.open(server.url(empty), migrations, clock=clock) as other,
    ):
        asleep = asyncio.create_task(sleeper.write(dozing))
        await taken.wait()
        await other.write(adding("meanwhile"))
        assert not asleep.done(), "the other had to wait for the sleeper to wake"
        with pytest.raises(StorageFailedError):
            await asleep
        assert await sleeper.write(adding("after")) == "after"

    assert await names(server, empty) == ["after", "meanwhile"]


@pytest.mark.parametrize("together", [1, 8])
async def test_what_fails_to_serialise_is_run_again_until_it_does(
    server, empty, migrations, clock, monkeypatch, together
):
    begin = "BEGIN ISOLATION LEVEL SERIALIZABLE; SAVEPOINT operation"
    monkeypatch.setattr(committing.Committer, "begin", begin)
    async with (
        Database.open(server.url(empty), migrations, clock=clock) as one,
        Database.open(server.url(empty), migrations, clock=clock) as two,
    ):
        await one.write(adding("counter"))

        async def count(database: Database) -> None:
            for _ in range(32 // together):
                await asyncio.gather(*(database.write(raising_one) for _ in range(together)))

        await asyncio.gather(count(one), count(two))

        row = await one.fetch_one("SELECT amount FROM entry")
    assert row["amount"] == 64


async def test_what_never_serialises_is_told_and_each_of_a_batch_is_tried_alone(
    server, empty, migrations, clock, monkeypatch
):
    monkeypatch.setattr(committing, "_TRIES", 2)
    runs = []

    async def hopeless(tx: Transaction) -> None:
        runs.append(1)
        await tx.execute("INSERT INTO entry VALUES ('hopeless', 1)")
        await tx.fetch_one("SELECT conflict()")

    async with Database.open(server.url(empty), migrations, clock=clock) as database:
        await server.say(
            "CREATE FUNCTION conflict() RETURNS int LANGUAGE plpgsql AS $$ BEGIN"
            " RAISE EXCEPTION 'no' USING ERRCODE = 'serialization_failure'; END $$",
            database=empty,
        )
        results = await asyncio.gather(
            database.write(adding("first")),
            database.write(hopeless),
            database.write(adding("last")),
            return_exceptions=True,
        )

    assert (results[0], results[2]) == ("first", "last")
    assert isinstance(results[1], StorageFailedError)
    assert len(runs) == 4
    assert await names(server, empty) == ["first", "last"]
