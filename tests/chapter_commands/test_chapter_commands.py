"""Stories, feeds, chapters and subscriptions as people use them, in the Reading Room."""

import pytest
import simcord
from chapter_commands.conftest import FEED
from worlds import last_request, reading_in, restart

from bot.chapters.entries import Words, WordSource
from bot.guilds.models import Choice


async def found(world):
    """Have the feeds asked at once; what is new is held and sent."""
    await world.admin.slash(world.channels["lounge"], "feed resume", feed="1")
    await world.env.advance_time(150)


def sent(world, channel):
    """Return the bodies of the messages that were sent to a channel by themselves."""
    path = f"/channels/{channel.id}/messages"
    return [
        request.json
        for request in world.env.http_requests
        if request.method == "POST" and request.path == path
    ]


async def test_five_minutes_of_an_admin_set_up_a_ping(followed, feeds, news, role, text_of):
    shown = await followed.admin.slash(news, "feed list")
    assert "🟢 Red Orchestra · red.wordpress.com" in text_of(shown)
    assert "3 chapters" in text_of(shown)
    assert sent(followed, news) == []

    feeds.drop(FEED, "Chapter 4: The Storm", words=Words(12_000, WordSource.COUNTED))
    await found(followed)

    (body,) = sent(followed, news)
    assert body["allowed_mentions"] == {"parse": [], "roles": [str(role.id)], "users": []}
    assert body["enforce_nonce"] is True
    assert body["content"].startswith(f"<@&{role.id}> **Red Orchestra**")
    (message,) = [each for each in news.history() if each.embeds]
    assert "Chapter 4: The Storm" in message.embeds[0].title
    assert last_request(followed, "/crosspost")
    thread = last_request(followed, "/threads")
    assert thread.json["name"] == "Red Orchestra: Chapter 4: The Storm"


async def test_adding_a_feed_tells_what_was_read_and_that_nothing_is_announced(
    world, feeds, lounge, text_of
):
    feeds.drop(FEED, "Chapter 1")
    await world.admin.slash(lounge, "story add", title="Red Orchestra")

    added = await world.admin.slash(lounge, "feed add", story="Red Orchestra", url=FEED)

    assert "I have read 1 chapter. The newest is “Chapter 1”" in text_of(added)
    assert f"Chapters go to <#{lounge.id}>" in text_of(added)


async def test_a_dry_run_says_what_would_be_and_changes_nothing(followed, feeds, lounge, text_of):
    feeds.drop(FEED, "Chapter 4")

    tried = await followed.admin.slash(lounge, "feed test", url=FEED)

    assert "📣 Chapter 4: new, would be announced" in text_of(tried)
    assert sent(followed, lounge) == []


async def test_an_ordinary_reader_may_not(followed, lounge):
    vera = followed.readers["vera"]
    for command in ("story list", "feed list", "feed resume"):
        with pytest.raises(simcord.SetupError):
            await vera.slash(lounge, command)

    answer = await vera.slash(lounge, "chapter why", url=FEED)

    assert answer.ephemeral
    assert "those who manage the server" in answer.response.content


async def test_the_commands_are_for_servers_only(world):
    commands = {each.name: each for each in world.env.bot.tree.get_commands()}
    for name in ("story", "feed", "chapter", "subscribe", "unsubscribe", "subscriptions"):
        told = commands[name].to_dict(world.env.bot.tree)
        assert told["contexts"] == [0], name
        assert told["integration_types"] == [0], name


async def test_a_reader_subscribes_by_the_button_and_gets_the_role(
    followed, feeds, news, role, text_of
):
    feeds.drop(FEED, "Chapter 4")
    await found(followed)
    await restart(followed)
    (message,) = [each for each in news.history() if each.components]
    vera = followed.readers["vera"]

    pressed = await vera.click(message, label="Subscribe")

    assert pressed.ephemeral
    assert "Subscribed to Red Orchestra" in text_of(pressed)
    path = f"/members/{vera.id}/roles/{role.id}"
    assert last_request(followed, path).method == "PUT"
    ended = await vera.click(pressed.response, label="Unsubscribe")
    assert "Unsubscribed" in ended.response.content
    assert last_request(followed, path).method == "DELETE"


async def test_a_reader_is_named_for_long_chapters_only(followed, feeds, news, lounge, text_of):
    vera = followed.readers["vera"]
    told = await vera.slash(
        lounge, "subscribe", story="Red Orchestra", how="ping", min_words=10_000
    )
    assert "only chapters of 10,000 words or more" in text_of(told)
    for number, words in ((4, 9_000), (5, 11_000)):
        feeds.drop(FEED, f"Chapter {number}", words=Words(words, WordSource.COUNTED))
    await found(followed)

    short, long = sent(followed, news)
    assert short["allowed_mentions"]["users"] == []
    assert long["allowed_mentions"]["users"] == [str(vera.id)]
    assert f"<@{vera.id}>" in long["content"]


