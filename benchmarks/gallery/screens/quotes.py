"""Quotes: the message menus, the book, cards of the archive, whose leave a quote needs."""

from benchmarks.gallery.room import MOMENT, Room

_HERE = "lounge"


async def quotes(room: Room) -> None:
    """Quote people, and have them asked."""
    lounge = room.stage.world.channels[_HERE]
    said = [each for each in lounge.history() if not each.author.bot]
    by = {each.author.name: each for each in said}

    card = await room.menu("mei", _HERE, "Make quote card", by["vera"])
    await room.take("make-quote-card", card)
    # The ink of the last card has to dry.
    await room.stage.skip(MOMENT)
    await room.take("quote-newspaper", await room.click("mei", card, "Newspaper"))
    saved = await room.menu("otto", _HERE, "Save to quote book", by["anatol"])
    await room.take("save-to-quote-book", saved)
    await room.menu("otto", _HERE, "Save to quote book", by["clio"])
    again = await room.menu("ines", _HERE, "Make quote card", by["vera"])
    await room.take("quote-twice", again)

    await room.take("quote-list", await room.ask("vera", _HERE, "quote list"))
    most = await room.ask("vera", _HERE, "quote list", order="most")
    await room.take("quote-most", most)
    await room.take("quote-search", await room.ask("vera", _HERE, "quote search", text="map"))
    await room.take("quote-random", await room.ask("vera", _HERE, "quote random"))
    await room.stage.skip(MOMENT)
    passage = await room.ask("otto", _HERE, "quote card", passage="grozny")
    await room.take("quote-card", passage)

    quoting = await room.ask("ines", _HERE, "privacy quoting", choice="ask")
    await room.take("privacy-quoting", quoting)
    question = await room.menu("mei", _HERE, "Save to quote book", by["ines"])
    await room.take("quote-question", question)
    await room.take("quote-remove", await room.ask("otto", _HERE, "quote remove", id=2))
