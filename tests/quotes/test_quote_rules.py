"""What may be quoted, by whose leave, and who takes it back: as tables and properties."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import Instant, instant
from bot.quotes.errors import (
    BeingDrawnError,
    NotQuotableError,
    RefusedError,
    StillAskingError,
    TooQuickError,
)
from bot.quotes.models import Consent, Original, Purpose, Quote, State
from bot.quotes.pace import Pace
from bot.quotes.rules import (
    ASKING,
    Facts,
    decided,
    is_expired,
    may_remove,
    require_quotable,
    said_on,
    start_of_day,
)

VERA, OTTO, NADIA = 1, 2, 3
NOW = instant(datetime(2026, 11, 7, 10, tzinfo=UTC))
ORIGINAL = Original(9, 8, 8, 7, VERA, "Vera", "Words.", "0" * 64, NOW)
QUOTE = Quote(1, 1, ORIGINAL, OTTO, State.KEPT, Purpose.CARD, NOW)


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        (Facts(words=True, system=True), "Discord is not quoted"),
        (Facts(words=True, by_bot=True), "program"),
        (Facts(words=True, by_webhook=True, by_bot=True), "webhook"),
        (Facts(words=True, forwarded=True), "forwarded"),
        (Facts(words=True, left=True), "has left"),
        (Facts(words=False, poll=True), "poll"),
        (Facts(words=False, pictures=True), "only a file"),
        (Facts(words=False, embeds=True), "only a preview"),
        (Facts(words=False, stickers=True), "sticker"),
        (Facts(words=False), "no words"),
    ],
)
def test_what_cannot_be_quoted_is_refused_with_its_reason(facts, word):
    with pytest.raises(NotQuotableError, match=word):
        require_quotable(facts)


@given(
    st.builds(
        Facts,
        words=st.just(True),
        poll=st.booleans(),
        pictures=st.booleans(),
        embeds=st.booleans(),
        stickers=st.booleans(),
    )
)
def test_words_can_be_quoted_whatever_hangs_beside_them(facts):
    require_quotable(facts)


@given(st.data())
def test_only_a_members_own_words_pass(data):
    facts = Facts(**{field.name: data.draw(st.booleans()) for field in fields(Facts)})
    own = not (facts.system or facts.by_bot or facts.by_webhook or facts.forwarded or facts.left)
    if own and facts.words:
        require_quotable(facts)
    else:
        with pytest.raises(NotQuotableError):
            require_quotable(facts)


ASKED = replace(QUOTE, state=State.ASKED)
REFUSED = replace(QUOTE, state=State.REFUSED)
LONG_AGO = replace(ASKED, made_at=instant(datetime(2026, 11, 1, tzinfo=UTC)))


@pytest.mark.parametrize(
    ("consent", "known", "own", "outcome"),
    [
        (Consent.ANYONE, None, False, State.KEPT),
        (Consent.ANYONE, QUOTE, False, State.KEPT),
        (Consent.ANYONE, REFUSED, False, RefusedError),
        (Consent.ANYONE, ASKED, False, State.KEPT),
        (Consent.ASK, None, False, State.ASKED),
        (Consent.ASK, ASKED, False, StillAskingError),
        (Consent.ASK, LONG_AGO, False, State.ASKED),
        (Consent.ASK, QUOTE, False, State.KEPT),
        (Consent.ASK, REFUSED, False, RefusedError),
        (Consent.NOBODY, None, False, RefusedError),
        (Consent.NOBODY, QUOTE, False, RefusedError),
        (Consent.NOBODY, ASKED, False, RefusedError),
        (Consent.NOBODY, None, True, State.KEPT),
        (Consent.ASK, None, True, State.KEPT),
        (Consent.ASK, ASKED, True, State.KEPT),
        (Consent.ANYONE, REFUSED, True, State.KEPT),
    ],
)
def test_an_author_decides_who_quotes_them(consent, known, own, outcome):
    if isinstance(outcome, State):
        assert decided(consent, known, own=own, now=NOW) is outcome
    else:
        with pytest.raises(outcome):
            decided(consent, known, own=own, now=NOW)


@given(
    st.sampled_from(Consent),
    st.sampled_from([None, QUOTE, ASKED, LONG_AGO, REFUSED]),
)
def test_nothing_new_is_kept_without_leave(consent, known):
    try:
        state = decided(consent, known, own=False, now=NOW)
    except (RefusedError, StillAskingError):
        return
    assert state is State.ASKED or consent is Consent.ANYONE or known is QUOTE
    assert known is None or known.state is not State.REFUSED


@pytest.mark.parametrize(
    ("user_id", "moderator", "may"),
    [(VERA, False, True), (OTTO, False, True), (NADIA, True, True), (NADIA, False, False)],
)
def test_the_quoted_the_maker_and_moderators_may_remove(user_id, moderator, may):
    assert may_remove(QUOTE, user_id, moderator=moderator) is may


def test_a_question_closes_after_three_days_to_the_millisecond():
    closes = Instant(NOW + ASKING // timedelta(milliseconds=1))

    assert not is_expired(NOW, Instant(closes - 1))
    assert is_expired(NOW, closes)


def test_a_day_is_that_of_the_servers_clocks():
    late = datetime(2026, 11, 6, 23, 30, tzinfo=UTC)

    assert said_on(instant(late), ZoneInfo("UTC")) == 1106
    assert said_on(instant(late), ZoneInfo("Europe/Berlin")) == 1107
    assert start_of_day(late, ZoneInfo("Europe/Berlin")) == instant(
        datetime(2026, 11, 6, 23, tzinfo=UTC)
    )


def test_a_card_every_five_seconds_and_never_more(clock):
    pace = Pace(clock)
    pace.take(VERA)

    pace.take(OTTO)
    clock.move(seconds=4)
    with pytest.raises(TooQuickError, match="a second"):
        pace.take(VERA)
    clock.move(seconds=1)
    pace.take(VERA)


def test_many_readers_do_not_pile_up_in_memory(clock):
    pace = Pace(clock)
    for reader in range(1, 5000):
        pace.take(reader)
        clock.move(seconds=1)

    assert len(pace._last) <= 1000


def test_a_press_is_held_by_one(quotes):
    with quotes.press.held(QUOTE), pytest.raises(BeingDrawnError), quotes.press.held(QUOTE):
        pass
    with quotes.press.held(QUOTE):
        pass
