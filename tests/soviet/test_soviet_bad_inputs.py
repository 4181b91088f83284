"""What readers type, and what those who wish the House ill type."""

import pytest
from floor import DAY, GUILD, MOVER, unhurried
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import BotError
from bot.soviet.ballot_repository import Cast, put_open
from bot.soviet.clicks import Click, Draft, Member, Roll, clicked_at, snowflake
from bot.soviet.drafting import draw_up
from bot.soviet.errors import BadDraftError, EmptyRollError
from bot.soviet.models import AYE, NAY, Verdict
from bot.soviet.orders import orders_at
from bot.soviet.procedure_repository import roll, write_roll
from bot.soviet.wording import clean, promised_in, read_options, read_text, repealed_in

NOW = 1_794_045_600_000


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u2060", "\x00\x07", "...", "\ud800"])
async def test_a_motion_without_words_is_none(floor, text):
    with pytest.raises(BadDraftError, match="needs words"):
        await floor.tabled(text=text)


async def test_four_thousand_characters_are_too_many_and_are_counted(floor):
    with pytest.raises(BadDraftError, match="4,000 characters; a motion has at most 1,500"):
        await floor.tabled(text="x" * 4_000)

    assert (await floor.tabled(text="x" * 1_500)).number == 1


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        ("|".join(map(str, range(26))), "26 options; a paper has room for 25"),
        ("Novara|novara", "Two options read the same"),
        ("①|1", "Two options read the same"),
        ("only one", "at least two"),
        ("a||", "at least two"),
        (" | \u200b | ", "at least two"),
        ("a|" + "b" * 81, "80 characters at most"),
        ("🚀|🚀", "Two options read the same"),
        ("|" * 3_001, "3,001 characters"),
    ],
)
async def test_options_that_cannot_stand_on_a_paper_are_refused(floor, options, fault):
    with pytest.raises(BadDraftError, match=fault):
        await floor.tabled(options=options)


@pytest.mark.parametrize(
    ("written", "options"),
    [
        ("a, b, c", ("a", "b", "c")),
        ("a, with commas | b", ("a, with commas", "b")),
        ("a; b", ("a", "b")),
        ("a | b\nc", ("a | b", "c")),
        ("|".join(map(str, range(25))), tuple(map(str, range(25)))),
        ("🚀|🌙", ("🚀", "🌙")),
        ("C++ | C# | +1 | -1", ("C++", "C#", "+1", "-1")),
        ("Łódź | Lodz", ("Łódź", "Lodz")),
    ],
)
def test_options_are_separated_by_the_strongest_mark_there_is(written, options):
    assert read_options(written) == options


async def test_mentions_and_markdown_are_kept_as_written_for_those_who_show_them(floor):
    motion = await floor.tabled(text="That @everyone and <@1> [read](https://x.example) **this**")

    assert motion.text == "That @everyone and <@1> [read](https://x.example) **this**"


async def test_what_turns_text_round_is_gone(floor):
    motion = await floor.tabled(text="Nay\u202e eyA\u2066\r\n\n\n\n\ttwo   blanks\x1b[31m")

    assert motion.text == "Nay eyA\n\ntwo blanks[31m"


@pytest.mark.parametrize(
    "closes",
    ["2020-01-01 10:00", "<t:1794045603>", "2036-11-07 10:00", "10 years",
     "2026-10-25 02:30 Europe/Berlin", "2027-03-28 02:30 Europe/Berlin"],
)  # fmt: skip
async def test_deadlines_that_no_vote_can_have_are_refused(floor, closes):
    with pytest.raises(BadDraftError, match="Examples"):
        await floor.tabled(closes=closes)


async def test_a_roll_of_nobody_opens_nothing_that_counts_by_it(floor, soviet):
    await soviet.house.set(floor.click(1, manages=True), "seconders", "0")

    for nobody in (Roll(0), Roll(members=frozenset()), Roll(-5)):
        with pytest.raises(EmptyRollError):
            await soviet.chamber.table(floor.click(MOVER), Draft("Words", quorum="50%"), nobody)
    assert await floor.count("motion") == 0
    assert (await floor.tabled(quorum="3")).roll == 100


