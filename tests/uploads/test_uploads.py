"""A server's shelf: what is added answers there, and nowhere else."""

import pytest

from bot.progress.service import Asker
from bot.uploads.models import MOST_BYTES, NoSuchDocumentError, UploadError
from bot.uploads.service import Offer, file_name

pytestmark = pytest.mark.usefixtures("place")

HERE, ELSEWHERE, NADIA = 10, 20, 5

TIMELINE = b"""\
# not a title

\xe2\x80\xa2 May 1905. The Moth Parliament meets in Gaslight Hall.

\xe2\x80\xa2 June 1906. Professor Quillfeather invents the tin moon.

\xe2\x80\xa2 19 July 1907. The tin moon rises over Gaslight Hall.
"""
OFFER = Offer("moths.txt", TIMELINE, "The Moth Papers")


@pytest.fixture
def uploads(services):
    return services.uploads


async def asked(services, guild_id, query):
    archive = await services.archives.of(guild_id)
    view = await services.progress.view(archive.library, Asker(1, None))
    return await archive.lookup.answer(query, view)


async def add(uploads, offer=OFFER, guild_id=HERE):
    draft = await uploads.look(guild_id, NADIA, offer)
    return await uploads.keep(draft.document.id, guild_id)


async def test_a_draft_says_what_would_be_read_and_answers_nothing(services, uploads):
    draft = await uploads.look(HERE, NADIA, OFFER)

    assert draft.sight.format == "timeline"
    assert draft.sight.entries == 3
    assert "The Moth Parliament meets in Gaslight Hall" in draft.sight.titles[0]
    assert (draft.sight.first, draft.sight.last) == ("May 1905", "19 July 1907")
    assert not draft.joins
    assert (await asked(services, HERE, "tin moon")).total == 0


async def test_what_is_kept_answers_in_its_server_alone(services, uploads):
    await add(uploads)

    assert (await asked(services, HERE, "quillfeather")).total == 1
    assert (await asked(services, HERE, "1932")).total == 2
    for place in (ELSEWHERE, None):
        assert (await asked(services, place, "quillfeather")).total == 0
        archive = await services.archives.of(place)
        assert await archive.suggester.works("moth") == []


async def test_two_servers_may_have_stories_of_one_name_that_never_meet(services, uploads):
    await add(uploads)
    other = Offer("moths.txt", TIMELINE.replace(b"moon", b"sun"), "The Moth Papers")
    await add(uploads, other, ELSEWHERE)

    here, there = [await asked(services, place, "1906") for place in (HERE, ELSEWHERE)]

    assert "tin moon" in here.entries[0].title
    assert "tin sun" in there.entries[0].title
    assert here.entries[0].work.title == there.entries[0].work.title
    assert here.entries[0].work.slug != there.entries[0].work.slug


async def test_a_document_can_join_a_story_that_everybody_has(services, uploads):
    lines = ("May 1935. A second press.", "June 1935. It breaks.", "July 1935. It is mended.")
    content = "\n\n".join(f"• {line}" for line in lines).encode()
    draft = await uploads.look(HERE, NADIA, Offer("more.txt", content, "paper republic"))
    await uploads.keep(draft.document.id, HERE)

    assert draft.joins
    found = await asked(services, HERE, "1935")
    assert {entry.work.title for entry in found.entries} == {"The Paper Republic"}
    assert found.total == 3
    assert (await asked(services, HERE, "inkwell")).total == 1


async def test_a_chapter_ahead_of_the_reader_stays_hidden(services, uploads):
    await add(uploads, Offer("moths.txt", TIMELINE, "The Moth Papers", chapter=3))

    assert (await asked(services, HERE, "quillfeather")).total == 0


async def test_the_same_name_again_replaces_the_document(services, uploads):
    await add(uploads)
    await add(uploads, Offer("moths.txt", TIMELINE.replace(b"moon", b"kettle"), "The Moth Papers"))

    (document,) = await uploads.documents(HERE)
    assert document.file == "moths.txt"
    assert "tin kettle" in (await asked(services, HERE, "june 1906")).entries[0].title


