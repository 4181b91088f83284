"""The chamber in every language: no word forgotten, nothing too long, what it shows is read."""

from dataclasses import replace

import pytest
from language.pseudo import forgotten, pseudo
from loopback.rules import faults_of_new_message
from soviet_discord.builders import LARGEST_ID, NOW, motion, outcome_of, rules, worst_motion

from bot.cards.verdict import _alt
from bot.clock import Instant
from bot.errors import BotError
from bot.language.catalogues import TRANSLATED, load
from bot.language.speech import speaking
from bot.soviet import errors
from bot.soviet.articles import STANDARD
from bot.soviet.clicks import Member
from bot.soviet.deadlines import read_deadline
from bot.soviet.eligibility import may_not_decree, may_not_move, off_the_roll
from bot.soviet.minutes import Record, minutes
from bot.soviet.models import (
    HOUR_MS,
    Ballot,
    Base,
    Electorate,
    Kind,
    OrderChange,
    Quorum,
    Status,
    Threshold,
    Verdict,
    Visibility,
)
from bot.soviet.orders import find_article, orders_at, read_article
from bot.soviet.paper import require_valid
from bot.soviet.quota import ChapterDropped, Delivery, _no_channel, quota_text
from bot.soviet.reminders import reminder
from bot.soviet.results import (
    Absentees,
    Amendment,
    Law,
    Outcome,
    Plan,
    PlanLine,
    Reason,
    Receipt,
    Recount,
    Resolution,
    Standing,
    Tally,
)
from bot.soviet.thresholds import read_quorum, read_threshold, say_quorum, say_threshold
from bot.soviet.wording import promised_in, read_options, read_text, repealed_in
from bot.ui.soviet import business, choices, lists, panel
from bot.ui.soviet.amendments import amendments
from bot.ui.soviet.ballots import motion_screen, read_places
from bot.ui.soviet.composer import Secretary
from bot.ui.soviet.forms import amendment_form, explanation_form
from bot.ui.soviet.picture import verdict_scene
from bot.ui.soviet.ranking import ballot_screen, places
from bot.ui.soviet.receipts import mine_embed
from bot.ui.soviet.screen import Screen
from bot.ui.soviet.words import rule_line, threshold_words

BOTH = (True, False)
TEXT = "§ 1 …\n§ 2"
SHARES = [
    Threshold(*share, strict=strict, base=base)
    for share in ((1, 2), (2, 3), (1, 1))
    for strict in BOTH
    for base in Base
    if share != (1, 1) or not strict
]


def a_motion(status=Status.OPEN, kind=Kind.AYE_NAY, **changes):
    """Return a motion in which nobody wrote a word with letters."""
    ours = changes.pop("rules", None) or rules(
        kind, **({} if kind.is_aye_nay else {"options": ("11", "22", "33")})
    )
    given = {"text": TEXT, "rules_hash": "12" * 32, "rules": ours, **changes}
    return motion(status, kind, **given)


def motions():
    for kind in Kind:
        for status in Status:
            yield a_motion(status, kind)
    yield a_motion(Status.TABLED, mover_id=None, seconders_needed=3, closes_on=NOW)
    yield a_motion(
        Status.TABLED, repeals=4, order_change=OrderChange("5", "6"), promised_words=9, mover_id=0
    )
    for change in (("ballot", "secret"), ("threshold", "at least 2/3"), ("term", "2d12h")):
        yield a_motion(order_change=OrderChange(*change))
    yield a_motion(until_chapter=True, story_id=3)
    electorate = Electorate(5, 90 * HOUR_MS, latecomers=True)
    yield a_motion(rules=rules(electorate=electorate, quorum=Quorum(1, 3)), term_ms=30_000)
    yield a_motion(rules=rules(ballot=Ballot.SECRET, quorum=Quorum(9)))
    yield from (a_motion(rules=rules(visibility=each)) for each in Visibility)
    several = rules(Kind.MULTIPLE, options=("11", "22"), picks=1, seats=1)
    yield a_motion(rules=several, orders_version=3)


def outcomes(made):
    full = outcome_of(made)
    yield full
    yield replace(full, roll=None, quorum_needed=0, verdict=Verdict.REJECTED)
    yield replace(full, tally=None, rounds=(), withheld=True)
    for reason in Reason:
        yield replace(full, reason=reason, verdict=Verdict.LAPSED)
    yield Outcome(Verdict.ADOPTED, Reason.CARRIED, (), Tally((9, *full.tally.counts[1:]), 1, 3))


