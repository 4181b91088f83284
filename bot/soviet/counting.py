"""Reading the ballots of a motion: what was cast, and what delegates cast for others."""

from collections import Counter
from dataclasses import dataclass

from bot.clock import Instant
from bot.soviet import ballot_repository as ballots
from bot.soviet import house_repository as house
from bot.soviet import procedure_repository as procedure
from bot.soviet.ballot_repository import Vote
from bot.soviet.delegation import resolve
from bot.soviet.eligibility import off_the_roll_by_age
from bot.soviet.models import Choice, Motion
from bot.soviet.orders import orders_at
from bot.soviet.results import Outcome
from bot.soviet.rules import decide
from bot.storage.source import Source


@dataclass(frozen=True, slots=True)
class Count:
    """What ballots say → how many say so; *delegated* is part of them; *roll* less the recused."""

    ballots: Counter[Choice]
    delegated: tuple[Vote, ...]
    roll: int | None


async def count(source: Source, motion: Motion) -> Count:
    """Return the ballots of an open motion as they are now."""
    cast = await cast_on(source, motion)
    delegated = await _delegated(source, motion)
    cast.update(vote.choice for vote in delegated if vote.choice is not None)
    recused = await procedure.recused(source, motion.id)
    roll = None if motion.roll is None else max(motion.roll - len(recused), 0)
    return Count(cast, delegated, roll)


async def cast_on(source: Source, motion: Motion) -> Counter[Choice]:
    """Return what the kept ballots of a motion say → how many say so."""
    varied = motion.rules.picks > 1
    return await ballots.grouped(source, motion.id, secret=motion.is_secret, varied=varied)


def outcome_of(motion: Motion, counted: Count) -> Outcome:
    """Return how the motion would end on these ballots."""
    return decide(motion.rules, counted.ballots, counted.roll, len(counted.delegated))


async def _delegated(source: Source, motion: Motion) -> tuple[Vote, ...]:
    """Return the votes that delegates cast for others, by voter.

    None where ballots are secret, and none where only a role may vote: the bot learns of roles by
    clicks alone, and who delegates does not click.
    """
    if motion.is_secret or motion.rules.electorate.role_id is not None:
        return ()
    given = await house.delegations(source, motion.guild_id, motion.story_id)
    if not given:
        return ()
    orders = orders_at(*await house.orders(source, motion.guild_id, motion.orders_version))
    if not orders.is_on("delegation"):
        return ()
    eligible = await _eligible(source, motion, {who: since for who, (_, since) in given.items()})
    cast = {
        vote.voter_id: vote.choice
        for vote in await ballots.open_votes(source, motion.id)
        if vote.choice is not None and vote.delegate_id is None
    }
    found = resolve(cast, {who: to for who, (to, _) in given.items()}, eligible)
    return tuple(
        Vote(voter, choice, 0, "", delegate) for voter, (delegate, choice) in sorted(found.items())
    )


async def _eligible(source: Source, motion: Motion, joined: dict[int, Instant]) -> set[int]:
    """Return who of those that delegate may vote on this motion."""
    absent = set(await procedure.recused(source, motion.id))
    written = set(await procedure.roll(source, motion.id))
    opened = motion.opened_at or Instant(0)
    return {
        reader
        for reader, since in joined.items()
        if reader not in absent
        and (not written or reader in written)
        and off_the_roll_by_age(motion, since, opened) is None
    }
