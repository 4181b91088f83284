"""What keeps announcements from ringing or being whole, as far as it can be seen beforehand.

It is noted when a chapter meets it, and over when it is mended or nothing goes there any more.
"""

from bot.chapters.announcing import venue_repository as venues
from bot.chapters.announcing.composer import Premises, Venue
from bot.chapters.announcing.venue_repository import Obstacle
from bot.clock import Instant
from bot.problems.repository import clear_problem, raise_problem
from bot.storage.database import Database, Transaction


async def note(tx: Transaction, guild_id: int, venue: Venue, now: Instant) -> None:
    """Tell the admins once of what is missing at *venue*, or note that nothing is."""
    key = venues.key_of(venue.channel_id, venue.role_id)
    if venue.site.missing:
        await raise_problem(tx, guild_id, key, "\n".join(venue.site.missing), now)
    else:
        await clear_problem(tx, guild_id, key)


async def review(database: Database, premises: Premises, guild_id: int | None = None) -> None:
    """End what is mended, and what no story meets any more; of one server, or of all."""
    noted = await venues.obstacles(database, guild_id)
    used = {each: await venues.of_guild(database, each) for each in {o.guild_id for o in noted}}

    def is_over(obstacle: Obstacle) -> bool:
        channel_id, role_id = obstacle.channel_id, obstacle.role_id
        channels, roles = used[obstacle.guild_id]
        if channel_id not in channels or role_id not in roles:
            return True
        if not premises.is_ready or not premises.knows(obstacle.guild_id):
            return False
        return not premises.look(obstacle.guild_id, channel_id, role_id).missing

    over = [obstacle for obstacle in noted if is_over(obstacle)]

    async def end(tx: Transaction) -> None:
        for obstacle in over:
            await clear_problem(tx, obstacle.guild_id, obstacle.key)

    if over:
        await database.write(end)
