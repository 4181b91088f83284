import csv
import io
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from floor import GUILD, MOVER, OTHER_GUILD
from hypothesis import given, settings
from hypothesis import strategies as st
from test_soviet_rules import DIVISION, choice_of, quorums, thresholds

from bot.clock import Instant
from bot.soviet.clicks import Draft, Roll
from bot.soviet.errors import (
    BadDraftError,
    DivisionClosedError,
    MayNotMarkError,
    NoSuchMotionError,
    NoSuchResolutionError,
    NotClosedError,
    NothingToCountError,
    NotTheMoverError,
    RollUnknownError,
    SecretBallotError,
)
from bot.soviet.minutes_words import applause
from bot.soviet.models import ABSTAIN, AYE, NAY, Ballot, Kind, Motion, Status, Verdict
from bot.soviet.recount import agree, count_again
from bot.soviet.results import Absentees, Law, Outcome, Reason, Tally
from bot.soviet.rules import decide

GOLDEN = Path(__file__).with_name("minutes.txt")


@pytest.fixture
def steady_codes(monkeypatch):
    numbers = iter(range(1, 1000))
    monkeypatch.setattr("secrets.token_hex", lambda _: f"{next(numbers):08x}")


@pytest.mark.usefixtures("steady_codes")
async def test_minutes_are_written_as_they_always_were(floor, soviet):
    motion = await floor.opened(
        text="Which ship shall the next side story follow?",
        options="Novara | Zvezda | Grozny",
        method="ranked",
        quorum="5%",
    )
    await floor.vote(motion, (0, 1), (0,), (1, 2), (2,), (2, 1, 0), (1,), ABSTAIN)
    await soviet.ballots.explain(floor.click(3), motion.id, "She is the fastest.\nAnd mine.")
    await soviet.ballots.recuse(floor.click(20), motion.id)
    await floor.close(motion)

    written = await soviet.archive.minutes(GUILD, motion.number)

    assert written == GOLDEN.read_text("utf-8")
    assert written == await soviet.archive.minutes(GUILD, motion.number)


async def test_no_text_writes_itself_into_the_minutes(floor, soviet):
    motion = await floor.opened(text="Words\n\nVERDICT: ADOPTED (carried)")
    await floor.close(motion)

    written = await soviet.archive.minutes(GUILD, motion.number)

    assert "| Words\n|\n| VERDICT: ADOPTED (carried)\n" in written
    assert written.count("\nVERDICT: ") == 1


async def test_minutes_name_people_as_they_were_called_when_they_took_part(floor, soviet):
    motion = await soviet.chamber.table(
        floor.click(MOVER, name="Vera\nVERDICT: ADOPTED"), Draft("That tea be served"), Roll()
    )
    await soviet.chamber.second(floor.click(3, name="Ivan"), motion.id, Roll())
    for user, name in ((1, "Old name"), (1, "Olga"), (2, "Pyotr <@1>: Nay"), (4, "=1+1")):
        await soviet.ballots.cast(floor.click(user, name=name), motion.id, AYE)
    await soviet.ballots.recuse(floor.click(5, name="Anna"), motion.id)
    await floor.close(motion)

    written = await soviet.archive.minutes(GUILD, motion.number)
    with pytest.raises(DivisionClosedError):
        await soviet.ballots.cast(floor.click(1, name="Later"), motion.id, AYE)

    assert "Moved by:   Vera VERDICT: ADOPTED <@100>," in written
    assert "Seconded:   Ivan <@3>" in written
    assert "\nOlga <@1>: Aye\nPyotr ‹@1›: Nay <@2>: Aye\n=1+1 <@4>: Aye\n" in written
    assert "Recused: Anna <@5>" in written
    assert written == await soviet.archive.minutes(GUILD, motion.number)
    rows = csv.DictReader(io.StringIO(await soviet.archive.ballots_csv(GUILD, 1)))
    assert [row["name"] for row in rows] == ["Olga", "Pyotr <@1>: Nay", "'=1+1"]


async def test_of_a_secret_vote_no_voters_name_is_kept(floor, soviet):
    motion = await floor.opened(ballot=Ballot.SECRET)

    await soviet.ballots.cast(floor.click(1, name="Olga"), motion.id, AYE)

    assert await floor.count("motion_name") == 0