def screens():
    for made in motions():
        whole = outcome_of(made)
        for tally in (None, whole.tally):
            standing = Standing(made, 15, tally, None, tuple(range(12)), 2, 3)
            yield motion_screen(standing)
            receipt = Receipt(made, (0,), "01234567", (1,))
            yield Screen(mine_embed(receipt, standing), panel.panel(receipt, 41))
        for choice, previous in (
            ((), None),
            ((0,), (1,)),
            (None, None),
            (None, (0,)),
            ((1,), (1,)),
        ):
            receipt = Receipt(made, choice, "01234567", previous)
            yield panel.receipt_screen(receipt, 41)
            yield Screen(mine_embed(receipt, Standing(made, 0, None, None)))
        yield panel.receipt_screen(Receipt(made, (0,), superseded=True), 1)
        yield panel.receipt_screen(Receipt(made, None, sealed=True), 1)
        if made.rules.kind.is_ranked:
            yield from (ballot_screen(made, tapped) for tapped in ("", "a", "abc"))
        if made.status is Status.CLOSED:
            for outcome in outcomes(made):
                closed = replace(made, verdict=outcome.verdict)
                yield motion_screen(Standing(closed, 3, outcome.tally, outcome))
                for same in BOTH:
                    yield lists.recount_screen(Recount(closed, outcome, outcome, identical=same))
    laws = [Resolution(n, TEXT, law, NOW, 2, "7", n) for n, law in enumerate(Law, 1)]
    yield lists.ledger_screen(laws * 7, "5")
    yield lists.ledger_screen([], "")
    yield lists.plan_screen(Plan((PlanLine(1, TEXT, 5, 7), PlanLine(None, TEXT, 5, None)), 5, 7, 9))
    yield lists.plan_screen(Plan((), 0, 0, None))
    changed = {"threshold": "at least 2/3 of the roll", "movers": "<@&5>", "visibility": "on_close"}
    for orders in (orders_at(0, {}), orders_at(4, changed)):
        yield lists.orders_screen(orders)
        yield from (lists.orders_screen(orders, each.key) for each in STANDARD)
    listed = list(motions())
    yield Screen(lists.discord.Embed(), business._rows(listed, listed))


def posts():
    for made in motions():
        yield Secretary().tabled(made, 9)
        yield Secretary().opened(replace(made, tabled_at=NOW - 2 * HOUR_MS), 9)
        for outcome in outcomes(made):
            yield Secretary().closed(made, outcome, 9)
    yield reminder(a_motion(), 77, NOW)


def sentences():
    """Yield what is said in lines of lists, suggestions, hints, refusals and pictures."""
    made = a_motion()
    yield from (business.line_of(each) for each in motions())
    yield from (lists.marked_words(Resolution(1, "", law, NOW, None, "2", 3)) for law in _MARKED)
    yield from (panel._absent_words(Absentees(ids, each)) for ids in ((), (1,)) for each in BOTH)
    for presets in (choices.THRESHOLDS, choices.CLOSES, choices.QUORUMS):
        yield from (each.name for each in choices.suggested(presets, ""))
    yield from (each.name for each in choices.with_plan([], ""))
    yield from (each.name for each in choices.article_choices(orders_at(0, {}), ""))
    for standard in STANDARD:
        yield from (each.name for each in choices.value_choices(orders_at(0, {}), standard.key, ""))
    yield from (threshold_words(each) for each in SHARES)
    yield from (say_threshold(each) for each in SHARES)
    yield rule_line(made)
    strict = orders_at(0, {"movers": "<@&5>", "cooldown": "49h", "pending": "1"})
    reader = Member(1, NOW)
    yield may_not_move(orders_at(0, {"movers": "<@&5>"}), reader, 0, None, NOW)
    for pending in (0, 2):
        yield may_not_move(strict, replace(reader, manages=True), pending, NOW, NOW)
    yield may_not_move(strict, replace(reader, is_bot=True), 0, None, NOW)
    yield may_not_decree(strict, reader)
    for changes in ({"is_bot": True}, {"joined_at": Instant(NOW + 1)}, {"joined_at": None}, {}):
        for electorate in (Electorate(), Electorate(minimum_age_ms=HOUR_MS), Electorate(5)):
            found = a_motion(rules=rules(electorate=electorate))
            yield off_the_roll(found, replace(reader, **changes), NOW) or ""
    for words in (1, 900, 12_345):
        event = ChapterDropped(1, 2, "3", "4", "5", "6", words, "", 1000, NOW)
        for together in (1, 2):
            yield quota_text([Delivery(event, words, 1000)] * together)
    yield _no_channel(made)


