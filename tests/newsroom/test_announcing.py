"""From a feed to one ping: what readers get, and when they get nothing."""

from dataclasses import replace

import pytest
from newsroom.desk import ADMIN, ADMINS, CHANNEL, FEED, GUILD, ROLE, text_of

from bot.chapters.announcing.composer import Site
from bot.chapters.entries import Words, WordSource
from bot.chapters.errors import TooSlowError
from bot.chapters.following import results
from bot.chapters.following.intake import Intake
from bot.chapters.following.models import FollowState
from bot.guilds.models import Choice
from bot.problems.repository import problems


def counted(number):
    return Words(number, WordSource.COUNTED)


async def test_what_was_there_before_is_never_announced(desk, followed):
    await desk.wait(hours=3)

    assert desk.discord.all == []


async def test_a_new_chapter_is_one_message_one_ping_one_thread_published(desk, followed):
    await desk.drop("Chapter 4: The Storm")
    await desk.wait(hours=1)

    (message,) = desk.discord.messages[CHANNEL]
    assert message.body["content"].startswith(f"<@&{ROLE}> **Red Orchestra**")
    assert message.body["allowed_mentions"] == {"parse": [], "roles": [str(ROLE)], "users": []}
    assert desk.discord.threads == {message.id: 1}
    assert desk.discord.published == {message.id: 1}


async def test_it_is_held_for_two_minutes_and_goes_out_with_the_mended_title(desk, followed):
    entry = desk.feeds.drop(FEED, "Chaptre 4")
    desk.clock.move(minutes=20)
    await desk.turn()
    desk.clock.move(minutes=1)
    await desk.turn()
    assert desk.discord.all == []
    desk.feeds.put(FEED, [*desk.feeds.entries(FEED)[:-1], replace(entry, title="Chapter 4")])
    desk.clock.move(minutes=2)
    await desk.turn()
    await desk.turn()

    assert [card["title"] for card in desk.cards()] == ["Chapter 4"]
    assert desk.discord.edits == []


async def test_a_chapter_taken_back_while_it_is_held_is_not_announced(desk, followed):
    entry = desk.feeds.drop(FEED, "Posted by mistake")
    desk.clock.move(minutes=20)
    await desk.turn()
    desk.feeds.put(FEED, desk.feeds.entries(FEED)[:-1])
    await desk.wait(hours=1)
    assert desk.discord.all == []
    desk.feeds.put(FEED, [*desk.feeds.entries(FEED), entry])
    await desk.wait(hours=1)

    assert [card["title"] for card in desk.cards()] == ["Posted by mistake"]


async def test_a_site_that_is_down_when_the_hold_ends_holds_up_nothing(desk, followed):
    desk.feeds.drop(FEED, "Chapter 4")
    desk.clock.move(minutes=20)
    await desk.turn()
    desk.feeds.error = TooSlowError("slow")
    await desk.wait(minutes=5)

    assert [card["title"] for card in desk.cards()] == ["Chapter 4"]


async def test_a_changed_title_is_edited_silently(desk, followed):
    entry = await desk.drop("Chapter 4")
    renamed = replace(entry, title="Chapter 4: Named at last")
    desk.feeds.put(FEED, [*desk.feeds.entries(FEED)[:-1], renamed])
    await desk.wait(hours=1)

    assert len(desk.discord.all) == 1
    ((_, edit),) = desk.discord.edits
    assert edit["embeds"][0]["title"] == "Chapter 4: Named at last"
    assert edit["content"].startswith(f"<@&{ROLE}>")
    assert edit["allowed_mentions"] == {"parse": []}


async def test_three_after_a_downtime_come_one_by_one(desk, followed):
    for number in (4, 5, 6):
        desk.feeds.drop(FEED, f"Chapter {number}")
    await desk.wait(hours=1)

    assert [card["title"] for card in desk.cards()] == ["Chapter 4", "Chapter 5", "Chapter 6"]


async def test_more_after_a_downtime_are_one_digest_with_one_ping(desk, followed):
    for number in range(4, 10):
        desk.feeds.drop(FEED, f"Chapter {number}", words=counted(1000))
    await desk.wait(hours=1)

    (message,) = desk.discord.messages[CHANNEL]
    assert message.body["content"] == f"<@&{ROLE}> **Red Orchestra** · 6 new chapters"
    assert "6,000 words" in text_of(message.body)
    assert all(f"Chapter {number}]" in text_of(message.body) for number in range(4, 10))
    assert desk.discord.threads == {}