async def test_a_role_cannot_choose_chapters(followed, lounge):
    vera = followed.readers["vera"]
    answer = await vera.slash(lounge, "subscribe", story="Red Orchestra", how="role", min_words=5)

    assert "choose how: ping" in answer.response.content


async def test_subscriptions_are_listed_and_end(followed, lounge, text_of):
    vera = followed.readers["vera"]
    await vera.slash(lounge, "subscribe", story="Red Orchestra", how="digest")
    listed = await vera.slash(lounge, "subscriptions")
    assert "a private message once a week" in text_of(listed)
    assert "The next one <t:" in text_of(listed)

    await vera.slash(lounge, "unsubscribe", story="Red Orchestra")

    assert "None here" in text_of(await vera.slash(lounge, "subscriptions"))
    again = await vera.slash(lounge, "unsubscribe", story="Red Orchestra")
    assert "You were not subscribed" in again.response.content


async def test_an_announcement_by_hand_goes_the_same_way_once(followed, news, lounge, role):
    order = {"story": "Red Orchestra", "title": "Chapter 9", "url": "https://a.example/9"}
    told = await followed.admin.slash(lounge, "chapter announce", words=11_000, **order)
    assert told.ephemeral
    await followed.env.advance_time(5)

    (body,) = sent(followed, news)
    assert body["allowed_mentions"]["roles"] == [str(role.id)]
    assert "**11,000 words, by the announcer’s count**" in body["embeds"][0]["description"]
    again = await followed.admin.slash(lounge, "chapter announce", **order)
    assert "announced already" in again.response.content
    assert f"https://discord.com/channels/{followed.guild.id}/{news.id}/" in again.response.content
    await followed.env.advance_time(5)
    assert len(sent(followed, news)) == 1


BAD = [
    ({"url": "javascript:alert(1)"}, "That is not an address"),
    ({"url": "http://127.0.0.1/x"}, "made of numbers"),
    ({"url": "not an address"}, "no address has"),
    ({"words": 10**12}, "from 0 to 1,000,000"),
    ({"words": -1}, "from 0 to 1,000,000"),
    ({"title": "T" * 5000}, "has at most 200 characters; this one has 5,000"),
    ({"title": "\u200b \u202e"}, "needs something that can be read"),
    ({"summary": "S" * 301}, "has at most 300 characters"),
    ({"story": "Nothing"}, "No story called “Nothing” is followed here"),
]


async def test_bad_input_gets_one_sentence_and_announces_nothing(followed, news, lounge):
    usual = {"story": "Red Orchestra", "title": "Chapter 9", "url": "https://a.example/9"}
    told = [
        await followed.admin.slash(lounge, "chapter announce", **usual | change)
        for change, _ in BAD
    ]

    for answer, (_, said) in zip(told, BAD, strict=True):
        assert said in answer.response.content
        assert answer.ephemeral
    await followed.env.advance_time(5)
    assert sent(followed, news) == []


async def test_hostile_words_by_hand_do_nothing(followed, news, lounge):
    title = "@everyone [click](https://evil.example) <@&1> `x`"
    await followed.admin.slash(
        lounge, "chapter announce", story="Red Orchestra", title=title, url="https://a.example/9"
    )
    await followed.env.advance_time(5)

    (body,) = sent(followed, news)
    assert "@everyone" not in body["content"]
    assert "[click](" not in str(body)


async def test_only_announcers_announce(followed, lounge):
    order = {"story": "Red Orchestra", "title": "Chapter 9", "url": "https://a.example/9"}
    refused = await followed.readers["vera"].slash(lounge, "chapter announce", **order)
    assert "Announcing is for those who manage the server" in refused.response.content


async def test_whoever_has_the_announcers_role_announces(followed, lounge, services):
    authors = followed.guild.roles["Authors"]
    await services.guilds.choose(followed.guild.id, "role.announcer", authors.id, followed.admin.id)
    order = {"story": "Red Orchestra", "title": "Chapter 9", "url": "https://a.example/9"}

    told = await followed.author.slash(lounge, "chapter announce", **order)

    assert told.response.embeds[0].title == "Red Orchestra: announced"


async def test_chapters_are_listed_with_words_and_pages(followed, feeds, lounge, text_of):
    for number in range(4, 17):
        feeds.drop(FEED, f"Chapter {number}", words=Words(1000, WordSource.COUNTED))
    feeds.window = 20
    await found(followed)
    vera = followed.readers["vera"]

    first = await vera.slash(lounge, "chapter list")
    assert "16 chapters, at least 13,000 words · page 1/2" in text_of(first)
    assert "Chapter 16" in text_of(first)
    second = await vera.click(first.response, label="Older ▶")

    assert "page 2/2" in text_of(second)
    assert "Chapter 1**" in text_of(second)


