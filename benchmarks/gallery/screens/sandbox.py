"""The sandbox itself, and the bot as one finds it in a channel."""

from benchmarks.gallery.room import Room
from bot.sandbox.tour import Tour

_DESK = {"width": 1280, "height": 860, "scale": 1}


async def sandbox(room: Room) -> None:
    """Step back and look at the whole."""
    tour = Tour(room.stage, room.press)
    await tour.do("ask")
    await room.shoot("sandbox-lobby", room.lobby, **_DESK)
    await room.shoot("sandbox-lobby-phone", room.lobby, width=390, height=844)
    asked = await room.ask("vera", "lounge", "event", query="who killed stalin?")
    address = await room.stage.show(asked.channel, asked.who)
    await room.shoot("sandbox-event", address, **_DESK)
    await room.shoot("sandbox-event-phone", address, width=390, height=844)
    typing = [
        ["type", "#channel-composer-input", "/event"],
        ["wait", ".command-entry"],
        ["press", "Enter"],
        ["type", ".command-option-input", "193"],
        ["wait", ".command-suggestion:has-text(' · ')"],
    ]
    await room.shoot("typing", address, width=390, height=844, steps=typing)
    for key in {"follow", "verdict"} - await tour.done():
        await tour.do(key)
    news = await room.stage.show("announcements", "vera")
    await room.shoot("sandbox-chapter", news, **_DESK)
    council = await room.stage.show("soviet", "vera")
    await room.shoot("soviet-verdict-phone", council, width=390, height=844)