async def test_a_feed_that_renames_its_chapters_is_asked_about_not_announced(desk, followed):
    entries = desk.feeds.entries(FEED)
    desk.feeds.put(FEED, [replace(each, identity=f"new-{each.identity}") for each in entries])
    for each in entries:
        assert each.published_at is not None
    desk.feeds.put(
        FEED,
        [
            replace(each, identity=f"new-{each.identity}", url=f"{each.url}?moved")
            for each in entries
        ],
    )
    await desk.wait(hours=1)

    assert desk.said() == []
    (question,) = desk.said(ADMINS)
    assert "gives 3 of its 3 chapters names that I do not know" in question
    (followed_now,) = await desk.room.following.all(GUILD)
    assert followed_now.follow.state is FollowState.ASKING


@pytest.mark.parametrize(("announce", "messages"), [(False, 0), (True, 3)])
async def test_the_admins_answer_decides_what_becomes_of_the_renamed(
    desk, followed, announce, messages
):
    entries = desk.feeds.entries(FEED)
    moved = [replace(e, identity=f"n{e.identity}", url=f"{e.url}/m") for e in entries]
    desk.feeds.put(FEED, [replace(e, published_at=e.published_at - 1) for e in moved])
    await desk.wait(hours=1)
    (asking,) = await desk.room.following.all(GUILD)

    await desk.room.following.answer(GUILD, asking.follow.id, announce=announce)
    await desk.wait(hours=1)

    assert len(desk.said()) == messages
    await desk.drop("Chapter 4: After")
    assert desk.cards()[-1]["title"] == "Chapter 4: After"


async def test_one_chapter_on_two_sites_is_one_announcement_with_two_links(desk, followed):
    other = "https://mirror.example/feed"
    for number in range(1, 4):
        desk.feeds.drop(other, f"Chapter {number}: Before")
    await desk.follow(followed, other)
    await desk.drop("Chapter 4: The Storm")
    await desk.drop("Chapter 4 – The Storm", other)
    await desk.wait(hours=1)

    assert len(desk.said()) == 1
    ((_, edit),) = desk.discord.edits
    links = [part.get("url") for part in edit["components"][0]["components"]]
    assert links == ["https://blog.example/chapter-4", "https://mirror.example/chapter-4", None]


async def test_two_sites_that_name_it_differently_do_not_take_turns(desk, followed):
    other = "https://mirror.example/feed"
    await desk.follow(followed, other)
    entry = await desk.drop("Chapter 4: The Storm")
    await desk.drop("Other words", other, link=entry.url)
    await desk.wait(hours=4)

    assert len(desk.said()) == 1
    assert {card["title"] for _, body in desk.discord.edits for card in body["embeds"]} <= {
        "Chapter 4: The Storm"
    }


async def test_a_title_that_comes_again_later_is_a_chapter_of_its_own(desk, followed):
    await desk.drop("Interlude")
    await desk.wait(days=1)
    await desk.drop("Interlude")

    assert [card["title"] for card in desk.cards()] == ["Interlude", "Interlude"]


async def test_a_side_story_rings_for_nobody_who_did_not_ask(desk, followed):
    await desk.drop("Omake: The Cat", category="omake")

    (message,) = desk.discord.messages[CHANNEL]
    assert message.body["allowed_mentions"] == {"parse": [], "roles": [], "users": []}
    assert "new (omake)" in message.body["content"]
    assert desk.heard == []


async def test_a_role_that_would_not_ring_is_not_named_and_the_admins_are_told_once(desk, followed):
    desk.premises.site = Site(True, False, False, True, ["A ping would ring for nobody."])
    await desk.drop("Chapter 4")
    await desk.drop("Chapter 5")

    assert all("<@&" not in said for said in desk.said())
    assert desk.said(ADMINS) == ["A ping would ring for nobody."]


async def test_without_the_permission_nothing_is_lost_and_it_is_sent_when_it_is_mended(
    desk, followed
):
    desk.discord.closed[CHANNEL] = "I lack Send Messages."
    await desk.drop("Chapter 4")
    await desk.drop("Chapter 5")
    assert desk.said() == []
    assert desk.said(ADMINS) == ["I lack Send Messages."]
    del desk.discord.closed[CHANNEL]

    await desk.room.following.resume(GUILD)
    await desk.wait(minutes=5)

    assert [card["title"] for card in desk.cards()] == ["Chapter 4", "Chapter 5"]
    assert len(desk.discord.threads) == 2


async def test_while_discord_has_not_told_of_its_servers_chapters_wait(desk, followed):
    desk.premises.is_ready = False
    await desk.drop("Chapter 4")
    desk.premises.is_ready, desk.premises.gone = True, {GUILD}
    await desk.wait(hours=1)
    assert desk.discord.all == []
    desk.premises.gone = set()
    await desk.wait(minutes=2)

    assert [card["title"] for card in desk.cards()] == ["Chapter 4"]


