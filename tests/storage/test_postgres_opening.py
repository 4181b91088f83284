"""What is said, and what is not, when a PostgreSQL cannot be the community's."""

import asyncio
import logging
import sys
from datetime import timedelta

import asyncpg
import pytest
from pydantic import SecretStr

from bot.errors import StorageError
from bot.storage.database import Database
from bot.storage.postgres.address import Address
from tests.storage.entries import adding

SECRET = "hunter2secret"
PASSWORD, WRITTEN = "the general line", "the%20general%20line"


@pytest.fixture
def empty(bare):
    return bare


@pytest.fixture
def start(migrations, clock):
    async def start(url):
        async with Database.open(url, migrations, clock=clock) as database:
            await database.write(adding("one"))

    return start


@pytest.fixture
def refused(start):
    async def refused(url) -> str:
        with pytest.raises(StorageError) as caught:
            await start(url)
        assert caught.value.__cause__ is None, "whatever is chained may hold the address"
        return str(caught.value)

    return refused


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://u:p@db.example:5433/soviet", "soviet at db.example:5433"),
        ("postgres://u@db.example/soviet?sslmode=require", "soviet at db.example"),
        ("postgresql://u:p@ss:w@h/soviet", "soviet at h"),
        ("postgresql://[::1]:5432/soviet", "soviet at [::1]:5432"),
        ("postgresql://one:1,two:2/soviet", "soviet at one:1,two:2"),
        ("postgresql:///soviet", "soviet at this machine"),
        (" postgresql://u:p@h/soviet\n", "soviet at h"),
    ],
)
def test_of_an_address_only_the_place_is_shown(url, shown):
    assert Address.read(SecretStr(url)).shown == shown


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://u:{SECRET}/x@h/soviet",
        f"postgresql://u:{SECRET}#x@h/soviet",
        f"postgresql://u:{SECRET}?x@h/soviet",
        f"postgresql://u:{SECRET}/soviet",
        f"postgresql://u:{SECRET}@h:port/soviet",
        f"postgresql://u:{SECRET}@h:99999/soviet",
        f"postgresql://u:{SECRET}@h",
        f"mysql://u:{SECRET}@h/soviet",
        SECRET,
        "",
    ],
)
async def test_an_address_that_is_none_is_refused_without_being_repeated(refused, url):
    sentence = await refused(SecretStr(url))

    assert "DATABASE_URL cannot be read" in sentence
    assert SECRET not in sentence


async def test_a_server_that_is_not_there(refused, unused_tcp_port):
    url = SecretStr(f"postgresql://red:{SECRET}@127.0.0.1:{unused_tcp_port}/soviet")

    sentence = await refused(url)

    assert f"soviet at 127.0.0.1:{unused_tcp_port} cannot be reached" in sentence
    assert SECRET not in sentence


async def test_a_host_that_is_not_there(refused):
    sentence = await refused(SecretStr(f"postgresql://red:{SECRET}@nowhere.invalid/soviet"))

    assert "soviet at nowhere.invalid cannot be reached" in sentence


async def test_a_wrong_password_a_wrong_user_and_a_missing_database(server, empty, refused, start):
    await server.say(
        f"CREATE ROLE guarded LOGIN PASSWORD '{PASSWORD}'",
        "CREATE ROLE barred LOGIN",
        f"ALTER DATABASE {empty} OWNER TO guarded",
    )
    try:
        for url in (server.url(empty, "guarded", SECRET), server.url(empty, "barred", SECRET)):
            sentence = await refused(url)
            assert "refuses the user or the password" in sentence
            assert SECRET not in sentence
        assert "does not exist" in await refused(server.url("nothing"))
        await start(server.url(empty, "guarded", WRITTEN))
    finally:
        await server.say("REASSIGN OWNED BY guarded TO red", database=empty)
        await server.say(f"ALTER DATABASE {empty} OWNER TO red", "DROP ROLE guarded, barred")


async def test_a_user_who_may_not_make_tables_is_told_what_to_grant(server, empty, refused):
    await server.say("CREATE ROLE clerk LOGIN")
    try:
        assert "GRANT CREATE" in await refused(server.url(empty, "clerk"))
    finally:
        await server.say("DROP ROLE clerk")


