"""Announcements as Discord's JSON: cards, digests, threads, pings. Pure; implements `Composer`.

Kept as JSON in the outbox, so nothing of discord.py is used. What is pinged is named in full by
`allowed_mentions`; text of feeds and readers is shown as it is and does nothing.
"""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from bot.chapters.announcing.composer import Card, Pings
from bot.chapters.announcing.figures import LONG, Figures
from bot.chapters.announcing.models import Chapter
from bot.chapters.entries import Words, WordSource
from bot.chapters.stories.models import Story
from bot.chapters.subscribing.models import Subscription
from bot.language.speech import mark, say, say_many, say_number
from bot.ui.text import plain, safe_inline, safe_line
from bot.ui.theme import AUTHOR, BUTTON, DESCRIPTION, RED, TITLE, clip

Json = dict[str, Any]

_ROW, _BUTTON, _GREY, _LINK = 1, 2, 2, 5
_LONGEST_LINK = 512
_LINKS = 4
_THREAD_NAME = 100
_THREE_DAYS = 4320
_BAR = 10
_SHOWN_IN_DIGEST = 25
_CONTENT_TITLE = 200

_COUNTED_BY = {
    WordSource.COUNTED: mark("{words}, counted by me"),
    WordSource.LISTED: mark("{words}, by the site’s count"),
    WordSource.ANNOUNCED: mark("{words}, by the announcer’s count"),
}