async def test_a_paused_feed_announces_nothing_and_later_everything(desk, followed):
    (each,) = await desk.room.following.all(GUILD)
    await desk.room.following.pause(GUILD, each.follow.id)
    await desk.drop("Chapter 4")
    await desk.wait(hours=5)
    assert desk.discord.all == []

    await desk.room.following.resume(GUILD, each.follow.id)
    await desk.wait(hours=1)

    assert [card["title"] for card in desk.cards()] == ["Chapter 4"]


async def test_a_feed_removed_and_added_again_repeats_nothing(desk, followed):
    await desk.drop("Chapter 4")
    (each,) = await desk.room.following.all(GUILD)
    await desk.room.following.remove(GUILD, each.follow.id)
    await desk.follow(followed)
    await desk.wait(hours=1)
    await desk.drop("Chapter 5")

    assert [card["title"] for card in desk.cards()] == ["Chapter 4", "Chapter 5"]


async def test_one_feed_is_asked_once_for_all_the_servers_that_follow_it(desk, followed):
    there = await desk.story(guild=12, channel=22, role=None)
    await desk.follow(there)
    desk.feeds.asked.clear()
    await desk.drop("Chapter 4")

    assert len(desk.said()) == len(desk.said(22)) == 1
    assert len(desk.feeds.asked) == 2  # when it was due, and once more at the end of the hold


async def test_who_joins_a_feed_reads_what_is_there_without_announcing_it(desk, followed):
    await desk.drop("Chapter 4")
    there = await desk.story(guild=12, channel=22)
    await desk.follow(there)
    await desk.wait(hours=1)
    assert desk.said(22) == []

    await desk.drop("Chapter 5")

    assert len(desk.said(22)) == 1


async def test_many_servers_are_served_some_at_a_time_each_once(desk, followed, monkeypatch):
    monkeypatch.setattr(results, "SOME", 2)
    places = range(22, 29)
    for place in places:
        await desk.follow(await desk.story(guild=place, channel=place, role=None))
    desk.feeds.counts[f"{FEED}#4"] = Words(9_000, WordSource.COUNTED)

    await desk.drop("Chapter 4")

    assert [len(desk.said(place)) for place in places] == [1] * 7
    assert all("9,000 words" in desk.cards(place)[0]["description"] for place in places)
    desk.feeds.error = TooSlowError("The site takes too long to answer.")
    await desk.wait(hours=12)
    desk.feeds.error = None
    await desk.wait(hours=12)
    assert [len(desk.said(place)) for place in places] == [3] * 7
    assert ["failed 3 times" in desk.said(place)[1] for place in places] == [True] * 7
    assert ["answers again" in desk.said(place)[2] for place in places] == [True] * 7


async def test_a_death_between_some_servers_and_the_others_loses_and_doubles_nothing(
    desk, followed, monkeypatch
):
    monkeypatch.setattr(results, "SOME", 1)
    await desk.follow(await desk.story(guild=12, channel=22, role=None))
    intake, served = Intake.take, []

    async def dies_at_the_second(*given):
        if len(served) == 1:
            served.append(None)
            raise ConnectionAbortedError
        served.append(await intake(*given))
        return served[-1]

    desk.feeds.drop(FEED, "Chapter 4")
    desk.clock.move(minutes=20)
    monkeypatch.setattr(Intake, "take", dies_at_the_second)
    with pytest.raises(ConnectionAbortedError):
        await desk.turn()
    desk.open()
    await desk.wait(hours=1)

    assert len(desk.said()) == len(desk.said(22)) == 1
    assert len(served) == 4


async def test_who_resumes_while_the_feed_is_asked_is_served_by_the_next_answer(desk, followed):
    (kept,) = await desk.room.following.all(GUILD)
    await desk.room.following.pause(GUILD, kept.follow.id)
    await desk.follow(await desk.story(guild=12, channel=22, role=None))
    await desk.drop("Chapter 4")
    read = desk.feeds.read

    async def resumed_meanwhile(*given):
        desk.feeds.read = read
        answer = await read(*given)
        assert answer.page is None
        await desk.room.following.resume(GUILD, kept.follow.id)
        return answer

    desk.feeds.read = resumed_meanwhile
    await desk.wait(minutes=25)

    assert len(desk.said()) == len(desk.said(22)) == 1


