"""Servers' archives after a restart, a lost file, a change of the common seeds, a broken build."""

import asyncio
import shutil

import pytest
from worlds import write_seeds

from bot.compose import GUILDS, open_services
from bot.settings import Settings
from bot.uploads.archives import Archives
from bot.uploads.builder import build_apart
from bot.uploads.models import UploadError
from bot.uploads.repository import DocumentRepository
from bot.uploads.service import Uploads
from tests.uploads.test_uploads import ELSEWHERE, HERE, NADIA, OFFER, add, asked

pytestmark = pytest.mark.usefixtures("place")


@pytest.fixture
def settings(tmp_path, database_url):
    seeds = write_seeds(tmp_path / "seeds")
    return Settings(data_dir=tmp_path / "data", seeds_dirs=(seeds,), database_url=database_url)


async def settled(services):
    """Wait until what is built beside has been built."""
    for task in tuple(services.archives._under_way):
        await task


async def test_a_restart_answers_from_the_shelf_at_once(settings, clock):
    async with open_services(settings, clock) as services:
        await add(services.uploads)

    async with open_services(settings, clock) as services:
        assert (await asked(services, HERE, "quillfeather")).total == 1
        await settled(services)
        assert (await asked(services, HERE, "quillfeather")).total == 1


async def test_what_another_process_took_in_is_answered_from_here_too(settings, clock, tmp_path):
    async with open_services(settings, clock) as services:
        documents = DocumentRepository(services.database)
        common, elsewhere = services.archives.common, tmp_path / "another host"
        archives = Archives(common, elsewhere, settings.seeds_dirs, documents, clock)
        uploads = Uploads(documents, archives, clock)
        assert (await asked(services, HERE, "quillfeather")).total == 0
        await services.archives.follow()
        await add(uploads)
        await services.archives.follow()
        await asked(services, HERE, "quillfeather")
        await settled(services)

        assert (await asked(services, HERE, "quillfeather")).total == 1
        (document,) = await uploads.documents(HERE)
        await uploads.remove(document.id, HERE)
        await services.archives.follow()
        await settled(services)
        assert (await asked(services, HERE, "quillfeather")).total == 0


async def test_a_lost_file_is_built_again_while_the_common_archive_answers(settings, clock):
    async with open_services(settings, clock) as services:
        await add(services.uploads)
    shutil.rmtree(settings.data_dir / GUILDS)

    async with open_services(settings, clock) as services:
        assert (await asked(services, HERE, "1932")).total == 2
        await settled(services)
        assert (await asked(services, HERE, "quillfeather")).total == 1


async def test_new_common_seeds_reach_the_shelves(settings, clock):
    async with open_services(settings, clock) as services:
        await add(services.uploads)
    (folder,) = settings.seeds_dirs
    (document,) = folder.rglob("timeline.txt")
    document.write_text(document.read_text("utf-8") + "\n• May 1940. A third press.\n", "utf-8")

    async with open_services(settings, clock) as services:
        assert (await asked(services, HERE, "quillfeather")).total == 1
        await settled(services)
        assert (await asked(services, HERE, "1940")).total == 1
        assert (await asked(services, HERE, "quillfeather")).total == 1


async def test_changes_of_one_shelf_wait_for_each_other(settings, clock):
    async with open_services(settings, clock) as services:
        drafts = [
            await services.uploads.look(HERE, NADIA, OFFER),
            await services.uploads.look(
                HERE, NADIA, type(OFFER)("second.txt", OFFER.content, "Moths Again")
            ),
            await services.uploads.look(ELSEWHERE, NADIA, OFFER),
        ]
        await asyncio.gather(
            *(services.uploads.keep(draft.document.id, draft.document.guild_id) for draft in drafts)
        )

        assert len(await services.uploads.documents(HERE)) == 2
        assert (await asked(services, HERE, "quillfeather")).total == 2
        assert (await asked(services, ELSEWHERE, "quillfeather")).total == 1


# The child is the same, whatever keeps the documents.
@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
async def test_a_build_that_takes_too_long_changes_nothing(settings, clock, monkeypatch):
    async with open_services(settings, clock) as services:
        draft = await services.uploads.look(HERE, NADIA, OFFER)
        monkeypatch.setattr("bot.uploads.builder.SECONDS", 0.01)

        with pytest.raises(UploadError, match="too long"):
            await services.uploads.keep(draft.document.id, HERE)

        assert await services.uploads.documents(HERE) == ()
        assert (await asked(services, HERE, "1932")).total == 2


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)  # the child, as above
def test_the_child_knows_no_secret(tmp_path, clock, monkeypatch):
    """It is told what it needs; the environment with the token is not handed on."""
    seen = {}

    def run(*_args, env, **_options):
        seen.update(env)
        raise TimeoutError

    monkeypatch.setenv("DISCORD_TOKEN", "a.secret")
    monkeypatch.setattr("subprocess.run", run)
    with pytest.raises(TimeoutError):
        build_apart([tmp_path], tmp_path / "canon.sqlite", clock.now())

    assert "PATH" in seen
    assert "DISCORD_TOKEN" not in seen
