"""Announcements as Discord's JSON: cards, digests, threads, pings. Pure; implements `Composer`.

Kept as JSON in the outbox, so nothing of discord.py is used. What is pinged is named in full by
`allowed_mentions`; text of feeds and readers is shown as it is and does nothing.
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from bot.chapters.announcing.composer import Card, Pings
from bot.chapters.announcing.models import Chapter
from bot.chapters.stories.models import Story
from bot.chapters.subscribing.models import Subscription
from bot.language.speech import say, say_many
from bot.ui.chapter_words import (
    address_in_link,
    byline,
    counted,
    fitting_lines,
    head_of,
    lines_of,
    linked,
    reading_time,
    short,
    title_of,
)
from bot.ui.text import plain
from bot.ui.theme import AUTHOR, BUTTON, DESCRIPTION, RED, TITLE, clip

Json = dict[str, Any]

_ROW, _BUTTON, _GREY, _LINK = 1, 2, 2, 5
_LONGEST_LINK = 512
_LINKS = 4
_THREAD_NAME = 100
_THREE_DAYS = 4320
_SHOWN_IN_DIGEST = 25


class ChapterComposer:
    """Makes the posts of chapters."""

    def card(self, card: Card, pings: Pings) -> Json:
        """Return the announcement of one chapter."""
        story, chapter = card.story, card.chapter
        shown = title_of(story, chapter)
        embed = {
            "title": clip(shown if not story.masked else say("A new chapter"), TITLE),
            "url": chapter.url,
            "color": RED,
            "author": {"name": clip(byline(story), AUTHOR)},
            "description": clip("\n".join(lines_of(card)), DESCRIPTION),
        }
        return {
            **_content(head_of(story, chapter, shown), pings),
            "embeds": [embed],
            "components": [_buttons(card.links, story, chapter)],
        }

    def digest(self, cards: Sequence[Card], pings: Pings) -> Json:
        """Return the announcement of several chapters of one story at once."""
        story, last = cards[0].story, cards[-1]
        lines = [linked(story, card.chapter) for card in cards[-_SHOWN_IN_DIGEST:]]
        if len(cards) > _SHOWN_IN_DIGEST:
            earlier = len(cards) - _SHOWN_IN_DIGEST
            said = say_many("{number} earlier one, and", "{number} earlier ones, and", earlier)
            lines.insert(0, f"-# {said}")
        words = [card.chapter.words.count for card in cards if card.chapter.words is not None]
        if words:
            lines.append(
                say_many(
                    "{number} word in all that is counted",
                    "{number} words in all that is counted",
                    sum(words),
                )
            )
        embed = {
            "title": say_many(
                "{number} chapter, told of at once",
                "{number} chapters, told of at once",
                len(cards),
            ),
            "url": last.chapter.url,
            "color": RED,
            "author": {"name": clip(byline(story), AUTHOR)},
            "description": fitting_lines(lines),
        }
        head = say_many(
            "**{story}** · {number} new chapter",
            "**{story}** · {number} new chapters",
            len(cards),
            story=short(story.title),
        )
        return {
            **_content(head, pings),
            "embeds": [embed],
            "components": [
                _buttons([last.chapter.url], story, last.chapter, say("Read the newest"))
            ],
        }

    def marker(self, chapter: Chapter) -> str:
        """Return the id of the Subscribe button: it is on no other message."""
        return f"cs:{chapter.story_id}:{chapter.id}"

    def thread(self, card: Card) -> Json:
        """Return the thread to talk in; a masked title is not in its name."""
        story, chapter = card.story, card.chapter
        place = say("chapter {number}", number=chapter.place)
        about = place if story.masked else chapter.title
        name = " ".join(plain(f"{story.title}: {about}").split())
        return {"name": clip(name, _THREAD_NAME), "auto_archive_duration": _THREE_DAYS}

    def ping(self, story: Story, readers: Sequence[int]) -> Json:
        """Return the message that names *readers* under an announcement."""
        named = " ".join(f"<@{reader}>" for reader in readers)
        return {
            "content": f"{named}\n-# {short(story.title, 60)}",
            "allowed_mentions": _allowed(Pings(None, readers)),
            "message_reference": {"fail_if_not_exists": False},
        }

    def question(self, story: Story, follow_id: int, moved: int, told: int) -> Json:
        """Return what the admins are asked when a feed gives its chapters other names."""
        text = say(
            "The feed of **{story}** gives {moved} of its {told} chapters names that I do not "
            "know, though they look like chapters I know: it may have moved. Nothing was "
            "announced, and nothing is until you say which it is.",
            story=short(story.title),
            moved=moved,
            told=told,
        )
        known = _button(say("They are known: go on silently"), f"cq:{follow_id}:known")
        new = _button(say("They are new: announce them"), f"cq:{follow_id}:new")
        return {
            "content": text,
            "components": [{"type": _ROW, "components": [known, new]}],
            "allowed_mentions": {"parse": []},
        }

    def weekly(self, chapters: Sequence[tuple[Subscription, Chapter]]) -> Json:
        """Return the private message that tells a reader of their week."""
        lines: list[str] = []
        story = None
        for wanted, chapter in chapters:
            if wanted.story_id != story:
                story = wanted.story_id
                lines.append(f"**{short(wanted.story_title)}**")
            lines.append(
                f"- [{short(chapter.title)}]({address_in_link(chapter.url)}){counted(chapter)}"
            )
        words = sum(chapter.words.count for _, chapter in chapters if chapter.words is not None)
        many = say_many("{number} chapter", "{number} chapters", len(chapters))
        return {
            "content": say(
                "Your week: {chapters}, {words}, about {time}.",
                chapters=many,
                words=say_many("{number} word", "{number} words", words),
                time=reading_time(words),
            )
            if words
            else say("Your week: {chapters}.", chapters=many),
            "embeds": [{"color": RED, "description": fitting_lines(lines)}],
            "allowed_mentions": {"parse": []},
        }


def _content(head: str, pings: Pings) -> Json:
    lines = [f"<@&{pings.role_id}> {head}" if pings.role_id else head]
    if pings.readers:
        lines.append("-# " + " ".join(f"<@{reader}>" for reader in pings.readers))
    return {"content": "\n".join(lines), "allowed_mentions": _allowed(pings)}


def _allowed(pings: Pings) -> Json:
    return {
        "parse": [],
        "roles": [str(pings.role_id)] if pings.role_id else [],
        "users": [str(reader) for reader in pings.readers],
    }


def _buttons(
    links: Sequence[str], story: Story, chapter: Chapter, label: str | None = None
) -> Json:
    fitting = [link for link in links if len(link) <= _LONGEST_LINK][:_LINKS]
    several = len(fitting) > 1
    buttons: list[Json] = [
        {
            "type": _BUTTON,
            "style": _LINK,
            "label": clip(_read_on(link) if several else label or say("Read"), BUTTON),
            "url": link,
        }
        for link in fitting
    ]
    buttons.append(_button(say("Subscribe"), f"cs:{story.id}:{chapter.id}"))
    return {"type": _ROW, "components": buttons}


def _button(label: str, custom_id: str) -> Json:
    return {"type": _BUTTON, "style": _GREY, "label": label, "custom_id": custom_id}


def _read_on(link: str) -> str:
    host = (urlsplit(link).hostname or say("the site")).removeprefix("www.")
    return say("Read on {host}", host=host)