_MARKED = (Law.FULFILLED, Law.OVERTAKEN)


def refusals():
    """Yield what a reader is told who does something wrong."""
    for made in motions():
        for kind in (
            *(errors.NotTabledError, errors.LapsedError, errors.NotOpenYetError),
            *(errors.DivisionClosedError, errors.NotClosedError, errors.NothingToCountError),
            *(errors.DecreeError, errors.NoDecreeError),
        ):
            yield kind(made)
    for kind in (
        *(errors.NoSuchMotionError, errors.EmptyRollError, errors.OwnMotionError),
        *(errors.NotTheMoverError, errors.AmendmentPendingError, errors.NoSuchAmendmentError),
        *(errors.NoBallotError, errors.RollUnknownError, errors.MayNotMarkError),
        errors.NotTheManagerError,
    ):
        yield kind()
    yield errors.NoSuchMotionError(5)
    yield errors.NoSuchResolutionError(5)
    yield errors.NotOnTheRollError("5")
    yield errors.SecretBallotError("5")
    yield from map(_refused, _WRONG)


def _refused(doing):
    with pytest.raises(BotError) as refused:
        doing()
    return refused.value


_WRONG = (
    lambda: read_threshold("??"),
    lambda: read_threshold("3/2"),
    lambda: read_quorum("??"),
    lambda: read_quorum("3/2"),
    lambda: read_deadline("??", NOW),
    lambda: read_deadline("?" * 200, NOW),
    lambda: read_deadline("1m", NOW),
    lambda: read_deadline("9w", NOW),
    lambda: read_deadline("<t:1>", NOW),
    lambda: read_deadline("2026-13-01 20:00", NOW),
    lambda: read_text("?"),
    lambda: read_text("1" * 2000),
    lambda: read_options("1"),
    lambda: read_options("|".join(map(str, range(30)))),
    lambda: read_options("1|1"),
    lambda: read_options("1|" + "2" * 90),
    lambda: read_options("1" * 4000),
    lambda: require_valid(rules(), (7,)),
    lambda: require_valid(rules(), (1, 1)),
    lambda: require_valid(rules(), (0, 1)),
    lambda: read_article("99", "1"),
    lambda: read_article("3", "?"),
    lambda: read_places(["?"]),
    lambda: places("aa"),
    lambda: business.read_number("?"),
)


def written():
    """Yield minutes and the pictures' texts."""
    for made in motions():
        if made.status is not Status.CLOSED and made.status is not Status.OPEN:
            continue
        for outcome in outcomes(made):
            record = Record(
                replace(made, called_at=NOW, roll=7), outcome, (1,), (0,), (2,), (), {}, ("12",)
            )
            yield minutes(record)
            scene = verdict_scene(made, outcome)
            yield from (scene.rule, scene.reason, scene.dates, scene.mover, _alt(scene))


# An article is called by what one types for it.
_KEYS = [f"⟦sets the standing order “⟧{each.key}⟦” to “⟧" for each in STANDARD]


def test_no_screen_forgets_a_word():
    with pseudo():
        bodies = [screen.body() for screen in screens()]

    assert [each for body in bodies for each in forgotten(body, ["f" * 16, *_KEYS])] == []


def test_no_post_forgets_a_word():
    with pseudo():
        bodies = [post.body for post in posts() if post is not None]

    assert [each for body in bodies for each in forgotten(body, _KEYS)] == []


def test_no_sentence_and_no_refusal_forgets_a_word():
    with pseudo():
        said = [each or "" for each in sentences()]
        refused = [str(error) for error in refusals()]

    assert forgotten([*said, *refused]) == []


def test_minutes_and_pictures_forget_no_word():
    with pseudo():
        found = list(written())

    assert forgotten(found, ["SHA-256", "UTC", "f" * 64]) == []


async def test_what_needs_a_loop_forgets_no_word():
    made = a_motion(Status.TABLED)
    with pseudo():
        proposed = [Amendment(7, 1, 41, "§ 3")]
        shown = [
            (await amendments(made, proposed, for_mover=True)).body(),
            amendment_form(made).to_dict(),
            explanation_form("7").to_dict(),
        ]

    assert forgotten(shown, [TEXT]) == []


@pytest.fixture(scope="module")
def languages():
    load()


