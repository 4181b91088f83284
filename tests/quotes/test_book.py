"""The quote book on its tables: kept once, found, taken out, and never another server's."""

from datetime import UTC, datetime

import pytest
from places import ELSEWHERE, HERE, LOUNGE, NADIA, OTTO, STAFF, VERA, lounge

from bot.guilds.models import Choice
from bot.quotes.book import PAGE_SIZE
from bot.quotes.errors import (
    EmptyBookError,
    NoSuchQuoteError,
    NotYoursToRemoveError,
    NotYourWordsError,
    QuestionClosedError,
    RefusedError,
    StillAskingError,
    TooManyQuestionsError,
)
from bot.quotes.models import Consent, Purpose, Showing, State, Wanted

CARD, SAVE = Purpose.CARD, Purpose.SAVE


async def rows(database, table="quote"):
    return [dict(row) for row in await database.fetch_all(f"SELECT * FROM {table}")]


async def test_a_message_is_kept_once_whoever_asks_and_however_often(quotes, said, database):
    message = said("Once.")

    first = await quotes.propose(message, OTTO, CARD)
    second = await quotes.propose(message, NADIA, SAVE)

    assert first == second
    assert (first.state, first.number, first.maker_id) == (State.KEPT, 1, OTTO)
    assert len(await rows(database)) == 1


async def test_quotes_are_numbered_in_each_server(quotes, said):
    numbers = [
        (await quotes.propose(said(guild=guild), OTTO, SAVE)).number
        for guild in (HERE, ELSEWHERE, HERE, ELSEWHERE, HERE)
    ]

    assert numbers == [1, 1, 2, 2, 3]


async def test_two_servers_never_mix(quotes, said):
    here = await quotes.propose(said("In this one."), OTTO, SAVE)
    there = await quotes.propose(said("In that one.", guild=ELSEWHERE), OTTO, SAVE)

    assert [quote.id for quote in (await quotes.book.find(lounge(), Wanted())).quotes] == [here.id]
    assert await quotes.book.rooms(ELSEWHERE) == {LOUNGE}
    assert (await quotes.book.at_random(lounge(ELSEWHERE), Wanted())).id == there.id
    assert [each.quotes for each in await quotes.book.most_quoted(lounge())] == [1]
    with pytest.raises(NoSuchQuoteError):
        await quotes.book.get(there.id, lounge())
    with pytest.raises(NoSuchQuoteError):
        await quotes.remove(there.id, HERE, VERA, moderator=True)
    with pytest.raises(NoSuchQuoteError):
        await quotes.of_server(there.id, HERE)
    await quotes.set_consent(VERA, Consent.ASK)
    asked = await quotes.propose(said(guild=ELSEWHERE), OTTO, CARD)
    with pytest.raises(QuestionClosedError):
        await quotes.answer(asked.id, HERE, VERA, agreed=True)


async def test_what_was_said_behind_a_door_stays_there(quotes, said):
    inside = await quotes.propose(said("Behind the door.", room=STAFF), OTTO, SAVE)
    adult = await quotes.propose(said("After dark.", age_restricted=True), OTTO, SAVE)

    for reach in (lounge(), lounge(HERE, 5)):
        with pytest.raises(EmptyBookError):
            await quotes.book.find(reach, Wanted())
        with pytest.raises(EmptyBookError):
            await quotes.book.most_quoted(reach)
        for quote in (inside, adult):
            with pytest.raises(NoSuchQuoteError):
                await quotes.book.get(quote.id, reach)
    assert await quotes.book.get(inside.id, lounge(HERE, STAFF)) == inside
    assert await quotes.book.get(adult.id, lounge(adult=True)) == adult
    # 8 must not open the door of 800000000000000002.
    with pytest.raises(EmptyBookError):
        await quotes.book.find(lounge(HERE, 8, 800000000000000), Wanted())


async def test_pages_are_whole_and_the_newest_first(quotes, said):
    for number in range(PAGE_SIZE + 3):
        await quotes.propose(said(f"Number {number}."), OTTO, SAVE)

    first, second = [await quotes.book.find(lounge(), Wanted(), page) for page in (0, 1)]

    texts = [quote.original.text for quote in (*first.quotes, *second.quotes)]
    assert texts == [f"Number {number}." for number in reversed(range(PAGE_SIZE + 3))]
    assert first.total == second.total == PAGE_SIZE + 3
    with pytest.raises(EmptyBookError):
        await quotes.book.find(lounge(), Wanted(), 2)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("trotsky", ["Trotzky? No: Trotsky."]),
        ("TRAIN miss", ["It missed its train."]),
        ("100%", ["A hundred is 100% of it."]),
        ("_", []),
        ("%", []),
        ("secret", []),
        ("rain", []),
    ],
)
async def test_words_are_looked_for_as_they_are_meant(quotes, said, words, found):
    for text in (
        "Trotzky? No: Trotsky.",
        "It missed its train.",
        "A hundred is 100% of it.",
        "Open, ||but secret||.",
    ):
        await quotes.propose(said(text), OTTO, SAVE)

    try:
        page = await quotes.book.find(lounge(), Wanted(words=words))
    except EmptyBookError:
        assert found == []
    else:
        assert [quote.original.text for quote in page.quotes] == found


