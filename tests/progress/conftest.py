"""The story of five chapters (see serial.py) with every service open on it."""

import pytest
from serial import write_serial

from bot.compose import open_services
from bot.progress.repository import ProgressRepository
from bot.settings import Settings


@pytest.fixture
async def chaptered(tmp_path, room_clock, database_url):
    settings = Settings(
        data_dir=tmp_path / "serial-data",
        seeds_dirs=(write_serial(tmp_path / "serial"),),
        database_url=database_url,
    )
    async with open_services(settings, room_clock) as services:
        yield services


@pytest.fixture
def repository(chaptered):
    return ProgressRepository(chaptered.database)


@pytest.fixture
def archive(chaptered):
    return chaptered.archives.common


@pytest.fixture
def library(archive):
    return archive.library
