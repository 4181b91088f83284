"""Every screen of the bot, in one list: what it is called, and how to draw it from one text.

`SCREENS` maps a name to a function from a text (as strangers may write it, repeated until all of it
is as long as it may be) to Discord's JSON of the message or the form. Nothing is drawn when this is
imported, so a test may first choose a language.
"""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import discord
from soviet_discord.builders import LARGEST_ID, NOW, outcome_of, worst_motion
from ui import longest

from bot.canon.almanac import Anniversaries
from bot.canon.passages import Passages
from bot.canon.search import Manner
from bot.chapters.announcing.composer import Pings, Venue
from bot.chapters.announcing.models import Announcement, State
from bot.chapters.announcing.publish import _READERS_A_MESSAGE, _READERS_IN_CARD
from bot.chapters.announcing.repository import BY_HAND, Sighting
from bot.chapters.announcing.service import Life, Receipt
from bot.chapters.entries import Category, FeedPage, SourceKind
from bot.chapters.following.models import FollowState
from bot.chapters.following.rules import Alias, Ask, Back, Changed, Gone, New
from bot.chapters.following.service import Added, Trial
from bot.chapters.source_shapes import Source
from bot.chapters.subscribing.models import How, Subscription, Subscriptions
from bot.clock import Instant, moment
from bot.duties import Duty
from bot.guilds.models import GuildSettings
from bot.health import DUTIES, Link
from bot.outbox.leases.repository import Standing as RowStanding
from bot.privacy.models import Deleted
from bot.progress.service import Standing as ReadingStanding
from bot.quotes.models import Consent, Page
from bot.quotes.models import Standing as QuoteStanding
from bot.soviet.models import HOUR_MS, Kind, Status
from bot.soviet.orders import orders_at
from bot.soviet.results import Amendment, Law, Plan, PlanLine, Recount, Resolution, Standing
from bot.soviet.results import Receipt as BallotReceipt
from bot.ui import privacy, quotes
from bot.ui.chapter_card import ChapterComposer
from bot.ui.chapter_controls import chapters_reply
from bot.ui.chapter_feeds import (
    added_reply,
    changed_reply,
    feeds_reply,
    followed_reply,
    stories_reply,
)
from bot.ui.chapter_why import trial_reply, why_reply
from bot.ui.chapters import announced_reply, latest_reply, subscribed_reply, subscriptions_reply
from bot.ui.controls import base36
from bot.ui.flags import FlagForm, flag_body
from bot.ui.help import help_reply, room_reply
from bot.ui.lore import catalogue_embed
from bot.ui.lore_controls import entry_reply, list_reply
from bot.ui.passages import passages_reply
from bot.ui.progress import progress_embed
from bot.ui.quote_cards import asking_view, card_view, saved_view
from bot.ui.quote_lists import Order, _view
from bot.ui.registry import anniversaries_reply, card_reply, comparison_reply
from bot.ui.setup import Panel
from bot.ui.setup_places import PLACES
from bot.ui.setup_places import Standing as ServerStanding
from bot.ui.setup_story import FollowForm, with_bells
from bot.ui.soviet import business, lists
from bot.ui.soviet.amendments import amendments_screen
from bot.ui.soviet.ballots import motion_screen
from bot.ui.soviet.composer import Secretary
from bot.ui.soviet.difference import ROOM, difference
from bot.ui.soviet.forms import amendment_form, explanation_form
from bot.ui.soviet.panel import receipt_screen
from bot.ui.soviet.ranking import ballot_screen
from bot.ui.soviet.receipts import mine_embed
from bot.ui.soviet.screen import Screen
from bot.ui.status import status_embed
from bot.ui.theme import Reply, fitted
from bot.ui.uploads import draft_reply, kept_embed, shelf_embed
from bot.ui.welcome import welcome_post
from bot.uploads.builder import Sight
from bot.uploads.models import Document
from bot.uploads.service import Draft

