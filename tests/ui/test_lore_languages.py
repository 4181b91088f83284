"""The archive and the house in every language: no word forgotten, nothing too long."""

import inspect
from datetime import UTC, date, datetime

import discord
import pytest
from language.pseudo import forgotten, pseudo
from loopback.rules import faults_of_callback

from bot.canon import almanac, chance, lookup, registry, works
from bot.canon.almanac import Anniversaries
from bot.canon.archive import Archive
from bot.canon.building.build import build
from bot.canon.catalogue import catalogue
from bot.canon.kinds import kind_called, kind_name
from bot.canon.models import EntityKind
from bot.canon.query import parse_query
from bot.clock import Instant
from bot.errors import BotError
from bot.flags import models as flag_models
from bot.language.catalogues import TRANSLATED, load
from bot.language.speech import speaking
from bot.limits import TooFastError
from bot.privacy.models import Deleted
from bot.progress import service as progress_service
from bot.progress.service import Standing
from bot.quotes.models import Consent
from bot.ui import controls, permissions, privacy, setup_places, status, uploads
from bot.ui import progress as progress_ui
from bot.ui.flags import FlagForm, flag_body
from bot.ui.help import help_reply, known_commands, room_reply, rooms
from bot.ui.lore import catalogue_embed, entry_parts
from bot.ui.lore_controls import answered, entry_reply, list_reply
from bot.ui.passages import passages_reply
from bot.ui.progress import progress_embed
from bot.ui.registry import anniversaries_reply, card_reply, comparison_reply
from bot.ui.theme import Reply, fitted
from bot.ui.welcome import welcome_post
from bot.uploads import models as upload_models
from bot.uploads.builder import Sight
from bot.uploads.models import Document
from bot.uploads.service import Draft

OWNER = 2**63 - 1
WRITTEN = ["May", "June", "July", "1932", "samizdat"]
"""What the sources wrote: dates, which stay as they are."""
CANON = {
    "canon.toml": (
        'title = "Бумажная республика"\nblurb = "Страна печатников."\ncredit = "Тесты"\n'
        '[[document]]\nfile = "timeline.txt"\ntitle = "Летопись"\nformat = "timeline"\n'
    ),
    "timeline.txt": "\n\n".join(
        f"• {number} May 1932. Наборщик Марк Кегль начинает стачку номер {number}. "
        + "Говорят о ней долго. " * (400 if number == 9 else 1)
        for number in range(1, 12)
    ),
    "lexicon.toml": '[[entity]]\nname = "Марк Кегль"\nkind = "person"\naliases = ["Кегель"]\n',
}
QUERIES = ["1932", "кегль", "стачку 9", "дирижабль", "1937", "30 Feb 1932", "5/6/1932", "кигль"]


