"""Promise 12: a backup every hour, checked, kept for a day and then one a day for a month."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import StorageError
from bot.storage.backup import check
from bot.storage.rotation import Backups, expendable, taken_at

NOW = datetime(2026, 11, 7, 10, 0, tzinfo=UTC)


@pytest.fixture
def place(path):
    """What is proved here is a file's own."""
    return path


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "backups"


@pytest.fixture
def backups(database, folder, clock):
    return Backups(database.path, folder, clock)


def files(folder):
    return sorted(path.name for path in folder.iterdir())


async def test_the_first_backup_is_taken_at_once_and_is_sound(backups, folder, migrations):
    await backups.run()

    (name,) = files(folder)
    assert check(folder / name, migrations) == []


async def test_the_next_is_taken_an_hour_later_also_after_a_restart(backups, folder, clock):
    await backups.run()
    clock.moment += timedelta(minutes=59)
    again = Backups(backups._database, folder, clock)
    due = await again.run()
    assert len(files(folder)) == 1
    assert due == int((NOW + timedelta(hours=1)).timestamp() * 1000)

    clock.moment += timedelta(minutes=1)
    await again.run()

    assert len(files(folder)) == 2


async def test_after_40_days_there_are_25_of_the_last_day_and_one_of_each_before(
    backups, folder, clock
):
    await backups.run()
    (first,) = folder.iterdir()
    for hour in range(1, 40 * 24):
        at = NOW + timedelta(hours=hour)
        (folder / f"community.{at:%Y%m%d-%H%M%S}.sqlite").write_bytes(first.read_bytes())
    clock.moment = NOW + timedelta(days=40)

    await backups.run()

    taken = sorted(taken_at(folder / name) for name in files(folder))
    assert clock.moment - taken[0] <= timedelta(days=30)
    assert len([at for at in taken if clock.moment - at <= timedelta(hours=24)]) == 25
    assert len({at.date() for at in taken}) == 31


async def test_what_is_no_backup_is_never_touched(backups, folder, clock):
    folder.mkdir()
    names = ["notes.txt", "community.20200101-000000.sqlite.partial", "community.99999999-1.sqlite"]
    for name in names:
        (folder / name).write_text("mine")

    await backups.run()

    assert set(names) < set(files(folder))


async def test_a_clock_set_back_does_not_stop_the_backups(backups, folder, clock):
    await backups.run()
    clock.moment -= timedelta(days=3)

    await backups.run()

    assert len(files(folder)) == 2


async def test_a_folder_that_cannot_be_made_is_told_and_nothing_is_lost(database, clock, tmp_path):
    (tmp_path / "file").write_text("not a folder")

    with pytest.raises(StorageError):
        await Backups(database.path, tmp_path / "file" / "backups", clock).run()


@given(st.lists(st.integers(0, 100 * 24 * 60), max_size=200))
def test_the_newest_always_stays_and_nothing_over_30_days_but_it(minutes):
    taken = {NOW - timedelta(minutes=each) for each in minutes}

    kept = taken - expendable(taken, NOW)

    assert (max(taken) in kept) if taken else kept == set()
    assert len([at for at in kept if NOW - at > timedelta(days=30)]) <= 1
    days = {at.date() for at in taken if NOW - at <= timedelta(days=29)}
    assert days <= {at.date() for at in kept}
