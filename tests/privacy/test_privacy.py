"""Everything about a person in one file, or nothing of it any more, also from an old backup."""

import asyncio
import json
import shutil
import time
from contextlib import asynccontextmanager

import pytest
from worlds import write_seeds

from bot.clock import Instant, instant
from bot.compose import FORGOTTEN_FILE, community_path, open_services
from bot.guilds.models import Choice
from bot.paths import project_folder
from bot.privacy import tombstones
from bot.privacy.tombstones import KEPT, Tombstone, add, fingerprint, read
from bot.quotes.models import Consent, Original, Purpose
from bot.settings import Settings
from bot.storage.backup import backup, restore

pytestmark = pytest.mark.usefixtures("place")
# About the file itself, its schema and its backups, or about no database at all.
ON_A_FILE = pytest.mark.parametrize("place", ["sqlite"], indirect=True)

VERA, OTTO = 900000000000000001, 900000000000000002


def message(author, text, clock):
    number = 600000000000000000 + author % 1000
    at = instant(clock.now())
    return Original(1, 2, 2, number, author, "Somebody", text, "0" * 64, at)


@pytest.fixture
def house(tmp_path, database_url, clock):
    """Return what opens all services on the same data: `async with house() as services`."""
    seeds = write_seeds(tmp_path / "seeds")
    settings = Settings(data_dir=tmp_path / "data", seeds_dirs=(seeds,), database_url=database_url)

    @asynccontextmanager
    async def opened(**other):
        async with open_services(settings.model_copy(update=other), clock) as services:
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


@ON_A_FILE
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


@ON_A_FILE
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


@ON_A_FILE
async def test_a_restored_backup_forgets_again(house, tmp_path, clock):
    path, migrations = community_path(house.settings), project_folder("migrations")
    async with house() as services:
        await live(services, VERA, OTTO)
        old = backup(path, tmp_path / "backups", services.clock)
        await services.privacy.delete(VERA)
    restore(old, path, migrations, clock)

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


# Only a server is shared.
@pytest.mark.parametrize("place", ["postgres"], indirect=True)
async def test_what_one_process_deleted_later_hides_nothing_that_another_deleted(
    house, server, tmp_path, clock
):
    one, two = tmp_path / "one", tmp_path / "two"
    async with house(data_dir=one) as services:
        await live(services, VERA, OTTO)
    dump = await server.new_database("schema")
    for data_dir, person in ((one, OTTO), (two, VERA)):
        clock.move(minutes=1)
        async with house(data_dir=data_dir) as services:
            await services.privacy.delete(person)

    for data_dir in (two, one):
        async with house(data_dir=data_dir, database_url=server.url(dump)) as services:
            kept = [(await services.privacy.export(each))["records"] for each in (VERA, OTTO)]
    await server.drop(dump)

    assert [records["quotes"] for records in kept] == [[], []]


async def test_a_deletion_that_fails_is_repeated_whoever_was_deleted_after_it(house, clock):
    async with house() as services:
        await live(services, VERA, OTTO)
        whole = services.privacy._records

        async def cut(_user_id):
            raise RuntimeError("cut")

        broken = type(whole[0])(whole[0].name, whole[0].export, cut, whole[0].people)
        services.privacy._records = (broken, *whole[1:])
        with pytest.raises(RuntimeError, match="cut"):
            await services.privacy.delete(VERA)
        services.privacy._records = whole
        clock.move(minutes=1)
        await services.privacy.delete(OTTO)

    async with house() as services:
        for person in (VERA, OTTO):
            assert not any((await services.privacy.export(person))["records"].values())


async def test_two_deletions_at_once_both_leave_a_tombstone(house, monkeypatch):
    def read_slowly(path):
        found = read(path)
        time.sleep(0.1)
        return found

    monkeypatch.setattr(tombstones, "read", read_slowly)
    async with house() as services:
        await live(services, VERA, OTTO)
        await asyncio.gather(*map(services.privacy.delete, (VERA, OTTO)))

    found = {each.fingerprint for each in read(house.settings.data_dir / FORGOTTEN_FILE)}
    assert found == {fingerprint(VERA), fingerprint(OTTO)}


async def test_what_was_noted_by_its_time_alone_is_not_done_again_and_the_rest_is(house, clock):
    """As it was noted before tombstones had names."""
    now = instant(clock.now())
    async with house() as services:
        await live(services, VERA, OTTO)
        await services.state.put("privacy.forgotten_until", str(now), now)
    old = [{"person": fingerprint(VERA), "at": now}, {"person": fingerprint(OTTO), "at": now + 1}]
    file = house.settings.data_dir / FORGOTTEN_FILE
    file.write_text("".join(json.dumps(each) + "\n" for each in old))

    for _ in range(2):
        async with house() as services:
            quotes = [
                (await services.privacy.export(each))["records"]["quotes"] for each in (VERA, OTTO)
            ]
            assert [len(each) for each in quotes] == [1, 0]
            assert len(await services.state.under("privacy.forgotten.")) == 2
    assert all(each.name for each in read(file))


async def test_the_note_of_a_deletion_goes_with_its_tombstone(house, clock):
    async with house() as services:
        await services.privacy.delete(VERA)
        clock.move(days=36)
        await services.privacy.delete(OTTO)

        (name,) = await services.state.under("privacy.forgotten.")
    (tombstone,) = read(house.settings.data_dir / FORGOTTEN_FILE)
    assert name.endswith(tombstone.name)


@ON_A_FILE
def test_tombstones_name_nobody_and_do_not_stay_for_ever(tmp_path):
    path = tmp_path / "forgotten.jsonl"
    month = int(KEPT.total_seconds() * 1000)
    for at in (1, 2, month + 2):
        add(path, Tombstone(fingerprint(VERA + at), Instant(at)))

    assert [each.at for each in read(path)] == [month + 2]
    assert str(VERA) not in path.read_text()


@ON_A_FILE
def test_a_torn_line_is_no_tombstone(tmp_path):
    path = tmp_path / "forgotten.jsonl"
    add(path, Tombstone(fingerprint(VERA), Instant(5)))
    (whole,), line = read(path), path.read_text()
    path.write_text(line + line[:20] + "\n[1]\nnull\n")

    assert read(path) == [whole]
    assert (whole.fingerprint, whole.at) == (fingerprint(VERA), 5)
    shutil.rmtree(tmp_path)
    assert read(path) == []
