"""A new server: from the first word to the first ping."""

from benchmarks.gallery.room import MOMENT, Room


async def branch(room: Room) -> None:
    """Set it up."""
    await room.stage.found_annex()
    await room.stage.skip(MOMENT)
    await room.take("welcome", await room.last("nadia", "welcome"))
    panel = await room.ask("nadia", "welcome", "setup")
    await room.take("setup", panel)
    channels = room.stage.channels
    for place, name in (("chapters", "chapters"), ("soviet", "council"), ("admins", "back-office")):
        panel = await room.pick("nadia", panel, f"su:c:{place}", channels[name])
    await room.take("setup-done", panel)
    await room.take("setup-tested", await room.click("nadia", panel, "Send me a test ping"))
    await room.take("test-ping", await room.last("nadia", "chapters"))