async def test_a_roll_of_thousands_is_written_whole_in_a_few_statements(floor):
    """All writers wait for it, and on a server each statement is a round trip."""
    members = frozenset(range(10**17, 10**17 + 2_345))
    motion = await floor.tabled()

    said = []

    class Telling:
        def __init__(self, tx):
            self.tx = tx

        async def execute(self, sql, parameters):
            said.append(sql)
            return await self.tx.execute(sql, parameters)

    await floor.database.write(lambda tx: write_roll(Telling(tx), motion.id, members))

    assert await roll(floor.database, motion.id) == tuple(sorted(members))
    assert len(said) == 5


# Ten thousand round trips; what is counted is the same rows.
@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
async def test_ten_thousand_voters_are_counted_one_by_one(floor, soviet):
    motion = await floor.opened(Roll(20_000), quorum="1/2")
    clicks = [floor.click(user) for user in range(1, 10_001)]

    async def cast_all(tx):
        for click in clicks:
            user = click.member.user_id
            choice = AYE if user % 3 else NAY
            cast = Cast(motion.id, user, click.interaction_id, click.at, choice, "00000000")
            assert await put_open(tx, cast)

    await floor.database.write(cast_all)

    closed = await floor.close(motion)

    assert closed.outcome.tally.counts == (6_667, 3_333)
    assert (closed.outcome.quorum_needed, closed.motion.verdict) == (10_000, Verdict.ADOPTED)
    assert (await soviet.archive.recount(GUILD, motion.number)).identical


@unhurried
@given(
    st.fixed_dictionaries(
        {},
        optional={
            "text": st.text(max_size=100),
            "options": st.text(max_size=60),
            "method": st.sampled_from(["simple", "multiple", "ranked", "decree", "?"]),
            "threshold": st.text(max_size=12),
            "quorum": st.text(max_size=8),
            "closes": st.text(max_size=12),
            "picks": st.integers(-3, 30),
        },
    )
)
def test_whatever_is_typed_gives_a_motion_or_a_sentence(draft):
    click = Click(1, snowflake(NOW), Member(1, NOW - DAY))
    try:
        motion = draw_up(Draft(**{"text": "Words", **draft}), orders_at(0, {}), click, NOW)
    except BotError as refusal:
        sentence = str(refusal)
    else:
        sentence = motion.text
        assert 2 <= len(motion.rules.options) <= 25
        assert 1 <= motion.rules.picks <= len(motion.rules.options)
        assert motion.text == read_text(motion.text)
    assert sentence.strip()


@unhurried
@given(st.text())
def test_cleaning_what_is_clean_changes_nothing(text):
    assert clean(clean(text)) == clean(text)


@unhurried
@given(st.integers(1_420_070_400_000, 4_000_000_000_000), st.integers(0, 2**22 - 1))
def test_a_click_was_when_its_snowflake_says(at, sequence):
    assert clicked_at(snowflake(at, sequence)) == at


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("unless it has 10,000 words", 10_000),
        ("10 000 words at least", 10_000),
        ("10.000 words", 10_000),
        ("a 12k-word chapter", 12_000),
        ("12k words", 12_000),
        ("1 word", 1),
        ("no words", None),
        ("0 words", None),
        ("99999999999 words", None),
        ("2 ships and words", None),
    ],
)
def test_promised_words_are_read_from_a_text(text, words):
    assert promised_in(text) == words


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Repeal № 41", 41),
        ("That this House repeals resolution no. 7 at once", 7),
        ("repeal #3", 3),
        ("Repeal the law of 1932", None),
        ("We shall not repeal № 41", None),
    ],
)
def test_a_repeal_names_its_target_by_number(text, number):
    assert repealed_in(text) == number
