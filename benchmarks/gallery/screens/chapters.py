"""Chapters: what readers see of them, and how those who manage the server look after them."""

from datetime import timedelta

from benchmarks.gallery.room import Room
from bot.sandbox.press import STORY

_HERE = "lounge"
_NEWS = "announcements"


async def chapters(room: Room) -> None:
    """Follow a story from the press to the ping."""
    await room.press.drop()
    await room.take("chapter-announced", await room.last("vera", _NEWS))
    subscribed = await room.click("mei", await room.last("mei", _NEWS), "Subscribe")
    await room.take("subscribe-button", subscribed)
    await room.take("subscribe", await room.ask("vera", _HERE, "subscribe", story=STORY))
    await room.ask("vera", _HERE, "subscribe", story=STORY, how="digest")
    await room.take("subscriptions", await room.ask("vera", _HERE, "subscriptions"))
    await room.take("unsubscribe", await room.ask("mei", _HERE, "unsubscribe", story=STORY))
    await room.take("chapter-latest", await room.ask("otto", _HERE, "chapter latest"))
    await room.take("chapter-list", await room.ask("otto", _HERE, "chapter list"))
    await _announcing(room)
    await _stories_and_feeds(room)


async def _announcing(room: Room) -> None:
    announced = await room.ask(
        "nadia",
        _HERE,
        "chapter announce",
        story=STORY,
        title="Interlude: Proofs",
        url="https://example.com/interlude",
        words=3_100,
        summary="Marta reads; the city waits.",
        category="sidestory",
    )
    await room.take("chapter-announce", announced)
    await room.stage.skip(timedelta(minutes=5))
    feed = f"{room.press.address}?p=6"
    await room.take("chapter-why", await room.ask("nadia", _HERE, "chapter why", url=feed))


async def _stories_and_feeds(room: Room) -> None:
    added = await room.ask("nadia", _HERE, "story add", title="The Long Tram", author="Otto")
    await room.take("story-add", added)
    edited = await room.ask(
        "nadia",
        _HERE,
        "story edit",
        story="The Long Tram",
        channel=room.stage.world.channels[_NEWS],
        quota=4_000,
        spoilers=True,
    )
    await room.take("story-edit", edited)
    await room.take("story-list", await room.ask("nadia", _HERE, "story list"))
    for command, options in (
        ("feed add", {"story": "The Long Tram", "url": f"{room.press.address}?tram"}),
        ("feed test", {"url": room.press.address}),
        ("feed list", {}),
        ("feed pause", {"feed": await _feed(room)}),
        ("feed resume", {}),
        ("feed remove", {"feed": await _feed(room)}),
    ):
        answer = await room.ask("nadia", _HERE, command, **options)
        await room.take(command.replace(" ", "-"), answer)
    refused = await room.ask("vera", _HERE, "subscribe", story="The Papre Republik")
    await room.take("error-story", refused)


async def _feed(room: Room) -> str:
    nadia = room.person("nadia", _HERE)
    offered = await nadia.autocomplete(room.stage.channels[_HERE], "feed pause", "feed", "")
    return str(offered[-1]["value"])
