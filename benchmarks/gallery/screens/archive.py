"""The archive: `/event` and `/lore`."""

from benchmarks.gallery.room import Room
from bot.guilds.models import Choice

_HERE = "lounge"


async def archive(room: Room) -> None:
    """Ask it what there is to ask."""
    event = await room.ask("vera", _HERE, "event", query="1932")
    await room.take("event", event)
    opened = await room.ask("otto", _HERE, "event", query="who killed stalin?")
    await room.take("event-entry", opened)
    await room.take("event-neighbour", await room.click("otto", opened, "November 1924 ▶"))
    missed = await room.ask("mei", _HERE, "event", query="asdfghjkl")
    await room.take("event-nothing", missed)

    for command, options in (
        ("lore entry", {"name": "novara"}),
        ("lore search", {"text": "ice-free harbour"}),
        ("lore timeline", {"from": "1924", "to": "1926"}),
        ("lore compare", {"query": "stalin"}),
        ("lore today", {}),
        ("lore sources", {}),
        ("lore progress", {"story": "Red Guards", "chapter": 1}),
    ):
        answer = await room.ask("ines", _HERE, command, **options)
        await room.take(command.replace(" ", "-"), answer)

    await room.choose(Choice.ADMIN_CHANNEL, "spoilers")
    flag = await room.ask("otto", _HERE, "event", query="who killed stalin?")
    await room.take(
        "form-wrong",
        flag,
        part=".modal-dialog",
        height=1100,
        steps=[["click", f"{flag.part} button:has-text('Wrong?')"], ["wait", ".modal-dialog"]],
    )
