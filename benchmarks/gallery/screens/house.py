"""What everybody has: help, privacy; and what those who run the bot or the server have."""

from benchmarks.gallery.room import Room

_HERE = "lounge"
_TIMELINE = """\
The tram reaches the harbour. A short chronicle.

• March 1931. The first car runs from the station to the quay.

• June 1932. The tram drivers strike for heated cabins, and win.

• May 1934. The line is extended to the printing house.
"""


async def house(room: Room) -> None:
    """Walk through it."""
    helped = await room.ask("vera", _HERE, "help")
    await room.take("help", helped)
    await room.take("help-room", await room.pick("vera", helped, "he", "The archive"))
    await room.take("help-admin", await room.ask("nadia", _HERE, "help"))
    await room.take("privacy-export", await room.ask("vera", _HERE, "privacy export"))
    question = await room.ask("mei", _HERE, "privacy delete")
    await room.take("privacy-delete", question)
    await room.take("privacy-deleted", await room.click("mei", question, "Delete everything"))

    document = ("tram.txt", _TIMELINE.encode())
    offered = await room.ask("nadia", _HERE, "canon add", file=document, work="The Long Tram")
    await room.take("canon-add", offered)
    await room.take("canon-added", await room.click("nadia", offered, "Add it"))
    await room.take("canon-list", await room.ask("nadia", _HERE, "canon list"))
    await room.take("canon-remove", await room.ask("nadia", _HERE, "canon remove", document="1"))
    await room.make_owner("nadia")
    await room.take("status", await room.ask("nadia", _HERE, "status"))
