from pathlib import Path

from bot.clock import Instant
from bot.storage.database import Database
from bot.storage.state import AppState

MIGRATIONS = Path(__file__).parents[2] / "migrations"


async def test_the_bot_remembers_the_last_text_put_under_a_name(place, clock):
    async with Database.open(place, MIGRATIONS, clock=clock) as database:
        state = AppState(database)
        assert await state.get("command-tree") is None
        await state.put("command-tree", "a1", Instant(1))
        await state.put("command-tree", "b2", Instant(2))
        await state.put("other", "c3", Instant(3))

    async with Database.open(place, MIGRATIONS, clock=clock) as database:
        assert await AppState(database).get("command-tree") == "b2"
        rows = await database.fetch_all("SELECT key, changed_at FROM app_state ORDER BY key")
        assert [tuple(row) for row in rows] == [("command-tree", 2), ("other", 3)]
