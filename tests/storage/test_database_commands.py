"""`db backup | check | restore | copy` where DATABASE_URL names a PostgreSQL."""

import asyncio
from argparse import Namespace

import pytest
from pydantic import SecretStr

from bot.cli import database as commands
from bot.compose import community_path
from bot.errors import OperatorError, SettingsError
from bot.paths import project_folder
from bot.settings import Settings
from bot.storage.database import Database


@pytest.fixture
def settings(server, bare, tmp_path):
    return Settings(data_dir=tmp_path / "data", database_url=server.url(bare))


def begin(settings, clock, place):
    """Start the bot's database once, write something, and stop."""

    async def begin() -> None:
        async def put(tx):
            await tx.execute("INSERT INTO departure VALUES (7, 8)")

        async with Database.open(place, project_folder("migrations"), clock=clock) as database:
            await database.write(put)

    asyncio.run(begin())


def test_backups_and_restores_of_a_server_are_its_own_tools_and_it_says_which(settings, clock):
    for command in (commands.db_backup, commands.db_restore):
        with pytest.raises(OperatorError, match=r"pg_dump [\s\S]* pg_restore"):
            command(Namespace(folder=None, file="x"), settings, clock)


def test_check_looks_at_the_server_and_says_what_is_wrong(settings, clock, capsys):
    nowhere = settings.model_copy(
        update={"database_url": SecretStr("postgresql://u:hunter2@127.0.0.1:9/d")}
    )

    assert commands.db_check(Namespace(file=None), settings, clock) == 0
    assert commands.db_check(Namespace(file=None), nowhere, clock) == 1

    said = capsys.readouterr().out
    assert "of the newest schema" in said
    assert "d at 127.0.0.1:9 cannot be reached" in said
    assert "hunter2" not in said


def test_a_community_moves_there_and_back(settings, clock, capsys):
    file = community_path(settings)
    begin(settings, clock, file)

    assert commands.db_copy(Namespace(engine="postgresql"), settings, clock) == 0
    file.unlink()
    assert commands.db_copy(Namespace(engine="sqlite"), settings, clock) == 0

    said = capsys.readouterr().out
    assert said.count("1 rows of") == 2
    assert "Take DATABASE_URL away" in said
    assert file.exists()


def test_without_an_address_there_is_nothing_to_copy_to(tmp_path, clock):
    with pytest.raises(SettingsError, match="DATABASE_URL names no PostgreSQL"):
        commands.db_copy(Namespace(engine="postgresql"), Settings(data_dir=tmp_path), clock)
