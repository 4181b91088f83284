"""How far people have read: kept, and the only thing that decides what they are shown."""

import pytest

from bot.canon.works import NoSuchWorkError
from bot.progress.service import (
    Asker,
    ChannelId,
    NoChaptersError,
    NoSuchChapterError,
)

VERA, ANATOL = 111111111111111111, 222222222222222222
LOUNGE = ChannelId(333333333333333333, 444444444444444444)
SPOILERS = ChannelId(555555555555555555, 444444444444444444)


def told(view, services):
    """Return work → ceiling of a view's stories."""
    works = services.library.works
    return {works[number].slug: ceiling for number, ceiling in view.scope.works}


async def test_who_has_said_nothing_sees_the_beginning(chaptered):
    view = await chaptered.progress.view(Asker(VERA, None))

    assert told(view, chaptered) == {"the-serial": 1}


async def test_a_reader_sees_as_far_as_they_have_read(chaptered):
    await chaptered.progress.set(VERA, None, "the-serial", 3)

    assert told(await chaptered.progress.view(Asker(VERA, None)), chaptered) == {"the-serial": 3}
    assert told(await chaptered.progress.view(Asker(ANATOL, None)), chaptered) == {"the-serial": 1}


async def test_in_public_the_lower_of_reader_and_channel_counts(chaptered):
    await chaptered.progress.set(VERA, None, "the-serial", 4)
    await chaptered.progress.set(VERA, LOUNGE, "the-serial", 2)
    await chaptered.progress.set(VERA, SPOILERS, "the-serial", 5)

    for channel, ceiling in ((LOUNGE.id, 2), (SPOILERS.id, 4), (None, 4)):
        view = await chaptered.progress.view(Asker(VERA, channel))
        assert told(view, chaptered) == {"the-serial": ceiling}


async def test_a_channel_never_raises_what_its_readers_see(chaptered):
    await chaptered.progress.set(VERA, SPOILERS, "the-serial", 5)

    view = await chaptered.progress.view(Asker(ANATOL, SPOILERS.id))

    assert told(view, chaptered) == {"the-serial": 1}


async def test_zero_forgets(chaptered):
    await chaptered.progress.set(VERA, None, "the-serial", 4)
    await chaptered.progress.set(VERA, LOUNGE, "the-serial", 2)

    await chaptered.progress.set(VERA, None, "the-serial", 0)
    await chaptered.progress.set(VERA, LOUNGE, "the-serial", 0)

    standing = (await chaptered.progress.standings(Asker(VERA, LOUNGE.id)))[0]
    assert (standing.chapter, standing.is_set, standing.channel) == (1, False, None)


async def test_a_later_chapter_replaces_an_earlier_one(chaptered):
    for chapter in (4, 2):
        await chaptered.progress.set(VERA, None, "The Serial", chapter)

    standing = (await chaptered.progress.standings(Asker(VERA, None)))[0]
    assert (standing.work.title, standing.chapter) == ("The Serial", 2)


@pytest.mark.parametrize("chapter", [-1, 6, 10**12])
async def test_a_chapter_that_is_not_there_is_refused(chaptered, chapter):
    with pytest.raises(NoSuchChapterError, match="no chapter"):
        await chaptered.progress.set(VERA, None, "the-serial", chapter)


async def test_what_has_no_chapters_has_nothing_to_hide(chaptered):
    with pytest.raises(NoChaptersError):
        await chaptered.progress.set(VERA, None, "history", 1)
    with pytest.raises(NoSuchWorkError):
        await chaptered.progress.set(VERA, None, "no such story", 1)


async def test_a_forgotten_reader_has_left_no_trace(chaptered, repository):
    await chaptered.progress.set(VERA, None, "the-serial", 4)
    await chaptered.progress.set(ANATOL, None, "the-serial", 2)

    await repository.forget(VERA)

    assert (await repository.ceilings(VERA, None)).reader == {}
    assert (await repository.ceilings(ANATOL, None)).reader == {"the-serial": 2}
