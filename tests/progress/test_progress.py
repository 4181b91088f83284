"""How far people have read: kept, and the only thing that decides what they are shown."""

import pytest

from bot.canon.works import NoSuchWorkError
from bot.progress.service import (
    Asker,
    ChannelId,
    NoChaptersError,
    NoSuchChapterError,
)

pytestmark = pytest.mark.usefixtures("place")

VERA, ANATOL = 111111111111111111, 222222222222222222
LOUNGE = ChannelId(333333333333333333, 444444444444444444)
SPOILERS = ChannelId(555555555555555555, 444444444444444444)


def told(view, library):
    """Return work → ceiling of a view's stories."""
    works = library.works
    return {works[number].slug: ceiling for number, ceiling in view.scope.works}


async def test_who_has_said_nothing_sees_the_beginning(chaptered, library):
    view = await chaptered.progress.view(library, Asker(VERA, None))

    assert told(view, library) == {"the-serial": 1}


async def test_a_reader_sees_as_far_as_they_have_read(chaptered, library):
    await chaptered.progress.set(library, VERA, None, "the-serial", 3)

    assert told(await chaptered.progress.view(library, Asker(VERA, None)), library) == {
        "the-serial": 3
    }
    assert told(await chaptered.progress.view(library, Asker(ANATOL, None)), library) == {
        "the-serial": 1
    }


async def test_in_public_the_lower_of_reader_and_channel_counts(chaptered, library):
    await chaptered.progress.set(library, VERA, None, "the-serial", 4)
    await chaptered.progress.set(library, VERA, LOUNGE, "the-serial", 2)
    await chaptered.progress.set(library, VERA, SPOILERS, "the-serial", 5)

    for channel, ceiling in ((LOUNGE.id, 2), (SPOILERS.id, 4), (None, 4)):
        view = await chaptered.progress.view(library, Asker(VERA, channel))
        assert told(view, library) == {"the-serial": ceiling}


async def test_a_channel_never_raises_what_its_readers_see(chaptered, library):
    await chaptered.progress.set(library, VERA, SPOILERS, "the-serial", 5)

    view = await chaptered.progress.view(library, Asker(ANATOL, SPOILERS.id))

    assert told(view, library) == {"the-serial": 1}


async def test_zero_forgets(chaptered, library):
    await chaptered.progress.set(library, VERA, None, "the-serial", 4)
    await chaptered.progress.set(library, VERA, LOUNGE, "the-serial", 2)

    await chaptered.progress.set(library, VERA, None, "the-serial", 0)
    await chaptered.progress.set(library, VERA, LOUNGE, "the-serial", 0)

    standing = (await chaptered.progress.standings(library, Asker(VERA, LOUNGE.id)))[0]
    assert (standing.chapter, standing.is_set, standing.channel) == (1, False, None)


async def test_a_later_chapter_replaces_an_earlier_one(chaptered, library):
    for chapter in (4, 2):
        await chaptered.progress.set(library, VERA, None, "The Serial", chapter)

    standing = (await chaptered.progress.standings(library, Asker(VERA, None)))[0]
    assert (standing.work.title, standing.chapter) == ("The Serial", 2)


@pytest.mark.parametrize("chapter", [-1, 6, 10**12])
async def test_a_chapter_that_is_not_there_is_refused(chaptered, library, chapter):
    with pytest.raises(NoSuchChapterError, match="no chapter"):
        await chaptered.progress.set(library, VERA, None, "the-serial", chapter)


async def test_what_has_no_chapters_has_nothing_to_hide(chaptered, library):
    with pytest.raises(NoChaptersError):
        await chaptered.progress.set(library, VERA, None, "history", 1)
    with pytest.raises(NoSuchWorkError):
        await chaptered.progress.set(library, VERA, None, "no such story", 1)


async def test_a_forgotten_reader_has_left_no_trace(chaptered, library, repository):
    await chaptered.progress.set(library, VERA, None, "the-serial", 4)
    await chaptered.progress.set(library, ANATOL, None, "the-serial", 2)

    await repository.forget(VERA)

    assert (await repository.ceilings(VERA, None)).reader == {}
    assert (await repository.ceilings(ANATOL, None)).reader == {"the-serial": 2}