async def test_the_latest_chapter_and_its_pace(followed, lounge, text_of):
    shown = await followed.readers["vera"].slash(lounge, "chapter latest")

    assert "Chapter 3" in text_of(shown)
    assert "day 0 since the last one" in text_of(shown)


async def test_why_tells_the_life_of_an_announcement(followed, feeds, lounge, text_of):
    entry = feeds.drop(FEED, "Chapter 4")
    await found(followed)

    told = text_of(await followed.admin.slash(lounge, "chapter why", url=entry.url))

    assert "It was announced <t:" in told
    assert "✅ the message: done" in told
    assert "✅ the thread: done" in told
    assert "https://discord.com/channels/" in told
    old = feeds.entries(FEED)[0].url
    assert "before its feed was followed" in text_of(
        await followed.admin.slash(lounge, "chapter why", url=old)
    )
    never = await followed.admin.slash(lounge, "chapter why", url="https://a.example/never")
    assert "I know of no chapter at that address" in never.response.content


async def test_why_names_the_permission_that_is_missing(followed, feeds, news, lounge, text_of):
    channel = followed.env.bot.get_channel(news.id)
    await channel.set_permissions(channel.guild.me, send_messages=False)
    entry = feeds.drop(FEED, "Chapter 4")
    await found(followed)

    told = text_of(await followed.admin.slash(lounge, "chapter why", url=entry.url))

    assert "⛔ the message: I lack Send Messages" in told
    assert sent(followed, news)[0]["content"]
    await channel.set_permissions(channel.guild.me, send_messages=True)
    resumed = await followed.admin.slash(lounge, "feed resume")
    assert "1 that waited for you are tried again" in resumed.response.content
    await followed.env.advance_time(5)
    assert "✅ the message" in text_of(
        await followed.admin.slash(lounge, "chapter why", url=entry.url)
    )


async def test_pause_resume_and_remove_name_the_feed_they_mean(followed, lounge):
    offered = await followed.admin.autocomplete(lounge, "feed pause", "feed", "red")
    assert [each["name"] for each in offered] == ["Red Orchestra · red.wordpress.com"]
    number = offered[0]["value"]

    for command, said in (
        ("feed pause", "Paused: red.wordpress.com"),
        ("feed resume", "Going on."),
        ("feed remove", "Removed: red.wordpress.com"),
        ("feed remove", "No such feed is followed here"),
    ):
        answer = await followed.admin.slash(lounge, command, feed=number)
        assert said in answer.response.content


async def test_stories_complete_themselves(followed, lounge):
    offered = await followed.readers["vera"].autocomplete(lounge, "subscribe", "story", "orch")

    assert [each["name"] for each in offered] == ["Red Orchestra"]


async def test_a_story_that_cannot_be_added_says_why(followed, lounge):
    for options, said in (
        ({"title": "Red Orchestra"}, "followed here already"),
        ({"title": "   "}, "needs something that can be read"),
        ({"title": "X", "quota": -5}, "A quota is a number from 0"),
        ({"title": "X", "url": "ftp://a.example/"}, "begin with http"),
    ):
        answer = await followed.admin.slash(lounge, "story add", **options)

        assert said in answer.response.content


async def test_everybody_is_no_role_of_a_story(followed, lounge):
    answer = await followed.admin.slash(
        lounge, "story edit", story="Red Orchestra", role=followed.guild.default_role
    )

    assert "cannot ping everyone" in answer.response.content


async def test_a_russian_server_announces_in_russian_and_a_german_reader_is_answered_in_german(
    followed, feeds, news, lounge, text_of
):
    vera, guilds = followed.readers["vera"], followed.env.bot.services.guilds
    await guilds.choose(followed.guild.id, Choice.LANGUAGE, "ru", user_id=1)
    with reading_in(followed, "de"):
        begun = await vera.slash(lounge, "subscribe", story="Red Orchestra", how="ping")
    feeds.drop(FEED, "Chapter 4", words=Words(12_000, WordSource.COUNTED))
    await found(followed)
    (message,) = [each for each in news.history() if each.embeds]
    with reading_in(followed, "de"):
        pressed = await vera.click(message, label="Подписаться")
    asked = await vera.slash(lounge, "subscriptions")

    assert "Abonniert: Red Orchestra\nNamentlich unter der Ankündigung" in text_of(begun)
    assert "новая глава: Chapter 4" in message.content
    assert "12\N{NO-BREAK SPACE}000 слов, подсчёт мой" in message.embeds[0].description
    assert "Abonniert: Red Orchestra" in text_of(pressed)
    assert "Your subscriptions" in text_of(asked)