async def test_the_admins_hear_of_a_failing_feed_after_three_times_and_when_it_is_well(
    desk, followed
):
    desk.feeds.error = TooSlowError("The site takes too long to answer.")
    await desk.wait(hours=12)
    desk.feeds.error = None
    await desk.wait(hours=12)

    failing, well = desk.said(ADMINS)
    assert "failed 3 times: The site takes too long to answer." in failing
    assert "answers again" in well


async def test_a_failing_feed_that_is_removed_needs_nobody_any_more(desk, followed):
    desk.feeds.error = TooSlowError("The site takes too long to answer.")
    await desk.wait(hours=12)
    assert await problems(desk.database, GUILD)
    (kept,) = await desk.room.following.all(GUILD)

    await desk.room.following.remove(GUILD, kept.follow.id)

    assert await problems(desk.database, GUILD) == {}


async def test_without_a_channel_of_the_admins_they_are_told_where_chapters_go(desk):
    await desk.guilds.choose(GUILD, Choice.ADMIN_CHANNEL, None, ADMIN)
    await desk.guilds.choose(GUILD, Choice.CHAPTER_CHANNEL, CHANNEL, ADMIN)
    await desk.follow(await desk.story(channel=None))
    desk.feeds.error = TooSlowError("The site takes too long to answer.")

    await desk.wait(hours=12)

    assert "failed 3 times" in desk.said()[0]


async def test_words_come_from_a_count_of_ours_where_the_source_tells_none(desk, story):
    url = "https://forums.spacebattles.com/threads/red.77/"
    feed = "https://forums.spacebattles.com/threads/red.77/threadmarks.rss"
    desk.feeds.drop(feed, "One", link="https://forums.spacebattles.com/posts/1/")
    await desk.follow(story, url)
    desk.feeds.counts["forums.spacebattles.com/posts/2"] = counted(12_345)
    await desk.drop(
        "Two",
        feed,
        identity="forums.spacebattles.com/posts/2",
        link="https://forums.spacebattles.com/posts/2/",
    )

    (card,) = desk.cards()
    assert "**12,345 words, counted by me** · 54 min\n" in card["description"]


async def test_more_chapters_than_the_feed_shows_are_read_from_the_list(desk, story):
    url = "https://forums.spacebattles.com/threads/red.77/"
    feed = "https://forums.spacebattles.com/threads/red.77/threadmarks.rss"
    for number in range(5):
        desk.feeds.drop(feed, f"Old {number}")
    await desk.follow(story, url)
    for number in range(14):
        desk.feeds.drop(feed, f"New {number}")
    await desk.wait(hours=1)

    (card,) = desk.cards()
    assert card["title"] == "14 chapters, told of at once"


async def test_the_soviet_hears_of_a_chapter_with_what_it_owes(desk, followed):
    await desk.drop("Chapter 4", words=counted(7_000))

    ((event,),) = desk.heard
    assert (event.words, event.word_source, event.quota) == (7_000, "counted", 10_000)
    assert (event.guild_id, event.story_title) == (GUILD, "Red Orchestra")


async def test_the_soviet_hears_of_a_digest_as_of_one_thing_and_else_of_each_chapter(
    desk, followed
):
    for number in range(4, 7):
        desk.feeds.drop(FEED, f"Chapter {number}")
    await desk.wait(hours=1)
    for number in range(7, 12):
        desk.feeds.drop(FEED, f"Chapter {number}", category="omake" if number == 9 else None)
    await desk.wait(hours=1)

    told = [[event.chapter_title for event in together] for together in desk.heard]
    assert told == [
        ["Chapter 4"],
        ["Chapter 5"],
        ["Chapter 6"],
        ["Chapter 7", "Chapter 8", "Chapter 10", "Chapter 11"],
    ]


async def test_hostile_titles_do_nothing(desk, followed):
    title = "@everyone <@&31> [free](https://evil.example) ||`x` **bold**"
    await desk.drop(title)

    (message,) = desk.discord.messages[CHANNEL]
    assert message.body["allowed_mentions"]["parse"] == []
    content = message.body["content"]
    assert "@everyone" not in content
    assert content.count("<@&31>") == 1
    assert "[free](" not in text_of(message.body)


async def test_spoilers_are_masked_everywhere(desk):
    story = await desk.story(masked=True)
    await desk.follow(story)
    await desk.drop("Stalin dies")

    (message,) = desk.discord.messages[CHANNEL]
    assert "||Stalin dies||" in message.body["content"]
    assert message.body["embeds"][0]["title"] == "A new chapter"
    assert text_of(message.body).count("Stalin dies") == text_of(message.body).count(
        "||Stalin dies||"
    )
    rows = await desk.database.fetch_all("SELECT body FROM outbox WHERE step = 'thread'")
    assert all("Stalin" not in row["body"] for row in rows)
