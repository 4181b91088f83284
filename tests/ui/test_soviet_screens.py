"""Every screen of the chamber with the longest and worst data: within the limits, and harmless."""

import json
import re
from dataclasses import replace

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from loopback.rules import faults_of_message, faults_of_new_message
from soviet_discord.builders import (
    LARGEST_ID,
    NASTY,
    NOW,
    motion,
    outcome_of,
    rules,
    worst_motion,
)

from bot.soviet.models import Ballot, Kind, Status, Verdict, Visibility
from bot.soviet.orders import orders_at
from bot.soviet.reminders import reminder
from bot.soviet.results import (
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
from bot.ui.soviet import business, lists
from bot.ui.soviet.amendments import amendments
from bot.ui.soviet.ballots import motion_screen
from bot.ui.soviet.composer import Secretary
from bot.ui.soviet.panel import panel, receipt_screen
from bot.ui.soviet.picture import verdict_scene
from bot.ui.soviet.ranking import ballot_screen
from bot.ui.soviet.receipts import mine_embed
from bot.ui.soviet.screen import Screen
from bot.ui.text import plain
from cogs.soviet import CONTROLS

LETTERS = "abcdefghijklmnopqrstuvwxy"
TEXTS = {
    "wide": "W",
    "words": "word ",
    "nasty": NASTY,
    "escaped": "*_~|`[]<>\\",
    "emoji": "😀",
    "zalgo": "z\u0351\u0352\u0353\u0354\u0355",
    "right to left": "שלום ",
    "lines": "line\n",
}
KINDS = list(Kind)


def check(screen: Screen) -> dict:
    """Return the screen's JSON, which is within the limits, and does what it says and no more."""
    body = screen.body()
    assert list(faults_of_new_message(body)) == []
    assert body["allowed_mentions"] == {"parse": []}
    for part in (part for row in body["components"] for part in row["components"]):
        if "custom_id" not in part:
            assert part["url"].startswith("https://discord.com/channels/")
            continue
        matching = [
            each
            for each in CONTROLS
            if each.__discord_ui_compiled_template__.fullmatch(part["custom_id"])
        ]
        assert len(matching) == 1, f"{part['custom_id']}: {matching}"
    said = json.dumps(body["embeds"], ensure_ascii=False)
    assert not re.search(r"@(everyone|here)", said)
    assert "\u202e" not in said
    assert not re.search(r"(?<!\\)\]\(", said.replace("\\\\", "\\"))
    return body


async def test_a_reply_carries_the_same_buttons_as_a_post():
    for kind in KINDS:
        screen = motion_screen(
            Standing(worst_motion(Status.OPEN, kind, "a", "b", 25), 0, None, None)
        )
        view = screen.reply().view
        assert [row["components"] for row in view.to_components()] == [
            row["components"] for row in screen.body()["components"]
        ]


def standings(made):
    full = outcome_of(made)
    people = tuple(range(LARGEST_ID - 30, LARGEST_ID))
    yield Standing(made, 0, None, None)
    yield Standing(made, 10**6, None, None, people, 24, 24)
    yield Standing(made, 10**6, full.tally, None, people, 24, 24)
    if made.status is Status.CLOSED:
        closed = replace(made, verdict=full.verdict)
        yield Standing(closed, 10**6, full.tally, full, people)
        sealed = replace(full, tally=None, rounds=(), withheld=True)
        yield Standing(closed, 0, None, sealed, people)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("options", [10, 25])
def test_every_state_of_every_kind_fits_with_the_longest_data(text, kind, options):
    for status in Status:
        made = worst_motion(status, kind, TEXTS[text], TEXTS[text], options)
        for standing in standings(made):
            body = check(motion_screen(standing))
            names = [each["name"] for each in body["embeds"][0].get("fields", ())]
            if status is Status.OPEN:
                assert {"Count", "Closes"} <= set(names), "what matters most is never cut away"


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_verdict_fits_and_is_a_post(text, kind):
    made = worst_motion(Status.CLOSED, kind, TEXTS[text], TEXTS[text], 25)
    outcome = outcome_of(made)
    for each in (outcome, replace(outcome, tally=None, rounds=(), withheld=True)):
        post = Secretary().closed(made, each, LARGEST_ID)
        assert list(faults_of_new_message(post.body)) == []
        assert post.body["allowed_mentions"] == {"parse": []}
        assert 1 <= len(post.topic) <= 80
        assert post.marker
        assert post.marker in json.dumps(post.body, ensure_ascii=False)
        assert len(json.dumps(post.picture)) < 200
        verdict_scene(made, each)


def test_posts_are_composed_without_an_event_loop_as_the_database_does_it():
    tabled = motion(Status.TABLED, mover_id=None, channel_id=None, message_id=None)
    wording = motion(kind=Kind.AMENDMENT, amends_id=3, message_id=None)
    late = motion(tabled_at=NOW - 7_200_000)

    posts = [
        Secretary().tabled(tabled, 9),
        Secretary().opened(wording, 9),
        Secretary().opened(late, 9),
    ]

    assert [post.topic for post in posts] == [
        "motion:7:tabled",
        "motion:7:opened",
        "motion:7:called",
    ]
    for post in posts:
        assert list(faults_of_new_message(post.body)) == []
        assert post.body["components"], "one can act on it at once"


def test_whoever_opens_a_motion_at_once_is_not_called_to_it_twice():
    assert Secretary().opened(motion(), 9) is None
    assert Secretary().opened(motion(message_id=None), 9) is None


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("options", [2, 10, 11, 25])
def test_a_ranked_ballot_fits_at_every_tap(text, options):
    made = worst_motion(Status.OPEN, Kind.RANKED, TEXTS[text], TEXTS[text], options)
    for count in range(0, options + 1, 3):
        check(ballot_screen(made, LETTERS[:options][::-1][:count]))


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_receipt_fits(text, kind):
    made = worst_motion(Status.OPEN, kind, TEXTS[text], TEXTS[text], 25)
    most = () if kind.is_aye_nay else tuple(range(25))
    choices = [None, (), (0,), (1,), most]
    for choice, previous in zip(choices, reversed(choices), strict=True):
        for changes in ({}, {"superseded": True}):
            receipt = Receipt(made, choice, "0a1b2c3d", previous, **changes)
            check(receipt_screen(receipt, LARGEST_ID))
            standing = Standing(made, 5, outcome_of(made).tally, None)
            check(Screen(mine_embed(receipt, standing), panel(receipt, LARGEST_ID)))
    sealed = Receipt(replace(made, status=Status.CLOSED), None, sealed=True)
    check(receipt_screen(sealed, 1))


@pytest.mark.parametrize("text", TEXTS)
def test_every_list_fits(text):
    texts = (TEXTS[text] * 1500)[:1500]
    entries = [
        Resolution(10**9 - each, texts, Law.REPEALED, NOW, 10**9, texts[:200], LARGEST_ID)
        for each in range(25)
    ]
    check(lists.ledger_screen(entries, texts))
    lines = tuple(PlanLine(10**9, texts, 10**7, 10**9) for _ in range(200))
    check(lists.plan_screen(Plan(lines, 10**9, 10**12, 100_000)))
    check(lists.plan_screen(Plan((), 0, 0, None)))
    made = worst_motion(Status.CLOSED, Kind.RANKED, TEXTS[text], TEXTS[text], 25)
    outcome = outcome_of(made)
    check(lists.recount_screen(Recount(made, outcome, outcome, identical=False)))
    check(lists.recount_screen(Recount(made, outcome, outcome, identical=True)))
    rows = business._rows([replace(made, number=each) for each in range(1, 21)], [made] * 11)
    embed = discord.Embed(title="x")
    check(Screen(embed, rows))


def test_the_standing_orders_fit_and_one_article_says_what_it_takes():
    orders = orders_at(10**6, {"threshold": "2/3", "movers": f"<@&{LARGEST_ID}>"})

    whole = check(lists.orders_screen(orders))
    one = check(lists.orders_screen(orders, "threshold"))

    assert len(whole["embeds"][0]["description"].splitlines()) == len(orders.articles)
    assert "Takes a share" in one["embeds"][0]["description"]


@pytest.mark.parametrize("text", TEXTS)
async def test_amendments_fit_with_the_movers_choices(text):
    made = worst_motion(Status.TABLED, Kind.AYE_NAY, TEXTS[text], "", 2)
    other = (("other " + TEXTS[text]) * 1500)[:1500]
    proposed = [Amendment(made.id, each, LARGEST_ID, other) for each in range(1, 25)]

    check(await amendments(made, proposed, for_mover=True))


@settings(max_examples=60, deadline=None)
@given(text=st.text(min_size=1, max_size=1500), option=st.text(min_size=1, max_size=80))
def test_no_text_breaks_a_frame_or_pings(text, option):
    paper = (option, f"{option[:79]}2")
    for kind in (Kind.AYE_NAY, Kind.SINGLE, Kind.MULTIPLE, Kind.RANKED):
        given_rules = rules(kind) if kind.is_aye_nay else rules(kind, options=paper)
        for status in (Status.TABLED, Status.OPEN):
            check(
                motion_screen(Standing(motion(status, rules=given_rules, text=text), 0, None, None))
            )


def test_while_a_secret_vote_is_open_nothing_of_the_count_is_shown():
    made = motion(rules=rules(ballot=Ballot.SECRET, visibility=Visibility.ON_CLOSE))

    first = check(motion_screen(Standing(made, 10, None, None)))

    assert "Turnout **10**" in json.dumps(first)
    assert "Aye **" not in json.dumps(first)


def test_a_verdict_says_every_number_in_words():
    made = motion(Status.CLOSED, verdict=Verdict.ADOPTED)
    outcome = Outcome(Verdict.ADOPTED, Reason.CARRIED, (), Tally((41, 7), 5, 53, 3), (), 20, 99)

    said = json.dumps(Secretary().closed(made, outcome, 5).body, ensure_ascii=False)

    for number in (
        "**41**",
        "**7**",
        "**5**",
        "53 ballots",
        "roll of 99",
        "quorum 20, met",
        "85 %",
    ):
        assert number in said
    assert "3 of them cast through delegates" in said
    assert "Stormy applause." in said


def test_a_reminder_is_one_plain_line_that_pings_nobody_else():
    post = reminder(motion(), 77, NOW)

    assert list(faults_of_message(post.body)) == []
    assert (post.guild_id, post.channel_id) == (0, 77)
    assert post.body["allowed_mentions"] == {"parse": []}
    assert "№ 12" in post.body["content"]


def test_plain_texts_of_menus_have_no_markup_added():
    assert business.option_label(4, "That *this*\n stays") == "№ 4 · That *this* stays"
    assert plain("a\u202eb") == "ab"