NOBODY = {"parse": []}
EVERYTHING = discord.Permissions.all()


def shown(reply):
    """Return a reply as Discord's JSON."""
    view = reply.view.to_components() if reply.view else []
    return {
        "embeds": [fitted(reply.embed).to_dict()],
        "components": view,
        "allowed_mentions": NOBODY,
    }


def said(content, view=None):
    return {
        "content": content,
        "components": view.to_components() if view else [],
        "allowed_mentions": NOBODY,
    }


def _life(text):
    rows = [
        RowStanding(number, step, LARGEST_ID, state, 99, NOW, None, longest.PROBLEM, NOW, NOW)
        for number, (step, state) in enumerate(
            [(f"ping:{each}", "sent") for each in range(20)]
            + [("send", "blocked"), ("thread", "dropped"), ("crosspost", "waiting")]
        )
    ]
    places = [
        Announcement(1, LARGEST_ID, LARGEST_ID, number, "topic", LARGEST_ID, NOW)
        for number in range(20)
    ]
    names = [Sighting(1, feed, "x", longest.ADDRESS) for feed in (1, 2, BY_HAND)]
    held = longest.chapter(text, state=State.HELD)
    return Life(longest.story(text), held, names, places, rows, longest.site())


def _trial(text):
    entries = tuple(longest.feed_entry(text, number) for number in range(200))
    chapter = longest.chapter(text)
    decisions = [
        kind
        for each in entries[:30]
        for kind in (
            New(each, True),
            New(each, False),
            Alias(each, chapter),
            Changed(each, chapter),
            Back(each, chapter),
            Gone(chapter),
            Ask(99, 100),
        )
    ]
    followed = longest.followed(text, state=FollowState.PAUSED)
    page = FeedPage(
        SourceKind.XENFORO,
        longest.some(text, 300),
        entries,
        categories=tuple(Category(each, longest.some(text, 80)) for each in range(30)),
    )
    source = Source(
        SourceKind.XENFORO, longest.ADDRESS, None, longest.ADDRESS, "x", "a-forum.example"
    )
    return Trial(source, page, ((followed, tuple(decisions)),) * 30)


def _wanted(text, how=How.DIGEST):
    return Subscription(
        LARGEST_ID, 1, LARGEST_ID, how, 10**7, longest.some(text, 40), NOW, longest.some(text)
    )


def _motion(text, status=Status.OPEN, kind=Kind.RANKED):
    return worst_motion(status, kind, text, text, 25)


def _motions(text, status, count):
    return [replace(_motion(text, status), number=10**9 - each) for each in range(count)]


def _receipt(text):
    return BallotReceipt(_motion(text), tuple(range(25)), "0a1b2c3d", tuple(range(24, -1, -1)))


def _amendment(text, number):
    return Amendment(7, number, LARGEST_ID, longest.filled(text, 1500))


async def _nothing():
    return None


def _status(_text):
    clock = SimpleNamespace(now=lambda: moment(NOW))
    duties = [Duty(name, _nothing, clock) for name in DUTIES]
    for duty in duties:
        duty.failures = 10**6
    complaints = [longest.PROBLEM] * (len(duties) + 2)
    link = Link(10**6, dict.fromkeys(range(1000), 9.999))
    return shown(Reply(status_embed(link, duties, complaints, 9.99)))


def _panel(text, missing):
    guild = SimpleNamespace(name=longest.some(text, 100))
    chosen = GuildSettings(LARGEST_ID, LARGEST_ID, LARGEST_ID, LARGEST_ID, LARGEST_ID, "poster")
    looks = dict.fromkeys(PLACES, longest.site()) if missing else {}
    panel = Panel(ServerStanding(guild, chosen, (longest.some(text),) * 100, looks))
    return {"flags": 1 << 15, "components": panel.to_components(), "allowed_mentions": NOBODY}