@pytest.fixture(scope="module")
def canon(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cyrillic")
    work = folder / "seeds" / "paper"
    work.mkdir(parents=True)
    for name, text in CANON.items():
        (work / name).write_text(text, "utf-8")
    build([folder / "seeds"], folder / "canon.sqlite", datetime(2026, 11, 22, tzinfo=UTC))
    return folder / "canon.sqlite"


@pytest.fixture
async def archive(canon):
    opened = await Archive.open(canon)
    yield opened
    await opened.close()


@pytest.fixture
async def listed(bot):
    for extension in bot._wanted_extensions:
        await bot.load_extension(extension)
    return known_commands(bot.tree)


@pytest.fixture(params=["pseudo", *TRANSLATED])
def check(request):
    """Speak a language; what is checked with it must fit and, in the pseudo one, be ours."""
    load()
    spoken = pseudo() if request.param == "pseudo" else speaking(request.param)

    def checked(reply, written=()):
        body = {"embeds": [fitted(reply.embed).to_dict()], "allowed_mentions": {"parse": []}}
        if reply.view:
            body["components"] = reply.view.to_components()
        assert list(faults_of_callback(4, body)) == []
        if request.param == "pseudo":
            for embed in body["embeds"]:
                embed.get("author", {}).pop("name", None)  # the query, or the date as written
            assert forgotten(body, [*WRITTEN, *written]) == []

    with spoken:
        yield checked


async def test_every_answer_of_the_archive(archive, check):
    view = archive.library.view(None)
    for query in QUERIES:
        check(await answered(archive, query, view, OWNER), [query, "Feb", "Q2"])
        check(passages_reply(await archive.passages.find(query, view), OWNER, "*"), [query, "Feb"])
        check(comparison_reply(await archive.comparer.compare(query, view), OWNER), [query])
    turned = await archive.lookup.answer("1932", view, 1)
    check(list_reply(turned, "z", "*"), ["z"])
    for name in ("Марк Кегль", "кегель"):
        check(card_reply(await archive.registry.entry(name, view), OWNER))
    check(anniversaries_reply(await archive.almanac.on(date(2026, 5, 9), view), OWNER))
    check(anniversaries_reply(Anniversaries(date(2026, 7, 1), (), whole_month=True), OWNER))
    check(Reply(catalogue_embed(await catalogue(archive.library, view))))


async def test_a_long_entry_in_parts(archive, check):
    view = archive.library.view(None)
    answer = await archive.lookup.answer("9 May 1932", view)
    reading = await archive.library.read(answer.entries[0].reference, view)
    assert len(entry_parts(reading.entry)) > 1
    for part in range(len(entry_parts(reading.entry))):
        check(entry_reply(reading, "z", part=part))


async def test_what_typing_offers_is_in_the_readers_words(archive):
    view = archive.library.view(None)
    with pseudo():
        lines = [
            *await archive.suggester.events("1932", view),
            *await archive.suggester.events("193", view),
            *await archive.suggester.names("кегель", view),
        ]
        assert lines
        assert forgotten([line.label for line in lines], WRITTEN) == []


async def test_progress_documents_and_remarks(archive, check):
    (work,) = archive.library.works.values()
    check(Reply(progress_embed([Standing(work, 3, is_set=True, channel=2)])))
    check(Reply(progress_embed([Standing(work, 1, is_set=False, channel=None)])))
    check(Reply(progress_embed([])))
    document = Document(1, 2, "x", "Повесть", "файл", "", 3, 4_000_000, 5, Instant(0))
    sight = Sight("книга", "т", 2, 3, 5000, "1", "2", ("Первая",), ("Начало",), ("Странно",))
    check(uploads.draft_reply(Draft(document, sight, joins=False)))
    check(Reply(uploads.kept_embed(document)))
    check(Reply(uploads.shelf_embed([document])))
    check(Reply(uploads.shelf_embed([])))
    answer = await archive.lookup.answer("9 May 1932", archive.library.view(None))
    reader = discord.Object(1)
    reader.display_name = reader.name = "Вера"
    body = flag_body(answer.entries[0], "неверно", reader)
    check(Reply(discord.Embed.from_dict(body["embeds"][0])), [answer.entries[0].reference])
    assert FlagForm(answer.entries[0]).to_dict()["title"]


async def test_help_and_its_rooms(listed, check):
    everything = discord.Permissions.all()
    asked = ["who killed stalin?", "turkish war", "Twemoji", "CC-BY", "SIL Open Font License"]
    check(help_reply(listed, everything, ["Make quote card"]), asked)
    for room in rooms(listed, everything):
        check(room_reply(room, listed, everything))
    check(room_reply("зал", listed, everything))


def test_the_words_of_privacy():
    with pseudo():
        done = [Deleted("quotes", 3, 1), Deleted("the Soviet", 0, 0), Deleted("quotes", 2, 0)]
        said = [
            *(privacy.quoting(each) for each in Consent),
            privacy.deletion(done, 3, 1),
            privacy.exported_words({"records": {"reading progress": [1]}}),
        ]
        assert forgotten(said) == []


@pytest.mark.parametrize(
    "text", ["1/32/1932", "13/13/1932", "Q7 1932", "12345", "10 to 13 August", "30 Feb", "1932-13"]
)
def test_why_a_date_is_none(text):
    with pseudo():
        problem = parse_query(text).problem
        assert problem is None or forgotten(problem) == []


def errors():
    """Yield every refusal of these parts that carries its own sentence."""
    modules = (almanac, chance, lookup, registry, works, flag_models, progress_service)
    modules += (upload_models, uploads, controls, privacy, setup_places, status, progress_ui)
    for module in modules:
        for _, kind in inspect.getmembers(module, inspect.isclass):
            if issubclass(kind, BotError) and kind.__module__ == module.__name__:
                yield kind
    yield TooFastError


MADE_OF = {
    "NoChaptersError": lambda kind, work: kind(work),
    "NoSuchChapterError": lambda kind, work: kind(work, 9),
    "NoSuchNameError": lambda kind, _: kind("имя", ["одно", "другое"]),
    "NoSuchWorkError": lambda kind, _: kind("имя", ["одно", "другое"]),
    "UnreadableDateError": lambda kind, _: kind("вчера"),
    "NoPassageError": lambda kind, _: kind(["одно"]),
    "SeveralPassagesError": lambda kind, _: kind(5),
    "QueryTooLongError": lambda kind, _: kind(300),
    "NoSuchChoiceError": lambda kind, _: kind(["да"]),
}
SAY_WHAT_THEY_ARE_GIVEN = {"UploadError", "CannotTestError"}


@pytest.mark.parametrize("kind", list(dict.fromkeys(errors())), ids=lambda kind: kind.__name__)
async def test_every_refusal(archive, kind):
    if kind.__name__ in SAY_WHAT_THEY_ARE_GIVEN:
        kind = BotError
    (work,) = archive.library.works.values()
    with pseudo():
        error = MADE_OF.get(kind.__name__, lambda made, _: made())(kind, work)
        assert forgotten(str(error)) == []


def test_every_kind_of_thing_is_one_word_that_is_read_back():
    load()
    for language in TRANSLATED:
        with speaking(language):
            words = {kind: kind_name(kind) for kind in EntityKind}
        assert len(set(words.values())) == len(words)
        assert [kind_called(word) for word in words.values()] == list(EntityKind)


@pytest.mark.simcord(check_errors=False)
async def test_the_panel_and_the_welcome(world, monkeypatch):
    load()
    monkeypatch.setattr("bot.language.translator.language_for", lambda _: "ru")
    with pseudo():
        panel = (await world.admin.slash(world.channels["lounge"], "setup")).response
        assert forgotten(panel.components, [world.guild.name, "English", "Deutsch"]) == []
        guild = world.env.bot.get_guild(world.guild.id)
        monkeypatch.setattr("bot.ui.welcome.language_for", lambda _: "ru")
        body = welcome_post(guild, world.channels["lounge"].id).body
        assert forgotten(body, ["novara"]) == []
        fix = permissions.obstacle(world.env.bot, world.guild.id, 1, "send")
        assert forgotten(fix) == []