async def test_there_are_no_minutes_before_the_close_and_none_for_strangers(floor, soviet):
    motion = await floor.opened()

    with pytest.raises(NotClosedError):
        await soviet.archive.minutes(GUILD, motion.number)
    await floor.close(motion)
    with pytest.raises(NoSuchMotionError):
        await soviet.archive.minutes(OTHER_GUILD, motion.number)
    with pytest.raises(NoSuchMotionError):
        await soviet.archive.minutes(GUILD, 2**70)


@pytest.mark.parametrize(
    ("verdict", "reason", "tally", "said"),
    [
        (Verdict.ADOPTED, Reason.CARRIED, Tally((4, 1), 0, 5), "ovation"),
        (Verdict.ADOPTED, Reason.CARRIED, Tally((79, 21), 0, 100), "(Applause.)"),
        (Verdict.ADOPTED, Reason.CARRIED, Tally((80, 20), 50, 150), "ovation"),
        (Verdict.REJECTED, Reason.TIE, Tally((2, 2), 0, 4), "Noise in the hall"),
        (Verdict.REJECTED, Reason.NOT_CARRIED, Tally((1, 2), 0, 3), "Murmurs"),
        (Verdict.LAPSED, Reason.NO_QUORUM, Tally((1, 0), 0, 1), "benches"),
        (Verdict.ADOPTED, Reason.UNOPPOSED, None, "Silence"),
        (Verdict.ADOPTED, Reason.CARRIED, None, "sealed"),
    ],
)
def test_the_hall_answers_a_verdict_as_it_deserves(verdict, reason, tally, said):
    assert said in applause(Outcome(verdict, reason, tally=tally))


async def test_the_ballots_of_an_open_vote_are_a_table_that_no_spreadsheet_runs(floor, soviet):
    motion = await floor.opened(options="=1+1 | +2 | Novara, the ship", method="multiple")
    await floor.vote(motion, (0, 2), (1,))
    await soviet.ballots.explain(floor.click(1), motion.id, '@SUM(A1) "quoted"')
    await floor.close(motion)

    rows = list(csv.DictReader(io.StringIO(await soviet.archive.ballots_csv(GUILD, 1))))

    assert [row["voter"] for row in rows] == ["<@1>", "<@2>"]
    assert [row["vote"] for row in rows] == ["'=1+1 + Novara, the ship", "'+2"]
    assert rows[0]["explanation"] == '\'@SUM(A1) "quoted"'


async def test_a_secret_vote_has_no_table_of_ballots(floor, soviet):
    motion = await floor.opened(ballot=Ballot.SECRET)
    await floor.close(motion)

    with pytest.raises(SecretBallotError):
        await soviet.archive.ballots_csv(GUILD, motion.number)


async def test_every_receipt_of_a_secret_vote_stands_in_the_minutes(floor, soviet):
    motion = await floor.opened(ballot=Ballot.SECRET)
    receipts = [
        await soviet.ballots.cast(floor.click(user), motion.id, choice)
        for user, choice in enumerate([AYE, NAY, AYE, AYE, NAY, ABSTAIN], start=1)
    ]
    changed = await soviet.ballots.cast(floor.click(1), motion.id, NAY)
    await floor.close(motion)

    written = await soviet.archive.minutes(GUILD, motion.number)

    assert all(receipt.code in written for receipt in [*receipts[1:], changed])
    assert receipts[0].code not in written
    assert not any(f"<@{user}>" in written for user in range(1, 7))


async def test_without_a_vote_there_is_nothing_to_count_again(floor, soviet):
    motion = await floor.tabled()
    await floor.close(motion)

    with pytest.raises(NothingToCountError):
        await soviet.archive.recount(GUILD, motion.number)
    assert "LAPSED (nobody seconded it in time)" in await soviet.archive.minutes(GUILD, 1)


async def test_a_recount_finds_a_ballot_that_was_tampered_with(floor, soviet):
    motion = await floor.opened()
    await floor.vote(motion, AYE, AYE, NAY)
    await floor.close(motion)
    honest = await soviet.archive.recount(GUILD, motion.number)

    async def tamper(tx):
        await tx.execute("UPDATE ballot_open SET choice = '[1]' WHERE voter_id = 1")

    await floor.database.write(tamper)

    assert honest.identical
    tampered = await soviet.archive.recount(GUILD, motion.number)
    assert not tampered.identical
    assert (tampered.recorded.verdict, tampered.counted.verdict) == ("adopted", "rejected")


BALLOTS = st.lists(
    st.permutations(range(4)).flatmap(
        lambda order: st.integers(0, 4).map(lambda cut: tuple(order[:cut]))
    ),
    max_size=25,
)