def _document(text):
    some = longest.some
    return Document(
        LARGEST_ID % 10**15,
        LARGEST_ID,
        "a-work",
        some(text, 100),
        some(text, 120),
        some(text, 100),
        10**6,
        5 * 10**6,
        LARGEST_ID,
        NOW,
    )


def _draft(text):
    many = tuple(longest.some(text, 300) for _ in range(40))
    sight = Sight("timeline", many[0], 10**6, 10**6, 10**7, *many[:2], many, many[:5], many)
    return Draft(_document(text), sight, joins=False)


def _passages(text):
    entries = tuple(longest.entry(text, number) for number in range(10))
    excerpts = tuple(longest.some(text, 220) for _ in entries)
    words = frozenset({"a", "word"})
    return Passages(longest.some(text), entries, excerpts, words, 10**6, 1, Manner.SOME, ("a",))


def _quote_list(text):
    page = Page(tuple(longest.quote(text, number) for number in range(10)), 10**6, 1)
    embed = quotes.page_embed(page, "The quote book", longest.some(text))
    view = _view(page, base36(LARGEST_ID), Order.SEARCH, base36(LARGEST_ID))
    return shown(Reply(embed, view))


def _verdict(text, kind):
    made = _motion(text, Status.CLOSED, kind)
    return Secretary().closed(made, outcome_of(made), LARGEST_ID).body


def _form(form):
    return form.to_dict()


def _room(listed, name):
    return lambda _text: shown(room_reply(name, listed, EVERYTHING))


def _person(text):
    return SimpleNamespace(display_name=longest.some(text, 32), name=longest.some(text, 32))


_ORDERS = {"threshold": "2/3", "movers": f"<@&{LARGEST_ID}>"}
_READERS = range(LARGEST_ID - _READERS_A_MESSAGE, LARGEST_ID)
_IN_CARD = range(LARGEST_ID - _READERS_IN_CARD, LARGEST_ID)
_GUILD = SimpleNamespace(id=LARGEST_ID, preferred_locale=discord.Locale.german)
_COMPOSER = ChapterComposer()

