"""Two servers, two rooms, three people."""

from bot.quotes.models import Reach

HERE, ELSEWHERE = 700000000000000001, 700000000000000002
LOUNGE, STAFF = 800000000000000001, 800000000000000002
VERA, OTTO, NADIA = 900000000000000001, 900000000000000002, 900000000000000003


def lounge(guild=HERE, *rooms, adult=False):
    return Reach(guild, frozenset(rooms or {LOUNGE}), adult)
