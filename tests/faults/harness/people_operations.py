"""Operations on motions, votes and delegations, on quotes, and on what is kept about a person."""

from datetime import timedelta

from faults.harness.operations import CHANNEL, GUILD, VERA, Operation

from bot.clock import instant
from bot.quotes.models import Consent, Original, Purpose
from bot.soviet.clicks import Click, Draft, Member, Roll, snowflake
from bot.soviet.models import AYE, NAY

OTTO, IVAN = 6, 7
TEXT = "That the author be sent to the gulag if the next chapter is short"
ROLL = Roll(100)


def click(services, user, number=1):
    """Return a click of *user*; a later *number* is a later click."""
    now = instant(services.clock.now())
    joined = instant(services.clock.now() - timedelta(days=1000))
    member = Member(user, joined, manages=user == VERA)
    return Click(GUILD, snowflake(now, number), member, CHANNEL)


async def table(services):
    await services.soviet.chamber.table(click(services, VERA), Draft(TEXT), ROLL)


async def second(services):
    await services.soviet.chamber.second(click(services, OTTO), 1, ROLL)


async def open_motion(services):
    await table(services)
    await second(services)


async def cast(services):
    await services.soviet.ballots.cast(click(services, IVAN), 1, AYE)


async def vote_again(services):
    await services.soviet.ballots.cast(click(services, IVAN, 2), 1, NAY)


async def open_and_cast(services):
    await open_motion(services)
    await cast(services)


async def take_back(services):
    await services.soviet.ballots.withdraw(click(services, IVAN, 3), 1)


async def explain(services):
    await services.soviet.ballots.explain(click(services, IVAN, 4), 1, "Because.")


async def close(services):
    services.clock.later = timedelta(days=40)
    services.soviet.closing._failing.clear()  # the pause after a failure is over
    await services.soviet.closing.close_overdue()


async def withdraw(services):
    await services.soviet.chamber.withdraw(click(services, VERA), 1)


async def amend(services):
    await services.soviet.debate.amend(click(services, OTTO), 1, TEXT.replace("gulag", "sea"))


async def delegate(services):
    await services.soviet.delegates.delegate(click(services, OTTO), IVAN)


async def set_order(services):
    await services.soviet.house.set(click(services, VERA), "seconders", "2")


def said(services, number):
    now = instant(services.clock.now())
    place = GUILD, CHANNEL, CHANNEL
    return Original(*place, 600 + number, OTTO, "Otto", f"Words no. {number}", "0" * 64, now)


async def save(services):
    await services.quotes.propose(said(services, 1), IVAN, Purpose.SAVE)


async def want_to_be_asked(services):
    await services.quotes.set_consent(OTTO, Consent.ASK)


async def ask(services):
    await services.quotes.propose(said(services, 2), IVAN, Purpose.SAVE)


async def asked(services):
    await want_to_be_asked(services)
    await ask(services)


async def agree(services):
    await services.quotes.answer(1, GUILD, OTTO, agreed=True)


async def refuse(services):
    await services.quotes.answer(1, GUILD, OTTO, agreed=False)


async def let_nobody(services):
    await services.quotes.set_consent(OTTO, Consent.NOBODY)


async def remove(services):
    await services.quotes.remove(1, GUILD, OTTO, moderator=False)


async def expire(services):
    services.clock.later = timedelta(days=40)
    await services.quotes.expire()


async def live(services):
    """Let Otto leave something in as many tables as there are."""
    await save(services)
    await open_motion(services)
    await services.soviet.ballots.cast(click(services, OTTO), 1, AYE)
    await delegate(services)
    library = services.archives.common.library
    await services.progress.set(library, OTTO, None, "The Tide Mills", 1)


async def delete(services):
    await services.privacy.delete(OTTO)


PEOPLE = (
    Operation("motion tabled", table),
    Operation("motion seconded and opened", second, table),
    Operation("ballot cast", cast, open_motion),
    Operation("ballot changed", vote_again, open_and_cast),
    Operation("ballot taken back", take_back, open_and_cast),
    Operation("vote explained", explain, open_and_cast),
    Operation("motion closed", close, open_and_cast, duty=True),
    Operation("motion withdrawn", withdraw, table),
    Operation("motion amended", amend, table),
    Operation("vote delegated", delegate),
    Operation("standing order set", set_order),
    Operation("quote saved", save),
    Operation("author asked", ask, want_to_be_asked),
    Operation("author agrees", agree, asked),
    Operation("author refuses", refuse, asked),
    Operation("nobody may quote", let_nobody, asked),
    Operation("quote removed", remove, save),
    Operation("question expired", expire, asked),
    Operation("person deleted", delete, live, finish=delete),
)