async def test_on_this_day_wants_earlier_years_by_the_servers_clocks(quotes, guilds, said, clock):
    await guilds.choose(HERE, Choice.TIME_ZONE, "Europe/Berlin", user_id=NADIA)
    clock.moment = datetime(2026, 11, 6, 23, 30, tzinfo=UTC)
    old = await quotes.propose(
        said("Then.", at=datetime(2025, 11, 6, 23, 10, tzinfo=UTC)), OTTO, SAVE
    )
    await quotes.propose(said("Not then.", at=datetime(2025, 11, 6, 22, 0, tzinfo=UTC)), OTTO, SAVE)
    await quotes.propose(said("Just now."), OTTO, SAVE)

    today = await quotes.book.today(HERE)
    page = await quotes.book.find(lounge(), Wanted(month_day=today))

    assert today == 1107
    assert page.quotes == (old,)


async def test_an_unknown_time_zone_is_no_reason_to_fail(quotes, guilds, said):
    await guilds.choose(HERE, Choice.TIME_ZONE, "../../etc/passwd", user_id=NADIA)

    assert (await quotes.propose(said(), OTTO, SAVE)).number == 1


async def test_the_most_quoted_have_most_messages_and_their_latest_name(quotes, said, database):
    for text in ("a", "b"):
        await quotes.propose(said(text), OTTO, SAVE)
    await quotes.propose(said("c", author=OTTO), VERA, SAVE)
    last = said("d")
    await quotes.propose(last, OTTO, SAVE)
    await quotes.propose(last, NADIA, CARD)

    standings = await quotes.book.most_quoted(lounge())

    assert [(each.name, each.quotes) for each in standings] == [("Vera", 3), ("Otto", 1)]


async def test_an_author_who_wants_to_be_asked_is_asked_and_nothing_is_shown(quotes, said):
    await quotes.set_consent(VERA, Consent.ASK)
    message = said("Perhaps.")

    asked = await quotes.propose(message, OTTO, CARD)

    assert asked.state is State.ASKED
    assert await quotes.of_message(message) is None
    with pytest.raises(EmptyBookError):
        await quotes.book.find(lounge(), Wanted())
    with pytest.raises(NoSuchQuoteError):
        await quotes.book.get(asked.id, lounge())
    with pytest.raises(StillAskingError):
        await quotes.propose(message, NADIA, CARD)


async def test_a_yes_puts_it_into_the_book(quotes, said):
    await quotes.set_consent(VERA, Consent.ASK)
    asked = await quotes.propose(said("Yes."), OTTO, CARD)

    kept = await quotes.answer(asked.id, HERE, VERA, agreed=True)

    assert kept.state is State.KEPT
    assert await quotes.book.get(asked.id, lounge()) == kept
    with pytest.raises(QuestionClosedError):
        await quotes.answer(asked.id, HERE, VERA, agreed=False)


async def test_nobody_else_answers_for_an_author(quotes, said):
    await quotes.set_consent(VERA, Consent.ASK)
    asked = await quotes.propose(said(), OTTO, CARD)

    for person in (OTTO, NADIA):
        with pytest.raises(NotYourWordsError):
            await quotes.answer(asked.id, HERE, person, agreed=True)


async def test_a_no_erases_the_words_and_stays_a_no(quotes, said, database):
    await quotes.set_consent(VERA, Consent.ASK)
    message = said("Never mind.")
    asked = await quotes.propose(message, OTTO, CARD)

    assert await quotes.answer(asked.id, HERE, VERA, agreed=False) is None

    (row,) = await rows(database)
    assert (row["text"], row["folded"], row["text_hash"]) == ("", "", "")
    for consent in (Consent.ASK, Consent.ANYONE):
        await quotes.set_consent(VERA, consent)
        with pytest.raises(RefusedError):
            await quotes.propose(message, NADIA, CARD)
    assert (await quotes.propose(message, VERA, CARD)).state is State.KEPT


async def test_refusing_closes_what_waits_and_hides_what_was_kept(quotes, said, database):
    kept = await quotes.propose(said("Kept."), OTTO, SAVE)
    await quotes.set_consent(VERA, Consent.ASK)
    asked = await quotes.propose(said("Waiting."), OTTO, CARD)

    await quotes.set_consent(VERA, Consent.NOBODY)

    with pytest.raises(QuestionClosedError):
        await quotes.answer(asked.id, HERE, VERA, agreed=True)
    assert "Waiting." not in str(await rows(database))
    with pytest.raises(EmptyBookError):
        await quotes.book.find(lounge(), Wanted())
    with pytest.raises(NoSuchQuoteError):
        await quotes.book.get(kept.id, lounge())
    with pytest.raises(EmptyBookError):
        await quotes.book.most_quoted(lounge())
    with pytest.raises(RefusedError):
        await quotes.propose(kept.original, OTTO, CARD)
    await quotes.set_consent(VERA, Consent.ANYONE)
    assert await quotes.book.get(kept.id, lounge()) == kept
    with pytest.raises(RefusedError):
        await quotes.propose(said("Waiting.", message_id=asked.original.message_id), OTTO, CARD)


