"""Putting things into the outbox: with what decided them, once."""

import json

import pytest

from bot.clock import Instant
from bot.outbox.models import SEND, THREAD, Post
from bot.outbox.repository import enqueue

POST = Post(
    "chapter:1", SEND, guild_id=1, channel_id=2, body={"content": "Ж"}, marker="https://a.example/1"
)


async def put(database, *posts):
    async def operation(tx):
        return [await enqueue(tx, post, Instant(1000)) for post in posts]

    return await database.write(operation)


async def rows(database):
    return await database.fetch_all("SELECT * FROM outbox ORDER BY id")


async def test_a_post_waits_ready_with_all_that_it_says(database):
    (number,) = await put(database, POST)

    (row,) = await rows(database)
    assert row["id"] == number
    assert (row["topic"], row["step"], row["state"], row["attempts"]) == (
        "chapter:1",
        "send",
        "ready",
        0,
    )
    assert json.loads(row["body"]) == {"content": "Ж"}
    assert row["picture"] is None
    assert row["not_before"] == row["created_at"] == 1000


async def test_the_same_post_again_is_there_once_and_keeps_its_first_words(database):
    other = Post("chapter:1", SEND, 1, 2, {"content": "again"})

    numbers = await put(database, POST, other)

    assert numbers[0] == numbers[1]
    (row,) = await rows(database)
    assert json.loads(row["body"]) == {"content": "Ж"}


async def test_what_follows_a_message_names_its_row(database):
    (first,) = await put(database, POST)
    await put(
        database,
        Post("chapter:1", THREAD, 1, 2, {"name": "Talk"}, after=first, not_before=Instant(5000)),
        Post("chapter:1", SEND, 1, 3, picture={"maker": "verdict", "motion": 4}),
    )

    _, thread, elsewhere = await rows(database)
    assert (thread["after_id"], thread["not_before"]) == (first, 5000)
    assert json.loads(elsewhere["picture"]) == {"maker": "verdict", "motion": 4}


async def test_a_decision_that_fails_sends_nothing(database):
    async def operation(tx):
        await enqueue(tx, POST, Instant(1000))
        raise ValueError("undecided")

    with pytest.raises(ValueError, match="undecided"):
        await database.write(operation)

    assert await rows(database) == []


async def test_the_id_of_a_row_never_comes_back(database):
    (first,) = await put(database, POST)

    async def delete(tx):
        await tx.execute("DELETE FROM outbox")

    await database.write(delete)

    assert await put(database, POST) == [first + 1]