@pytest.mark.usefixtures("languages")
@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("kind", Kind)
def test_the_longest_motion_fits_in_every_language(language, kind):
    with speaking(language):
        for status in Status:
            made = worst_motion(status, kind, "W", "W", 25)
            full = outcome_of(made)
            people = tuple(range(LARGEST_ID - 30, LARGEST_ID))
            for tally, outcome in ((None, None), (full.tally, None), (full.tally, full)):
                standing = Standing(made, 10**6, tally, outcome, people, 24, 24)
                assert list(faults_of_new_message(motion_screen(standing).body())) == []
            receipt = Receipt(made, (0,), "0a1b2c3d", (1,))
            assert list(faults_of_new_message(panel.receipt_screen(receipt, 1).body())) == []
        post = Secretary().closed(made, full, LARGEST_ID)
        assert list(faults_of_new_message(post.body)) == []


@pytest.mark.usefixtures("languages")
@pytest.mark.parametrize("language", TRANSLATED)
def test_lists_and_suggestions_fit_in_every_language(language):
    with speaking(language):
        for orders in (orders_at(0, {}), orders_at(10**6, {"threshold": "2/3"})):
            assert list(faults_of_new_message(lists.orders_screen(orders).body())) == []
        labels = [*_labels(panel.panel(Receipt(a_motion(), None), 41))]
        labels += _labels(panel.panel(Receipt(a_motion(), (0,)), 41))
        for made in motions():
            labels += _labels(motion_screen(Standing(made, 0, None, None)).rows)
        assert all(len(each) <= 20 for each in labels), "a phone shows no more of four buttons"


def _labels(rows):
    return [item.item.label for row in rows for item in row if hasattr(item.item, "label")]


@pytest.mark.usefixtures("languages")
@pytest.mark.parametrize("language", TRANSLATED)
def test_a_threshold_reads_back_as_it_is_said_in_every_language(language):
    plurality = [Threshold(0, 1, strict=True, base=base) for base in Base]
    for threshold in (*SHARES, *plurality):
        with speaking(language):
            said = say_threshold(threshold)
        assert read_threshold(said) == threshold
    for quorum in (Quorum(0), Quorum(10), Quorum(1, 3)):
        with speaking(language):
            said = say_quorum(quorum)
        assert read_quorum(said) == quorum


@pytest.mark.usefixtures("languages")
@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("key", [each.key for each in STANDARD])
def test_an_article_takes_what_it_shows_in_every_language(language, key):
    for value in (None, *_VALUES.get(key, ())):
        orders = orders_at(0, {} if value is None else {key: value})
        article = find_article(orders, key)
        with speaking(language):
            title, shown = article.title, article.shown
        assert read_article(title, shown) == (key, article.value)


_VALUES = {
    "threshold": ("at least 2/3", "majority of the roll"),
    "quorum": ("10", "1/3 of the roll"),
    "lapse": ("2d12h", "1w"),
    "ballot": ("secret",),
    "visibility": ("after_voting", "on_close"),
    "quota": ("off",),
}


@pytest.mark.parametrize(
    ("typed", "milliseconds"),
    [
        ("3 Tage", 72 * HOUR_MS),
        ("in 2 Tagen 12 Stunden", 60 * HOUR_MS),
        ("1 Woche", 168 * HOUR_MS),
        ("90 Minuten", 90 * 60_000),
        ("3 дня", 72 * HOUR_MS),
        ("через 2 дня 12 часов", 60 * HOUR_MS),
        ("1 неделя", 168 * HOUR_MS),
        ("48ч", 48 * HOUR_MS),
        ("90 минут", 90 * 60_000),
        ("5 суток", 120 * HOUR_MS),
    ],
)
def test_a_span_is_read_in_german_and_russian(typed, milliseconds):
    assert read_deadline(typed, NOW).span_ms == milliseconds


@pytest.mark.parametrize("typed", ["bis zum nächsten Kapitel", "До следующей главы"])
def test_the_next_chapter_is_read_in_german_and_russian(typed):
    assert read_deadline(typed, NOW).until_chapter


def test_texts_are_understood_in_german_and_russian():
    assert (promised_in("10.000 Wörter bis Mai"), promised_in("Сдать 10 000 слов")) == (10_000,) * 2
    assert (repealed_in("Aufhebung von Nr. 41"), repealed_in("Отменить № 41")) == (41, 41)
    assert read_threshold("Zwei Drittel") == read_threshold("две трети") == read_threshold("2/3")