async def test_another_encoding_is_refused(server, refused):
    await server.say("CREATE DATABASE old TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")

    assert "encoded in LATIN1" in await refused(server.url("old"))

    await server.drop("old")


async def test_a_database_that_can_only_be_read_is_refused(server, empty, refused):
    await server.say(f"ALTER DATABASE {empty} SET default_transaction_read_only = on")

    assert "can only be read" in await refused(server.url(empty))


async def test_another_program_s_database_is_refused_and_left_alone(server, empty, refused):
    await server.say("CREATE TABLE migration (id INT); CREATE TABLE diary (d TEXT)", database=empty)

    assert "another program: it holds diary, migration" in await refused(server.url(empty))

    connection = await server.connect(empty)
    assert (
        await connection.fetchval("SELECT count(*) FROM pg_tables WHERE tablename = 'entry'") == 0
    )
    await connection.close()


async def test_a_newer_database_is_refused_by_an_older_program(
    server, empty, start, refused, migrations
):
    newer = migrations / "0002_colour.sql"
    newer.write_text("ALTER TABLE entry ADD colour TEXT;")
    await start(server.url(empty))
    newer.unlink()

    assert "schema 2, written by a newer version" in await refused(server.url(empty))


async def test_a_migration_that_was_changed_afterwards_is_refused(
    server, empty, start, refused, migrations
):
    await start(server.url(empty))
    file = migrations / "0001_entries.sql"
    file.write_text(file.read_text() + "-- changed\n")

    assert "0001_entries was changed" in await refused(server.url(empty))


async def test_a_failing_migration_changes_nothing(server, empty, start, migrations):
    await start(server.url(empty))
    (migrations / "0002_bad.sql").write_text(
        "ALTER TABLE entry ADD colour TEXT; INSERT INTO nowhere VALUES (1);"
    )

    with pytest.raises(StorageError, match=r"0002_bad failed .* INSERT INTO nowhere"):
        await start(server.url(empty))

    connection = await server.connect(empty)
    assert list(await connection.fetchrow("SELECT * FROM entry")) == ["one", 0]
    await connection.close()


async def test_of_processes_that_start_at_once_one_migrates(server, empty, migrations, clock):
    async def begin(number: int) -> None:
        async with Database.open(server.url(empty), migrations, clock=clock) as database:
            await database.write(adding(str(number)))

    await asyncio.gather(*(begin(number) for number in range(4)))

    connection = await server.connect(empty)
    assert await connection.fetchval("SELECT count(*) FROM entry") == 4
    assert await connection.fetchval("SELECT count(*) FROM migration") == 1
    assert await connection.fetchval("SELECT count(*) FROM writer_mark") == 0
    await connection.close()


@pytest.mark.parametrize(("seconds", "told"), [(0, False), (3600, True), (-3600, True)])
async def test_a_clock_that_is_not_the_server_s_is_told_of(
    server, empty, start, clock, caplog, seconds, told
):
    connection = await server.connect(empty)
    clock.moment = await connection.fetchval("SELECT clock_timestamp()")
    await connection.close()
    clock.moment += timedelta(seconds=seconds)

    with caplog.at_level(logging.WARNING):
        await start(server.url(empty))

    assert ("differ by" in caplog.text) is told


async def test_without_the_extra_it_says_which_is_missing(refused, monkeypatch):
    for name in [name for name in sys.modules if name.startswith("bot.storage.postgres.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "asyncpg", None)

    assert "extra “postgres”" in await refused(SecretStr("postgresql://u@h/d"))


async def test_a_server_that_is_just_starting_is_waited_for(server, empty, start, monkeypatch):
    plain, tries = asyncpg.connect, []

    async def starting(*arguments, **options):
        tries.append(arguments)
        if len(tries) < 3:
            raise asyncpg.CannotConnectNowError("the database system is starting up")
        return await plain(*arguments, **options)

    async def at_once(_seconds):
        return None

    monkeypatch.setattr(asyncpg, "connect", starting)
    monkeypatch.setattr("bot.storage.postgres.engine.asyncio.sleep", at_once)

    await start(server.url(empty))

    assert len(tries) >= 3
