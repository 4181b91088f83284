"""What is said of chapters in other languages: no word forgotten, and to each in their own."""

from dataclasses import replace

import pytest
from language.pseudo import forgotten, pseudo
from newsroom.desk import ADMINS, CHANNEL, FEED, GUILD
from newsroom.test_rules import NOW, chapter, entry, page

from bot.chapters import answers, bodies
from bot.chapters.announcing.cadence import Cadence
from bot.chapters.announcing.composer import Card, Pings, Site, Venue
from bot.chapters.announcing.figures import Figures
from bot.chapters.announcing.models import Announcement, State
from bot.chapters.announcing.repository import BY_HAND, Sighting
from bot.chapters.announcing.service import ByHand, Life, Receipt
from bot.chapters.entries import Category, SourceKind, Words, WordSource
from bot.chapters.errors import NotAFeedError
from bot.chapters.following.models import Feed, Follow, Followed, FollowState
from bot.chapters.following.rules import Alias, Ask, Back, Changed, Gone, New
from bot.chapters.following.service import Added, Trial
from bot.chapters.source_shapes import Source
from bot.chapters.stories.models import Story
from bot.chapters.subscribing.models import EVERYTHING, How, Subscription, Subscriptions
from bot.clock import moment
from bot.guilds.models import Choice
from bot.language.catalogues import load
from bot.language.sayings import Saying, english, kept, say_kept
from bot.language.speech import language, speaking
from bot.outbox.leases.repository import Standing
from bot.ui import chapter_controls, chapter_feeds, chapter_why, chapters
from bot.ui.chapter_card import ChapterComposer

# What sites, readers and addresses contribute.
WRITTEN = (
    "Red Orchestra",
    "Clio",
    "It rains",
    "omake",
    "blog.example",
    "a.example",
    "b.example",
    "feed",
    "A",
)
STORY = Story(1, GUILD, "Red Orchestra", "Clio", None, 10_000, False, 7, 8)
MASKED = replace(STORY, masked=True, author=None, role_id=None, channel_id=None)
COUNTED = chapter(2, "It rains", words=Words(12_000, WordSource.COUNTED), summary="It rains")
ROUNDED = replace(COUNTED, words=Words(7_800, WordSource.LISTED, rounded=True), category="omake")
KEPT = kept(Saying("The site asks for patience (status {status}). We try again later.", status=429))
FEED_ROW = Feed(1, "k", SourceKind.FEED, FEED, "blog.example", None, None, NOW, 3, KEPT, None, NOW)
FOLLOWED = Followed(
    Follow(1, GUILD, 1, 1, None, 7, FollowState.ASKING, NOW), FEED_ROW, "Red Orchestra", 5, 8, 7
)
WANTED = Subscription(GUILD, 1, 9, How.PING, 5000, EVERYTHING, NOW, "Red Orchestra")
VERA = 61
SITE = Site(known=True, rings=True, publishes=True, threads=True, missing=())


@pytest.fixture(autouse=True, scope="module")
def spoken():
    load()


def told(**more):
    return Figures(
        **{
            "total": 50_000,
            "at_least": False,
            "minutes": 52,
            "longest": False,
            "first_long": False,
            "milestone": None,
            "rhythm": Cadence(9, 14),
            "away": None,
            **more,
        }
    )


def posts():
    composer, links = ChapterComposer(), ("https://a.example/2", "https://b.example/2")
    yield composer.card(
        Card(STORY, COUNTED, told(first_long=True, milestone=100_000), links), Pings()
    )
    for figures in (told(longest=True, away=61, at_least=True), told(rhythm=Cadence(7, 7))):
        yield composer.card(Card(MASKED, ROUNDED, figures, links[:1]), Pings(7, [9]))
    yield composer.card(
        Card(STORY, chapter(1, "It rains"), told(rhythm=Cadence(1, 1)), links), Pings()
    )
    yield composer.digest([Card(STORY, COUNTED, told(), links)] * 27, Pings())
    yield composer.question(STORY, 1, 4, 5)
    yield composer.weekly([(WANTED, COUNTED)])
    yield composer.weekly([(WANTED, chapter(1, "It rains"))] * 99)
    yield composer.thread(Card(MASKED, COUNTED, told(), links))


def replies():
    yield chapter_feeds.followed_reply(STORY)
    yield chapter_feeds.changed_reply(MASKED)
    yield chapter_feeds.stories_reply([STORY, MASKED], {1: 3})
    yield chapter_feeds.stories_reply([], {})
    read = FOLLOWED.follow
    yield chapter_feeds.added_reply(STORY, Added(read, FEED_ROW, 2, "It rains"), 8)
    yield chapter_feeds.added_reply(
        MASKED, Added(replace(read, baseline_at=None, role_id=None), FEED_ROW, 0, None), 8
    )
    yield chapter_feeds.feeds_reply([FOLLOWED] * 22, {}, ["⟦…⟧"])
    yield chapter_feeds.feeds_reply([], {}, [])
    yield chapters.announced_reply(STORY, Receipt(COUNTED, Venue(8, 7, SITE)))
    yield chapters.latest_reply([(STORY, [COUNTED]), (MASKED, [])], NOW + 100 * 86_400_000)
    yield chapters.latest_reply([], NOW)
    yield chapter_controls.chapters_reply(STORY, [COUNTED, ROUNDED] * 12, 1, "9")
    yield chapters.subscribed_reply(WANTED)
    wanted = [replace(WANTED, how=how, category=each) for how in How for each in ("main", "omake")]
    yield chapters.subscriptions_reply(Subscriptions(tuple(wanted), NOW, None))
    yield chapters.subscriptions_reply(Subscriptions((), None, KEPT))