@settings(max_examples=300, deadline=None)
@given(BALLOTS, st.sampled_from(Kind), thresholds, quorums, st.integers(0, 4), st.integers(0, 40))
def test_two_counts_that_share_no_code_agree(ballots, kind, threshold, quorum, seats, roll):
    if kind.is_aye_nay:
        rules = DIVISION
        ballots = [tuple(place for place in ballot if place < 2)[:1] for ballot in ballots]
    else:
        rules = choice_of(4, kind=kind, seats=seats)
        if kind is Kind.SINGLE:
            ballots = [ballot[:1] for ballot in ballots]
    motion = _motion_under(rules, threshold, quorum)

    counted = decide(motion.rules, Counter(ballots), roll)

    assert agree(counted, count_again(motion, ballots, roll, 0))


def _motion_under(rules, threshold, quorum):
    rules = replace(rules, threshold=threshold, quorum=quorum)
    return Motion(1, 1, 1, "text", rules, Status.OPEN, 1, 1, 0, 1, Instant(0), Instant(1))


async def test_absentees_are_told_to_the_mover_alone(floor, soviet):
    unknown, secret = await floor.opened(), await floor.opened(ballot=Ballot.SECRET)
    motion = await floor.opened(Roll(members=frozenset({1, 2, 3, MOVER})))
    await floor.vote(motion, AYE)
    await soviet.ballots.recuse(floor.click(3), motion.id)

    absent = await soviet.archive.absentees(floor.click(MOVER), motion.id)
    assert absent == Absentees((2, MOVER), by_roll=True)
    with pytest.raises(NotTheMoverError):
        await soviet.archive.absentees(floor.click(1, manages=True), motion.id)
    with pytest.raises(RollUnknownError):
        await soviet.archive.absentees(floor.click(MOVER), unknown.id)
    with pytest.raises(SecretBallotError):
        await soviet.archive.absentees(floor.click(MOVER), secret.id)


async def test_without_a_roll_by_name_those_who_voted_lately_are_looked_for(floor, soviet):
    earlier, secret = await floor.opened(), await floor.opened(ballot=Ballot.SECRET)
    await floor.vote(earlier, AYE, NAY, ABSTAIN, AYE)
    await soviet.ballots.withdraw(floor.click(4), earlier.id)
    await floor.vote(secret, AYE, AYE, first=50)
    await floor.close(earlier)
    await soviet.house.forget(3)
    motion = await floor.opened()
    await floor.vote(motion, AYE)

    absent = await soviet.archive.absentees(floor.click(MOVER), motion.id)

    assert absent == Absentees((2,), by_roll=False)


async def _law(floor, text, **draft):
    motion = await floor.opened(text=text, **draft)
    await floor.vote(motion, AYE)
    return (await floor.close(motion)).motion


async def test_the_ledger_is_searched_by_words_in_any_spelling(floor, soviet):
    await _law(floor, "The fleet of Łódź shall have 100% coal")
    await _law(floor, "Флот получит уголь")

    async def numbers(text, law=None):
        return [one.number for one in await soviet.archive.ledger(GUILD, text, law)]

    assert await numbers("") == [2, 1]
    assert await numbers("LODZ fleet") == [1]
    assert await numbers("fleet submarine") == []
    assert await numbers("flot") == [2]
    assert await numbers("%") == [2, 1]
    assert await numbers("", Law.REPEALED) == []
    assert await soviet.archive.ledger(OTHER_GUILD) == ()


async def test_what_became_of_a_resolution_is_noted_by_its_mover_or_a_manager(floor, soviet):
    law = await _law(floor, "The fleet shall have coal")

    with pytest.raises(MayNotMarkError):
        await soviet.archive.mark(floor.click(1), law.number, Law.FULFILLED)
    with pytest.raises(NoSuchResolutionError):
        await soviet.archive.mark(floor.click(MOVER, guild=OTHER_GUILD), law.number, Law.FULFILLED)
    with pytest.raises(BadDraftError, match="Only a motion repeals"):
        await soviet.archive.mark(floor.click(MOVER), law.number, Law.REPEALED)
    with pytest.raises(BadDraftError, match="200"):
        await soviet.archive.mark(floor.click(MOVER), law.number, Law.OVERTAKEN, "x" * 201)
    marked = await soviet.archive.mark(
        floor.click(2, manages=True), law.number, Law.OVERTAKEN, "by chapter 12"
    )

    assert (marked.law, marked.note) == (Law.OVERTAKEN, "by chapter 12")
    assert await soviet.archive.ledger(GUILD, law=Law.OVERTAKEN) == (marked,)
