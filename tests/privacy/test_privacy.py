"""Everything about a person in one file, or nothing of it any more, also from an old backup."""

import shutil
from contextlib import asynccontextmanager

import pytest
from worlds import RoomClock, write_seeds

from bot.clock import Instant, instant
from bot.compose import community_path, open_services
from bot.guilds.models import Choice
from bot.paths import project_folder
from bot.privacy.tombstones import KEPT, Tombstone, add, fingerprint, read
from bot.quotes.models import Consent, Original, Purpose
from bot.settings import Settings
from bot.storage.backup import backup, restore

VERA, OTTO = 900000000000000001, 900000000000000002


def message(author, text, clock):
    number = 600000000000000000 + author % 1000
    at = instant(clock.now())
    return Original(1, 2, 2, number, author, "Somebody", text, "0" * 64, at)


@pytest.fixture
def house(tmp_path):
    """Return what opens all services on the same data: `async with house() as services`."""
    seeds = write_seeds(tmp_path / "seeds")
    settings = Settings(data_dir=tmp_path / "data", seeds_dirs=(seeds,))

    @asynccontextmanager
    async def opened():
        async with open_services(settings, RoomClock()) as services:
            yield services

    opened.settings = settings
    return opened


async def live(services, *people):
    for person in people:
        said = message(person, f"Unforgettable words of {person}.", services.clock)
        await services.quotes.propose(said, person, Purpose.SAVE)
        await services.guilds.choose(1, Choice.CARD_STYLE, "plain", user_id=person)


async def test_the_file_has_a_part_for_every_kind_of_records(house):
    async with house() as services:
        await live(services, VERA)
        exported = await services.privacy.export(VERA)

    assert exported["user_id"] == str(VERA)
    records = exported["records"]
    assert records["quotes"][0]["text"] == f"Unforgettable words of {VERA}."
    assert records["choices for servers"][0]["value"] == "plain"
    assert {name for name, rows in records.items() if not rows} >= {"reading progress"}


async def test_every_table_that_knows_people_takes_part(house):
    """A table with user ids that /privacy has not heard of would be kept for ever."""
    # outbox: messages to channels and readers; its rows are the bureau's letters, not records.
    known = {"reading_progress", "guild_setting", "quote", "quoting_choice", "flag"}
    known |= {"guild_document", "subscription", "reader_digest", "story", "follow", "chapter"}
    known |= {"motion", "seconder", "objector", "amendment", "recusal", "ballot_open", "voted"}
    known |= {"explanation", "roll_entry", "delegation", "standing_order", "motion_name"}
    async with house() as services:
        tables = await services.database.fetch_all(
            "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
        )
    columns = ("user_id", "author_id", "maker_id", "changed_by", "added_by", "voter_id")
    columns += ("reader_id", "created_by", "announced_by", "mover_id", "from_id")
    with_people = {row["name"] for row in tables if any(name in row["sql"] for name in columns)}

    assert with_people - known == set()


async def test_a_deletion_says_what_it_did_and_leaves_nothing(house):
    async with house() as services:
        await live(services, VERA, OTTO)
        done = {each.name: each for each in await services.privacy.delete(VERA)}

        assert (done["quotes"].before, done["quotes"].after) == (1, 0)
        records = (await services.privacy.export(VERA))["records"]
        assert not any(records.values())
        assert (await services.privacy.export(OTTO))["records"]["quotes"]


async def test_deleted_words_and_ids_are_gone_from_the_disk(house):
    async with house() as services:
        await live(services, VERA)
        await services.privacy.delete(VERA)
        files = community_path(house.settings).parent.glob("community.sqlite*")
        written = b"".join(path.read_bytes() for path in files)

    assert b"Unforgettable" not in written
    assert VERA.to_bytes(8, "big") not in written
    assert str(VERA).encode() not in written


async def test_the_wish_not_to_be_quoted_outlives_the_deletion(house):
    async with house() as services:
        await services.quotes.set_consent(VERA, Consent.NOBODY)
        done = {each.name: each for each in await services.privacy.delete(VERA)}

        assert done["who may quote you"].after == 1
        assert await services.quotes.consent(VERA) is Consent.NOBODY


async def test_a_restored_backup_forgets_again(house, tmp_path):
    path, migrations = community_path(house.settings), project_folder("migrations")
    async with house() as services:
        await live(services, VERA, OTTO)
        old = backup(path, tmp_path / "backups", services.clock)
        await services.privacy.delete(VERA)
    restore(old, path, migrations, RoomClock())

    async with house() as services:
        assert not (await services.privacy.export(VERA))["records"]["quotes"]
        assert (await services.privacy.export(OTTO))["records"]["quotes"]


async def test_who_came_back_after_a_deletion_is_not_forgotten_at_every_start(house):
    async with house() as services:
        await live(services, VERA)
        await services.privacy.delete(VERA)
        await live(services, VERA)

    async with house() as services:
        assert (await services.privacy.export(VERA))["records"]["quotes"]


async def test_a_deletion_cut_short_is_finished_at_the_next_start(house):
    class PowerCutError(Exception):
        pass

    async def cut(_user_id):
        raise PowerCutError

    async with house() as services:
        await live(services, VERA)
        first = services.privacy._records[0]
        broken = type(first)(first.name, first.export, cut, first.people)
        services.privacy._records = (broken, *services.privacy._records[1:])
        with pytest.raises(PowerCutError):
            await services.privacy.delete(VERA)

    async with house() as services:
        assert not (await services.privacy.export(VERA))["records"]["quotes"]


def test_tombstones_name_nobody_and_do_not_stay_for_ever(tmp_path):
    path = tmp_path / "forgotten.jsonl"
    month = int(KEPT.total_seconds() * 1000)
    for at in (1, 2, month + 2):
        add(path, Tombstone(fingerprint(VERA + at), Instant(at)))

    assert [each.at for each in read(path)] == [month + 2]
    assert str(VERA) not in path.read_text()


def test_a_torn_line_is_no_tombstone(tmp_path):
    path = tmp_path / "forgotten.jsonl"
    add(path, Tombstone(fingerprint(VERA), Instant(5)))
    whole = path.read_text()
    path.write_text(whole + whole[:20] + "\n[1]\nnull\n")

    assert read(path) == [Tombstone(fingerprint(VERA), Instant(5))]
    shutil.rmtree(tmp_path)
    assert read(path) == []