def explanations():
    rows = [
        Standing(1, step, 8, state, 2, NOW, None, KEPT, NOW, NOW)
        for step in ("send", "thread", "crosspost", "ping:1", "edit:1:2")
        for state in ("sent", "blocked", "dropped", "ready")
    ]
    places = (Announcement(2, GUILD, 8, 1, "t", 5, NOW),)
    seen = [Sighting(2, feed, "x", FEED) for feed in (1, BY_HAND)]
    for state in State:
        life = Life(STORY, replace(COUNTED, state=state), seen, places, rows, None)
        for names in (seen, seen[:1], seen[1:], []):
            yield chapter_why.why_reply(replace(life, names=names))
    decisions = (
        New(entry(1, "It rains"), announce=True),
        New(entry(1, "It rains"), announce=False),
        *(Alias(entry(1, "It rains"), replace(COUNTED, state=state)) for state in State),
        Changed(entry(1, "It rains"), COUNTED),
        Back(entry(1, "It rains"), COUNTED),
        Gone(COUNTED),
        Ask(4, 5),
    )
    source = Source(SourceKind.FEED, FEED, None, FEED, "x", "blog.example")
    shown = page(entry(1, "It rains"), categories=(Category(1, "omake"),))
    paused = replace(FOLLOWED, follow=replace(FOLLOWED.follow, state=FollowState.PAUSED))
    yield chapter_why.trial_reply(Trial(source, shown, ((paused, decisions[:8]),)), {})
    yield chapter_why.trial_reply(Trial(source, shown, ((FOLLOWED, decisions[8:]),)), {})
    yield chapter_why.trial_reply(Trial(source, shown, ((FOLLOWED, ()),)), {})
    yield chapter_why.trial_reply(Trial(source, shown, ()), {})


def shown(reply):
    components = reply.view.to_components() if reply.view else []
    return [reply.embed.to_dict(), components]


def test_no_post_forgets_a_word():
    with pseudo():
        bodies_ = list(posts())

    assert [each for body in bodies_ for each in forgotten(body, WRITTEN)] == []


def test_no_answer_forgets_a_word():
    with pseudo():
        found = [shown(reply) for reply in (*replies(), *explanations())]

    assert [each for reply in found for each in forgotten(reply, WRITTEN)] == []


@pytest.mark.parametrize(
    "error",
    [
        NotAFeedError(bodies.CHALLENGED),
        answers.failure(404, {}, moment(NOW)),
        answers.failure(503, {}, moment(NOW)),
    ],
)
def test_why_a_feed_cannot_be_read_is_kept_and_said_to_each_in_their_language(error):
    stored, said = kept(error.sentence), {}
    for each in ("en", "de", "ru"):
        with speaking(each):
            said[each] = say_kept(stored)
            assert str(error) == said[each]

    assert len(set(said.values())) == 3
    assert said["en"] == english(error.sentence)


@pytest.mark.parametrize("text", ["", "[", "[1]", '["{x}", {}]', '["a {b}", 1]', "{x}", "[a] b"])
def test_what_was_kept_by_nobody_is_shown_as_it_is(text):
    assert say_kept(text) in {text, "{x}"}


async def test_a_server_is_told_in_its_language_whoever_shares_the_feed(desk):
    await desk.guilds.choose(GUILD, Choice.LANGUAGE, "ru", user_id=1)
    desk.feeds.drop(FEED, "Chapter 1")
    await desk.follow(await desk.story())
    await desk.follow(await desk.story(guild=GUILD + 1, channel=CHANNEL + 1))

    await desk.drop("Chapter 2")

    (russian,), (other,) = desk.discord.messages[CHANNEL], desk.discord.messages[CHANNEL + 1]
    assert "новая глава: Chapter 2" in russian.body["content"]
    assert "a new chapter: Chapter 2" in other.body["content"]


async def test_admins_hear_of_a_failing_feed_in_the_language_of_their_server(desk, followed):
    await desk.guilds.choose(GUILD, Choice.LANGUAGE, "de", user_id=1)
    desk.feeds.error = answers.failure(503, {}, desk.clock.now())

    await desk.wait(hours=6)

    (notice,) = desk.discord.messages[ADMINS]
    assert (
        "Die Seite bittet um Geduld (Status 503). Nächster Versuch später."
        in notice.body["content"]
    )


# Weeks of turns, a server's seconds.
@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
async def test_the_week_is_told_and_each_row_sent_in_the_language_of_the_server(desk, followed):
    await desk.guilds.choose(GUILD, Choice.LANGUAGE, "ru", user_id=1)
    await desk.room.subscribing.subscribe(desk.room.subscribing.wish(followed, VERA, How.DIGEST))
    send, spoken_ = desk.discord.send, {}

    async def listening(row, picture):
        spoken_[row.channel_id] = language()
        return await send(row, picture)

    desk.discord.send = listening
    await desk.drop("Chapter 4", words=Words(2_300, WordSource.COUNTED))
    await desk.wait(days=7)

    (digest,) = desk.discord.messages[VERA]
    assert digest.body["content"].startswith(
        "Сводка за неделю: 1 глава, 2\N{NO-BREAK SPACE}300 слов"
    )
    assert spoken_ == {CHANNEL: "ru", VERA: "en"}


async def test_what_is_missing_is_told_to_the_admins_and_to_whoever_announced_in_their_own(desk):
    await desk.guilds.choose(GUILD, Choice.LANGUAGE, "ru", user_id=1)
    desk.premises.look = lambda *_: replace(SITE, missing=(language(),))
    order = ByHand("Chapter 1", "https://a.example/1")

    with speaking("de"):
        receipt = await desk.room.announcing.announce(await desk.story(), order, VERA)
    await desk.turn()

    assert receipt.venue.site.missing == ("de",)
    assert desk.discord.messages[ADMINS][0].body["content"] == "ru"