class ChapterComposer:
    """Makes the posts of chapters."""

    def card(self, card: Card, pings: Pings) -> Json:
        """Return the announcement of one chapter."""
        story, chapter = card.story, card.chapter
        shown = _title(story, chapter)
        embed = {
            "title": clip(shown if not story.masked else say("A new chapter"), TITLE),
            "url": chapter.url,
            "color": RED,
            "author": {"name": clip(_byline(story), AUTHOR)},
            "description": clip("\n".join(_lines(card)), DESCRIPTION),
        }
        return {
            **_content(_head(story, chapter, shown), pings),
            "embeds": [embed],
            "components": [_buttons(card.links, story, chapter)],
        }

    def digest(self, cards: Sequence[Card], pings: Pings) -> Json:
        """Return the announcement of several chapters of one story at once."""
        story, last = cards[0].story, cards[-1]
        lines = [_linked(story, card.chapter) for card in cards[-_SHOWN_IN_DIGEST:]]
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
            "author": {"name": clip(_byline(story), AUTHOR)},
            "description": _fitted(lines),
        }
        head = say_many(
            "**{story}** · {number} new chapter",
            "**{story}** · {number} new chapters",
            len(cards),
            story=_short(story.title),
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
            "content": f"{named}\n-# {_short(story.title, 60)}",
            "allowed_mentions": _allowed(Pings(None, readers)),
            "message_reference": {"fail_if_not_exists": False},
        }

    def question(self, story: Story, follow_id: int, moved: int, told: int) -> Json:
        """Return what the admins are asked when a feed gives its chapters other names."""
        text = say(
            "The feed of **{story}** gives {moved} of its {told} chapters names that I do not "
            "know, though they look like chapters I know: it may have moved. Nothing was "
            "announced, and nothing is until you say which it is.",
            story=_short(story.title),
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
                lines.append(f"**{_short(wanted.story_title)}**")
            lines.append(f"- [{_short(chapter.title)}]({_address(chapter.url)}){_few(chapter)}")
        words = sum(chapter.words.count for _, chapter in chapters if chapter.words is not None)
        many = say_many("{number} chapter", "{number} chapters", len(chapters))
        return {
            "content": say(
                "Your week: {chapters}, {words}, about {time}.",
                chapters=many,
                words=say_many("{number} word", "{number} words", words),
                time=_reading(words),
            )
            if words
            else say("Your week: {chapters}.", chapters=many),
            "embeds": [{"color": RED, "description": _fitted(lines)}],
            "allowed_mentions": {"parse": []},
        }


def words_line(words: Words | None) -> str:
    """Return how many words a chapter has and who counted them."""
    if words is None:
        return say("Nobody has counted its words")
    return say(_COUNTED_BY[words.source], words=words_many(words))


def words_many(words: Words) -> str:
    """Return how many words there are, whoever counted them."""
    if words.rounded:
        return say_many("about {number} word", "about {number} words", words.count)
    return say_many("{number} word", "{number} words", words.count)


def _lines(card: Card) -> list[str]:
    """Return what a card says below its title."""
    story, chapter, told = card.story, card.chapter, card.figures
    lines = [f"||{safe_inline(chapter.title)}||"] if story.masked else []
    if chapter.summary:
        summary = safe_line(chapter.summary)
        lines.append(f"||{summary}||" if story.masked else summary)
    minutes = f" · {_reading(chapter.words.count)}" if chapter.words else ""
    lines.append(f"**{words_line(chapter.words)}**{minutes}")
    if chapter.words is not None and story.quota and chapter.is_main:
        lines.append(_bar(chapter.words.count, story.quota))
    if told.total is not None and told.total != (chapter.words.count if chapter.words else 0):
        lines.append(
            say_many("At least {number} word so far", "At least {number} words so far", told.total)
            if told.at_least
            else say_many("{number} word so far", "{number} words so far", told.total)
        )
    lines += [f"-# {note[0].upper()}{note[1:]}" for note in _notes(told)]
    return lines


def _notes(told: Figures) -> Iterator[str]:
    if told.first_long:
        yield say("the first chapter over {words} words", words=say_number(LONG))
    elif told.longest:
        yield say("the longest yet")
    if told.milestone:
        yield say("the story has passed {words} words", words=say_number(told.milestone))
    if told.away:
        yield say_many(
            "back after {number} day; welcome back",
            "back after {number} days; welcome back",
            told.away,
        )
    elif told.rhythm is not None:
        yield str(told.rhythm)


def _bar(words: int, quota: int) -> str:
    full = min(_BAR, words * _BAR // quota)
    share = say(
        "{percent} % of the quota ({quota})",
        percent=words * 100 // quota,
        quota=say_number(quota),
    )
    return f"{'▰' * full}{'▱' * (_BAR - full)} {share}"


def _reading(words: int) -> str:
    minutes = max(1, round(words / 230))
    if minutes < 100:
        return say("{minutes} min", minutes=minutes)
    return say("{hours} h {minutes} min", hours=minutes // 60, minutes=f"{minutes % 60:02d}")


def and_more(number: int) -> str:
    """Return the line under a list that says how much of it is left out."""
    left = say_many("and {number} more", "and {number} more", number)
    return f"-# {left}"


def _few(chapter: Chapter) -> str:
    if chapter.words is None:
        return ""
    words = say_many("{number} word", "{number} words", chapter.words.count)
    return f" · {words}"


def _linked(story: Story, chapter: Chapter) -> str:
    link = f"[{_short(chapter.title)}]({_address(chapter.url)})"
    return f"- {f'||{link}||' if story.masked else link}{_few(chapter)}"


def _address(url: str) -> str:
    """Return *url* so that no part of it ends the link it stands in."""
    return quote(url, safe="%/:=&?~#+!$,;'@*-._[]")


def _title(story: Story, chapter: Chapter) -> str:
    # Shortened before it is masked: a spoiler whose end is cut off would be open.
    title = _short(chapter.title, _CONTENT_TITLE)
    return f"||{title}||" if story.masked else title


def _short(text: str, most: int = 120) -> str:
    return safe_inline(clip(" ".join(text.split()), most))


def _byline(story: Story) -> str:
    author = f" · {story.author}" if story.author else ""
    return " ".join(plain(f"{story.title}{author}").split())


def _head(story: Story, chapter: Chapter, shown: str) -> str:
    named = _short(story.title)
    if chapter.is_main:
        return say("**{story}** · a new chapter: {title}", story=named, title=shown)
    kind = safe_inline(str(chapter.category))
    return say("**{story}** · new ({kind}): {title}", story=named, kind=kind, title=shown)


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


def _fitted(lines: Sequence[str]) -> str:
    """Return as many whole *lines* as a description holds."""
    kept: list[str] = []
    for line in lines:
        if sum(len(each) + 1 for each in kept) + len(line) > DESCRIPTION - 40:
            kept.append(and_more(len(lines) - len(kept)))
            break
        kept.append(line)
    return "\n".join(kept)