async def test_what_is_removed_answers_no_more(services, uploads):
    document = await add(uploads)

    removed = await uploads.remove((await uploads.documents(HERE))[0].id, HERE)

    assert removed.file == document.file
    assert await uploads.documents(HERE) == ()
    assert (await asked(services, HERE, "quillfeather")).total == 0
    assert (await asked(services, HERE, "1932")).total == 2


async def test_the_ids_of_another_server_open_nothing(uploads):
    draft = await uploads.look(HERE, NADIA, OFFER)
    for change in (uploads.keep, uploads.remove):
        with pytest.raises(NoSuchDocumentError):
            await change(draft.document.id, ELSEWHERE)
    await uploads.discard(draft.document.id, ELSEWHERE)

    await uploads.keep(draft.document.id, HERE)

    with pytest.raises(NoSuchDocumentError):
        await uploads.remove((await uploads.documents(HERE))[0].id, ELSEWHERE)


async def test_a_draft_thrown_away_cannot_be_kept(uploads):
    draft = await uploads.look(HERE, NADIA, OFFER)
    await uploads.discard(draft.document.id, HERE)

    with pytest.raises(NoSuchDocumentError):
        await uploads.keep(draft.document.id, HERE)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("blank.txt", b" \n\t\n"),
        ("program.exe", b"MZ\x90\x00\x03\x00\x00\x00\x04" * 100),
        ("large.txt", b"x" * (MOST_BYTES + 1)),
        ("broken.epub", b"PK\x03\x04 not a zip at all"),
    ],
)
async def test_what_is_no_text_is_refused_in_words(uploads, name, content):
    with pytest.raises(UploadError) as refusal:
        await uploads.look(HERE, NADIA, Offer(name, content, "The Moth Papers"))

    assert str(refusal.value).strip()
    assert "/tmp" not in str(refusal.value)
    assert await uploads.documents(HERE) == ()


@pytest.mark.parametrize("work", ["", "  ", "…", "\u202e"])
async def test_a_story_needs_a_name(uploads, work):
    with pytest.raises(UploadError, match="Name the story"):
        await uploads.look(HERE, NADIA, Offer("a.txt", TIMELINE, work))


async def test_a_shelf_does_not_grow_for_ever(uploads, monkeypatch):
    monkeypatch.setattr("bot.uploads.repository.MOST_DOCUMENTS", 1)
    await add(uploads)

    with pytest.raises(UploadError, match="/canon remove"):
        await add(uploads, Offer("second.txt", TIMELINE, "The Moth Papers"))

    assert [document.file for document in await uploads.documents(HERE)] == ["moths.txt"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a.txt", "a.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\a.txt", "a.txt"),
        (".hidden", "hidden"),
        ("canon.toml", "document canon.toml"),
        ("README.md", "document README.md"),
        ("a\x00b\n.txt", "a b .txt"),
        ("", "document.txt"),
        ("~", "document.txt"),
        ("x" * 300 + ".txt", "x" * 76 + ".txt"),
        ("Глава 1.txt", "Глава 1.txt"),
    ],
)
def test_the_name_of_a_file_is_made_harmless(given, kept):
    assert file_name(given) == kept


async def test_who_added_a_document_can_be_forgotten(services, uploads):
    await add(uploads)

    await uploads.forget(NADIA)

    (document,) = await uploads.documents(HERE)
    assert document.added_by == 0


async def test_a_server_can_be_forgotten_whole(services, uploads):
    await add(uploads)
    await uploads.look(HERE, NADIA, Offer("second.txt", TIMELINE, "The Moth Papers"))

    await uploads.purge(HERE)

    assert await services.database.fetch_all("SELECT id FROM guild_document") == []
    assert (await asked(services, HERE, "quillfeather")).total == 0
