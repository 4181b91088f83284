"""Delegations: who lets whom vote for them, on one story or on everything."""

from bot.clock import Clock, Instant, instant
from bot.language.speech import say
from bot.soviet import house_repository as house
from bot.soviet.clicks import Click, is_id
from bot.soviet.delegation import closes_a_circle
from bot.soviet.errors import BadDelegateError
from bot.soviet.orders import orders_at
from bot.storage.database import Database, Transaction

_EVERYTHING = 0


class Delegates:
    """Keeps delegations; `bot.soviet.delegation` says what they are worth."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def delegate(
        self, click: Click, to: int, *, to_is_bot: bool = False, story_id: int | None = None
    ) -> bool:
        """Let *to* vote for whoever clicked, on one story or (None) on everything.

        A vote of one's own always overrides. It counts in no secret ballot, nor where only a role
        may vote. True: it closes a circle, whose members count only when they vote themselves.

        Raises:
            BadDelegateError: to oneself or a bot, or the standing orders allow none.
        """
        member = click.member
        if to == member.user_id:
            raise BadDelegateError(say("You vote for yourself already."))
        if to_is_bot or member.is_bot or not is_id(to):
            raise BadDelegateError(say("Only readers vote, for themselves or for others."))
        if story_id is not None and not is_id(story_id):
            raise BadDelegateError(say("There is no such story here."))
        now = instant(self._clock.now())
        story = story_id or _EVERYTHING

        async def operation(tx: Transaction) -> bool:
            orders = orders_at(*await house.orders(tx, click.guild_id))
            if not orders.is_on("delegation"):
                raise BadDelegateError(
                    say("The standing orders of this House know no delegates; vote yourself.")
                )
            joined = Instant(now if member.joined_at is None else member.joined_at)
            pair = (member.user_id, to)
            await house.put_delegation(
                tx, click.guild_id, story, pair, joined, click.interaction_id
            )
            given = await house.delegations(tx, click.guild_id, story_id)
            return closes_a_circle(*pair, {who: other for who, (other, _) in given.items()})

        return await self._database.write(operation)

    async def recall(self, click: Click, story_id: int | None = None) -> bool:
        """Take a delegation back; False when there was none."""

        async def operation(tx: Transaction) -> bool:
            story = story_id or _EVERYTHING
            return await house.drop_delegation(tx, click.guild_id, story, click.member.user_id)

        return await self._database.write(operation)

    async def delegate_of(
        self, guild_id: int, user_id: int, story_id: int | None = None
    ) -> int | None:
        """Return who votes for a reader on a story, or None."""
        given = await house.delegations(self._database, guild_id, story_id)
        return given[user_id][0] if user_id in given else None
