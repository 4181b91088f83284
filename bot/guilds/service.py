"""The choices of servers, typed."""

from bot.clock import Clock, instant
from bot.guilds import repository
from bot.guilds.models import Choice, GuildSettings
from bot.guilds.repository import GuildRepository
from bot.problems.repository import clear_problem, unchosen
from bot.storage.database import Transaction


class Guilds:
    """Keeps what the admins of each server chose. Whether they may choose is the caller's check."""

    def __init__(self, repository: GuildRepository, clock: Clock) -> None:
        self._repository = repository
        self._clock = clock

    async def settings(self, guild_id: int) -> GuildSettings:
        """Return what a server chose."""
        chosen = await self._repository.choices(guild_id)

        def number(choice: Choice) -> int | None:
            return int(chosen[choice]) if choice in chosen else None

        return GuildSettings(
            guild_id,
            admin_channel=number(Choice.ADMIN_CHANNEL),
            chapter_channel=number(Choice.CHAPTER_CHANNEL),
            soviet_channel=number(Choice.SOVIET_CHANNEL),
            announcer_role=number(Choice.ANNOUNCER_ROLE),
            card_style=chosen.get(Choice.CARD_STYLE),
            time_zone=chosen.get(Choice.TIME_ZONE),
            language=chosen.get(Choice.LANGUAGE),
        )

    async def language(self, guild_id: int) -> str:
        """Return the language of what a server reads together; see `repository.language_of`."""
        return await self._repository.language(guild_id)

    async def choose(
        self, guild_id: int, choice: Choice, value: int | str | None, user_id: int
    ) -> None:
        """Keep what *user_id* chose for a server; None takes an earlier choice back."""
        now = instant(self._clock.now())

        async def keep(tx: Transaction) -> None:
            if value is None:
                await repository.drop(tx, guild_id, choice)
            else:
                await repository.put(tx, guild_id, choice, str(value), user_id, now)
                await clear_problem(tx, guild_id, unchosen(choice))

        await self._repository.database.write(keep)