async def test_a_question_nobody_answers_closes_and_its_words_are_erased(
    quotes, said, clock, database
):
    await quotes.set_consent(VERA, Consent.ASK)
    asked = await quotes.propose(said("Still there?"), OTTO, CARD)
    clock.move(hours=71)
    due = await quotes.expire()
    clock.move(hours=1)
    with pytest.raises(QuestionClosedError):
        await quotes.answer(asked.id, HERE, VERA, agreed=True)

    assert await quotes.expire() is None

    assert due == asked.made_at + 72 * 3600 * 1000
    assert await rows(database) == []


async def test_nobody_is_asked_without_end(quotes, said):
    await quotes.set_consent(VERA, Consent.ASK)
    for _ in range(5):
        await quotes.propose(said(), OTTO, CARD)

    with pytest.raises(TooManyQuestionsError):
        await quotes.propose(said(), OTTO, CARD)
    assert (await quotes.propose(said(guild=ELSEWHERE), OTTO, CARD)).state is State.ASKED


@pytest.mark.parametrize(("who", "moderator"), [(VERA, False), (OTTO, False), (NADIA, True)])
async def test_the_quoted_the_maker_and_moderators_take_it_out(
    quotes, said, database, who, moderator
):
    quote = await quotes.propose(said("Out."), OTTO, CARD)
    await quotes.shown(quote, Showing(LOUNGE, 55))

    removed = await quotes.remove(quote.id, HERE, who, moderator=moderator)

    assert removed.showings == (Showing(LOUNGE, 55),)
    assert "Out." not in str(await rows(database))
    assert await rows(database, "quote_showing") == []
    with pytest.raises(NoSuchQuoteError):
        await quotes.book.get(quote.id, lounge())


async def test_a_stranger_takes_out_nothing(quotes, said):
    quote = await quotes.propose(said(), OTTO, CARD)

    with pytest.raises(NotYoursToRemoveError):
        await quotes.remove(quote.id, HERE, NADIA, moderator=False)
    assert await quotes.book.get(quote.id, lounge()) == quote


async def test_what_its_author_took_out_is_never_quoted_again(quotes, said):
    message = said()
    quote = await quotes.propose(message, OTTO, CARD)

    await quotes.remove(quote.id, HERE, VERA, moderator=False)

    with pytest.raises(RefusedError):
        await quotes.propose(message, OTTO, CARD)


async def test_what_a_moderator_took_out_can_be_quoted_again_with_a_new_id(quotes, said):
    message = said()
    quote = await quotes.propose(message, OTTO, CARD)
    await quotes.remove(quote.id, HERE, NADIA, moderator=True)

    assert (await quotes.propose(message, OTTO, CARD)).id > quote.id


async def test_a_deleted_message_takes_its_quote_and_its_cards_along(quotes, said, database):
    quote = await quotes.propose(said(), OTTO, CARD)
    for number in (77, 66):
        await quotes.shown(quote, Showing(LOUNGE, number))

    removed = await quotes.original_gone(quote)

    assert {each.message_id for each in removed.showings} == {66, 77}
    assert await rows(database) == await rows(database, "quote_showing") == []
    await quotes.shown(quote, Showing(LOUNGE, 88))
    assert await rows(database, "quote_showing") == []


async def test_a_person_forgotten_has_left_no_words_and_no_name(quotes, repository, said, database):
    await quotes.propose(said("Hers."), OTTO, SAVE)
    await quotes.propose(said("His.", author=OTTO), VERA, SAVE)
    await quotes.set_consent(VERA, Consent.NOBODY)
    exported = await repository.export(VERA)

    await repository.forget(VERA)

    assert [row.get("text") for row in exported] == ["Hers.", None]
    assert str(VERA) not in str(await rows(database))
    assert [row["text"] for row in await rows(database)] == ["His."]
    assert await repository.export(VERA) == []
    assert await repository.people() == {OTTO}
    assert await quotes.consent(VERA) is Consent.NOBODY


async def test_a_server_can_be_purged(quotes, repository, said):
    await quotes.propose(said(), OTTO, SAVE)
    other = await quotes.propose(said(guild=ELSEWHERE), OTTO, SAVE)

    await repository.purge(HERE)

    with pytest.raises(EmptyBookError):
        await quotes.book.find(lounge(), Wanted())
    assert await quotes.book.get(other.id, lounge(ELSEWHERE)) == other


@pytest.mark.parametrize("typed", ["2", " 2 "])
async def test_a_number_that_is_typed_offers_that_quote_only_where_it_may_be_seen(
    quotes, said, typed
):
    await quotes.propose(said("One."), OTTO, SAVE)
    two = await quotes.propose(said("Two.", room=STAFF), OTTO, SAVE)

    assert await quotes.book.begun(lounge(HERE, STAFF), typed) == (two,)
    assert await quotes.book.begun(lounge(), typed) == ()
    assert await quotes.book.begun(lounge(), "99") == ()
    assert [q.original.text for q in await quotes.book.begun(lounge(), "")] == ["One."]
