"""Quotes that nobody opens go with their messages all the same, within a day."""

import pytest
from places import HERE, LOUNGE, OTTO

from bot.quotes.errors import NoSuchQuoteError
from bot.quotes.models import Purpose, Showing
from bot.quotes.originals.repository import OriginalRepository
from bot.quotes.originals.service import AT_ONCE, EVERY, Originals

A_DAY = EVERY.total_seconds() + 1


class Discord:
    """What was deleted there, which messages it was asked about, and what was taken down."""

    def __init__(self):
        self.deleted = set()
        self.asked = []
        self.taken_down = []
        self.reachable = True

    async def is_gone(self, quote):
        self.asked.append(quote.number)
        return quote.original.message_id in self.deleted if self.reachable else None

    async def take_down(self, showings):
        self.taken_down += showings


@pytest.fixture
def there():
    return Discord()


@pytest.fixture
def originals(database, quotes, clock, there):
    originals = Originals(OriginalRepository(database), quotes, clock)
    originals.ask(there.is_gone, there.take_down)
    return originals


@pytest.fixture
def put(quotes, said):
    async def put(text="Words."):
        return await quotes.propose(said(text), OTTO, Purpose.CARD)

    return put


async def test_a_deleted_message_takes_its_quote_and_its_cards_along(
    originals, quotes, put, there, clock
):
    gone, kept = await put("Gone."), await put("Kept.")
    await quotes.shown(gone, Showing(LOUNGE, 77))
    there.deleted.add(gone.original.message_id)
    clock.move(seconds=A_DAY)

    await originals.work()

    assert there.taken_down == [Showing(LOUNGE, 77)]
    with pytest.raises(NoSuchQuoteError):
        await quotes.of_server(gone.id, HERE)
    assert await quotes.of_server(kept.id, HERE) == kept


async def test_each_is_looked_for_once_a_day_and_never_in_a_burst(originals, put, there, clock):
    for _ in range(AT_ONCE + 2):
        await put()
    await originals.work()
    assert there.asked == []
    clock.move(seconds=A_DAY)

    for _ in range(4):
        await originals.work()

    assert there.asked == list(range(1, AT_ONCE + 3))
    clock.move(seconds=A_DAY)
    await originals.work()
    assert there.asked[AT_ONCE + 2 :] == list(range(1, AT_ONCE + 1))


async def test_without_a_connection_nothing_is_taken_for_seen(originals, put, there, clock):
    await put()
    clock.move(seconds=A_DAY)
    there.reachable = False
    await originals.work()
    there.reachable = True

    await originals.work()

    assert there.asked == [1, 1]


async def test_nobody_to_ask_is_no_reason_to_fail(database, quotes, put, clock):
    await put()
    clock.move(seconds=A_DAY)

    assert await Originals(OriginalRepository(database), quotes, clock).work() is None
