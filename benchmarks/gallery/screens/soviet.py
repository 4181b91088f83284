"""The Supreme Soviet: from a motion to the ledger."""

from datetime import timedelta

from benchmarks.gallery.room import MOMENT, Room, Seen

_HERE = "soviet"
TEXT = "That the next chapter have 10,000 words."


async def soviet(room: Room) -> None:
    """Hold a session."""
    motion = await room.ask("otto", _HERE, "soviet motion", text=TEXT, promises=10_000, quorum="3")
    await room.take("soviet-motion", motion)
    await room.take(
        "form-amend",
        Seen("mei", _HERE, motion.message),
        part=".modal-dialog",
        height=1100,
        steps=[["click", f"{motion.part} button:has-text('Amend')"], ["wait", ".modal-dialog"]],
    )
    await room.click("ines", motion, "Second")
    await room.stage.skip(MOMENT)
    await room.take("motion-receipt", await room.click("vera", motion, "Aye"))
    for who, choice in (("mei", "Aye"), ("anatol", "Nay"), ("clio", "Aye")):
        await room.click(who, motion, choice)
    await room.take("motion-my-vote", await room.click("mei", motion, "My vote"))
    await room.take("motion-own-second", await room.click("otto", motion, "My vote"))
    await room.stage.skip(MOMENT)
    await room.take("motion-open", motion)
    await _other_ballots(room)

    tea = await room.ask("mei", _HERE, "soviet motion", text="That tea be served at noon.")
    withdrawn = await room.ask("mei", _HERE, "soviet withdraw", number=_number(tea))
    await room.take("soviet-withdraw", withdrawn)
    number = _number(motion)
    await room.stage.skip(timedelta(hours=73))
    await room.take("verdict", await room.found("otto", _HERE, f"№ {number} · the verdict"))
    for command, options in (
        ("soviet list", {}),
        ("soviet show", {"number": number}),
        ("soviet minutes", {"number": number}),
        ("soviet recount", {"number": number}),
        ("soviet ledger", {}),
        ("soviet mark", {"number": number, "as": "fulfilled", "because": "10,012 words"}),
        ("soviet orders", {}),
        ("soviet delegate", {"to": room.person("ines", _HERE)}),
        ("soviet recall", {}),
    ):
        answer = await room.ask("otto", _HERE, command, **options)
        await room.take(command.replace(" ", "-"), answer)
    await room.take("plan", await room.ask("otto", _HERE, "soviet show", number="plan"))
    await room.take("error-number", await room.ask("vera", _HERE, "soviet show", number="x"))


def _number(motion: Seen) -> str:
    """Return the № of a motion, by its message."""
    return str(motion.message.embeds[0].author.name).split()[2]


async def _other_ballots(room: Room) -> None:
    ships = "Novara | Zvezda | Grozny"
    ranked = await room.ask(
        "vera",
        _HERE,
        "soviet motion",
        text="Which ship is refitted first?",
        options=ships,
        method="ranked",
    )
    await room.click("otto", ranked, "Second")
    await room.stage.skip(MOMENT)
    ballot = await room.click("mei", ranked, "Rank the options")
    for ship in ("Grozny", "Novara"):
        ballot = await room.click("mei", ballot, ship)
    await room.take("ballot-ranked", ballot)
    secret = await room.ask(
        "anatol", _HERE, "soviet motion", text="That the map be redrawn.", ballot="secret"
    )
    await room.click("otto", secret, "Second")
    await room.stage.skip(MOMENT)
    await room.take("motion-secret", secret)