SCREENS = {
    # The archive.
    "entry": lambda text: shown(entry_reply(longest.reading(text), base36(LARGEST_ID))),
    "entry, answered": lambda text: shown(
        entry_reply(longest.reading(text), base36(LARGEST_ID), longest.answer(text, single=True))
    ),
    "list": lambda text: shown(
        list_reply(longest.answer(text, page=1), base36(LARGEST_ID), "w" * 32)
    ),
    "nothing found": lambda text: shown(
        list_reply(longest.answer(text, entries=(), total=0), base36(LARGEST_ID), "*")
    ),
    "name": lambda text: shown(card_reply(longest.entity_card(text), LARGEST_ID)),
    "passages": lambda text: shown(passages_reply(_passages(text), LARGEST_ID, "w" * 32)),
    "comparison": lambda text: shown(comparison_reply(longest.comparison(text), LARGEST_ID)),
    "today": lambda text: shown(
        anniversaries_reply(
            Anniversaries(date(2028, 9, 30), longest.answer(text).entries, True), LARGEST_ID
        )
    ),
    "shelves": lambda text: shown(Reply(catalogue_embed(longest.catalogue(text)))),
    "progress": lambda text: shown(
        Reply(
            progress_embed(
                [ReadingStanding(longest.work(text), 10**6, True, 10**6) for _ in range(40)]
            )
        )
    ),
    "form: wrong": lambda text: _form(FlagForm(longest.entry(text))),
    "wrong, told": lambda text: flag_body(
        longest.entry(text), longest.some(text, 1000), _person(text)
    ),
    # Chapters.
    "chapter": lambda text: _COMPOSER.card(longest.card(text), Pings(LARGEST_ID, _IN_CARD)),
    "chapter, masked": lambda text: _COMPOSER.card(longest.card(text, True), Pings()),
    "chapters at once": lambda text: _COMPOSER.digest(
        [longest.card(text)] * 99, Pings(LARGEST_ID, _IN_CARD)
    ),
    "ping": lambda text: {
        **_COMPOSER.ping(longest.story(text), _READERS),
        # The relay says which.
        "message_reference": {"message_id": str(LARGEST_ID), "fail_if_not_exists": False},
    },
    "feed asks": lambda text: _COMPOSER.question(longest.story(text), 10**15, 10**5, 10**5),
    "weekly": lambda text: _COMPOSER.weekly([(_wanted(text), longest.chapter(text))] * 99),
    "story, new": lambda text: shown(followed_reply(longest.story(text))),
    "story": lambda text: shown(changed_reply(longest.story(text, True))),
    "stories": lambda text: shown(stories_reply([longest.story(text)] * 100, {})),
    "feed added": lambda text: shown(
        with_bells(
            added_reply(
                longest.story(text),
                Added(
                    longest.followed(text).follow,
                    longest.followed(text).feed,
                    9999,
                    longest.some(text),
                ),
                LARGEST_ID,
            ),
            longest.story(text),
        )
    ),
    "form: follow": lambda _text: _form(FollowForm()),
    "feeds": lambda text: shown(
        feeds_reply(
            [longest.followed(text, number) for number in range(50)],
            {number: longest.site().missing for number in range(50)},
            [longest.PROBLEM] * 20,
            LARGEST_ID,
        )
    ),
    "feed tested": lambda text: shown(trial_reply(_trial(text), {1: longest.site().missing})),
    "announced by hand": lambda text: shown(
        announced_reply(
            longest.story(text),
            Receipt(longest.chapter(text), Venue(LARGEST_ID, LARGEST_ID, longest.site())),
        )
    ),
    "why": lambda text: shown(why_reply(_life(text))),
    "latest": lambda text: shown(
        latest_reply([(longest.story(text, True), longest.chapters(text))] * 40, NOW)
    ),
    "chapter list": lambda text: shown(
        chapters_reply(longest.story(text, True), longest.chapters(text), 1, base36(LARGEST_ID))
    ),
    "subscribed": lambda text: shown(subscribed_reply(_wanted(text), longest.PROBLEM)),
    "subscriptions": lambda text: shown(
        subscriptions_reply(Subscriptions((_wanted(text),) * 100, NOW, longest.PROBLEM))
    ),
    # The House.
    "motion, tabled": lambda text: motion_screen(
        Standing(_motion(text, Status.TABLED, Kind.AYE_NAY), 0, None, None, _READERS, 24, 24)
    ).body(),
    "motion, open": lambda text: motion_screen(Standing(_motion(text), 10**6, None, None)).body(),
    "motion, decree": lambda text: motion_screen(
        Standing(_motion(text, Status.TABLED, Kind.DECREE), 0, None, None, _READERS, 24, 24)
    ).body(),
    "motion, moved by nobody": lambda text: (
        Secretary().tabled(_motion(text, Status.TABLED), LARGEST_ID).body
    ),
    "motion, called": lambda text: (
        Secretary()
        .opened(replace(_motion(text), opened_at=Instant(NOW + 9 * HOUR_MS)), LARGEST_ID)
        .body
    ),
    "verdict": lambda text: _verdict(text, Kind.AYE_NAY),
    "verdict, ranked": lambda text: _verdict(text, Kind.RANKED),
    "receipt": lambda text: receipt_screen(_receipt(text), 1).body(),
    "ranked ballot": lambda text: ballot_screen(_motion(text), "abcdefghijkl").body(),
    "business": lambda text: business.business_screen(
        _motions(text, Status.OPEN, business.PAGE),
        [
            replace(each, number=each.number - business.PAGE)
            for each in _motions(text, Status.CLOSED, business.PAGE + 1)
        ],
    ).body(),
    "business, older": lambda text: business.older_screen(
        _motions(text, Status.CLOSED, business.PAGE + 1)
    ).body(),
    "amendments": lambda text: amendments_screen(
        _motion(text, Status.TABLED, Kind.AYE_NAY),
        [_amendment(text, number) for number in range(1, 30)],
        [difference(longest.filled(text, 1500), "Never.", ROOM // 5)] * 5,
        for_mover=True,
    ).body(),
    "my vote": lambda text: Screen(
        mine_embed(_receipt(text), Standing(_motion(text), 10**6, None, tuple(range(25))))
    ).body(),
    "ledger": lambda text: lists.ledger_screen(
        [
            Resolution(
                10**9 - each,
                longest.filled(text, 1500),
                Law.REPEALED,
                NOW,
                10**9,
                longest.filled(text, 200),
                LARGEST_ID,
            )
            for each in range(25)
        ],
        longest.filled(text, 1500),
    ).body(),
    "plan": lambda text: lists.plan_screen(
        Plan(
            (PlanLine(10**9, longest.filled(text, 1500), 10**7, 10**9),) * 200,
            10**9,
            10**12,
            100_000,
        )
    ).body(),
    "recount": lambda text: lists.recount_screen(
        Recount(
            _motion(text, Status.CLOSED),
            *[outcome_of(_motion(text, Status.CLOSED))] * 2,
            identical=False,
        )
    ).body(),
    "standing orders": lambda _text: lists.orders_screen(orders_at(10**6, _ORDERS)).body(),
    "form: amend": lambda text: _form(amendment_form(_motion(text, Status.TABLED, Kind.AYE_NAY))),
    "form: explain": lambda _text: _form(explanation_form("zz")),
    # Quotes.
    "quote, saved": lambda text: said(
        quotes.saved(longest.quote(text)), saved_view(longest.quote(text))
    ),
    "quote, credit": lambda text: said(
        f"-# {quotes.credit(longest.quote(text), longest.some(text, 100))}",
        card_view(longest.quote(text), "poster"),
    ),
    "quote, question": lambda text: {
        **said(
            quotes.question(longest.quote(text), longest.some(text, 32)),
            asking_view(longest.quote(text)),
        ),
        "allowed_mentions": {"parse": [], "users": [str(LARGEST_ID)]},
    },
    "quote book": _quote_list,
    "most quoted": lambda text: shown(
        Reply(quotes.standings_embed([QuoteStanding(1, longest.some(text, 32), 10**6)] * 25))
    ),
    # The house and its keepers.
    "setup, new": lambda text: _panel(text, missing=False),
    "setup, all is missing": lambda text: _panel(text, missing=True),
    "status": _status,
    "welcome": lambda _text: dict(welcome_post(_GUILD, LARGEST_ID).body),
    "document, seen": lambda text: shown(draft_reply(_draft(text))),
    "document, added": lambda text: shown(Reply(kept_embed(_document(text)))),
    "documents": lambda text: shown(Reply(shelf_embed([_document(text)] * 200))),
    "records": lambda _text: said(
        privacy.exported_words(
            {"records": {f"records of kind {each}": [{}] * 9999 for each in range(20)}}
        )
    ),
    "delete?": lambda _text: said(privacy.QUESTION, privacy.delete_view(LARGEST_ID)),
    "deleted": lambda _text: said(
        privacy.deletion(
            [Deleted(f"records of kind {each}", 9999, 99) for each in range(20)], 99, 9
        )
    ),
    **{
        f"quoting: {each}": (lambda _text, each=each: said(privacy.quoting(each)))
        for each in Consent
    },
}


def screens_of(listed):
    """Return the screens that are made of the commands *listed*: the help and its rooms."""
    menus = ["Make quote card", "Save to quote book"]
    from bot.ui.help import rooms  # noqa: PLC0415 - beside its use

    return {
        "help": lambda _text: shown(help_reply(listed, EVERYTHING, menus)),
        **{f"help: {name}": _room(listed, name) for name in rooms(listed, EVERYTHING)},
    }
