"""What a channel refused follows its story to the channel that the admins have chosen since."""

from bot.chapters.announcing import moving_repository as moving
from bot.chapters.announcing.venue_repository import venue
from bot.clock import Instant
from bot.guilds.repository import chapter_channel
from bot.storage.database import Database, Transaction


async def follow_their_stories(database: Database, now: Instant, guild_id: int | None) -> bool:
    """Move what waits in channels that its stories have left; tell whether anything was."""
    waiting = await moving.stranded(database, guild_id)

    async def move(tx: Transaction) -> bool:
        moved = False
        for each in waiting:
            place, _ = await venue(tx, each.story_id, each.follow_id)
            place = place or await chapter_channel(tx, each.guild_id)
            if place not in {None, each.channel_id}:
                moved |= await moving.move(tx, each, place, now)
        return moved

    return bool(waiting) and await database.write(move)
