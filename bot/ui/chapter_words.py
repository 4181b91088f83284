"""What is said of a chapter: its words and time, its quota, its title and its link. Pure."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

import discord

from bot.chapters.announcing.composer import Card
from bot.chapters.announcing.figures import LONG, Figures
from bot.chapters.announcing.models import Chapter
from bot.chapters.entries import Words, WordSource
from bot.chapters.stories.models import Story
from bot.clock import Instant
from bot.language.speech import mark, say, say_many, say_number
from bot.ui.text import plain, safe_inline, safe_line
from bot.ui.theme import DESCRIPTION, GREY, RED, clip

_BAR = 10
_CONTENT_TITLE = 200
_COUNTED_BY = {
    WordSource.COUNTED: mark("{words}, counted by me"),
    WordSource.LISTED: mark("{words}, by the site’s count"),
    WordSource.ANNOUNCED: mark("{words}, by the announcer’s count"),
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


def lines_of(card: Card) -> list[str]:
    """Return what a card says below its title."""
    story, chapter, told = card.story, card.chapter, card.figures
    lines = [f"||{safe_inline(chapter.title)}||"] if story.masked else []
    if chapter.summary:
        summary = safe_line(chapter.summary)
        lines.append(f"||{summary}||" if story.masked else summary)
    minutes = f" · {reading_time(chapter.words.count)}" if chapter.words else ""
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


def reading_time(words: int) -> str:
    """Return how long reading so many words takes."""
    minutes = max(1, round(words / 230))
    if minutes < 100:
        return say("{minutes} min", minutes=minutes)
    return say("{hours} h {minutes} min", hours=minutes // 60, minutes=f"{minutes % 60:02d}")


def and_more(number: int) -> str:
    """Return the line under a list that says how much of it is left out."""
    left = say_many("and {number} more", "and {number} more", number)
    return f"-# {left}"


def counted(chapter: Chapter) -> str:
    """Return what stands behind a title in a list: its words, where anybody counted them."""
    if chapter.words is None:
        return ""
    words = say_many("{number} word", "{number} words", chapter.words.count)
    return f" · {words}"


def linked(story: Story, chapter: Chapter) -> str:
    """Return a chapter as a line of a list, with its link."""
    link = f"[{short(chapter.title)}]({address_in_link(chapter.url)})"
    return f"- {f'||{link}||' if story.masked else link}{counted(chapter)}"


def address_in_link(url: str) -> str:
    """Return *url* so that no part of it ends the link it stands in."""
    return quote(url, safe="%/:=&?~#+!$,;'@*-._[]")


def title_of(story: Story, chapter: Chapter) -> str:
    """Return the title of a chapter, behind a spoiler where the story wants that."""
    # Shortened before it is masked: a spoiler whose end is cut off would be open.
    title = short(chapter.title, _CONTENT_TITLE)
    return f"||{title}||" if story.masked else title


def short(text: str, most: int = 120) -> str:
    """Return *text* made safe, in one short line."""
    return safe_inline(clip(" ".join(text.split()), most))


def byline(story: Story) -> str:
    """Return a story and its author."""
    author = f" · {story.author}" if story.author else ""
    return " ".join(plain(f"{story.title}{author}").split())


def head_of(story: Story, chapter: Chapter, shown: str) -> str:
    """Return the line above a card; *shown*: the title as it may be shown."""
    named = short(story.title)
    if chapter.is_main:
        return say("**{story}** · a new chapter: {title}", story=named, title=shown)
    kind = safe_inline(str(chapter.category))
    return say("**{story}** · new ({kind}): {title}", story=named, kind=kind, title=shown)


def fitting_lines(lines: Sequence[str]) -> str:
    """Return as many whole *lines* as a description holds."""
    kept: list[str] = []
    for line in lines:
        if sum(len(each) + 1 for each in kept) + len(line) > DESCRIPTION - 40:
            kept.append(and_more(len(lines) - len(kept)))
            break
        kept.append(line)
    return "\n".join(kept)


def ago(at: Instant | None) -> str:
    """Return *at* as every reader's client tells it: “2 minutes ago”."""
    return say("never") if at is None else f"<t:{at // 1000}:R>"


def listing(title: str, lines: Sequence[str], nothing: str) -> discord.Embed:
    """Return as many whole *lines* as fit under *title*, or that there is *nothing*."""
    shown = fitting_lines(lines)
    return discord.Embed(title=title, description=shown or nothing, colour=RED if shown else GREY)
