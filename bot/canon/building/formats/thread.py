"""A page of a forum thread saved as text: chapters among what their readers wrote.

A chapter is a run of long paragraphs under a title line; what people say about it is short. Each
keeps its own tier, so that a reader's guess never answers as canon; where it is not clear which
of the two a text is, it is a comment.
"""

import re

from bot.canon.building.formats.model import Block, Format, ReadDocument
from bot.canon.building.formats.thread_chapters import find_chapter
from bot.canon.building.formats.thread_lines import EXPAND, LAST_EDITED, SAID
from bot.canon.building.formats.thread_posts import Paragraph, posts_of
from bot.canon.models import Tier
from bot.errors import Fault
from bot.language.sayings import Saying

_LINES = re.MULTILINE | re.IGNORECASE
_SIGNS = (
    (re.compile(rf"^[ \t]*{LAST_EDITED}:?[^\n]{{0,60}}$", _LINES), 0.45, 0.2),
    (re.compile(rf"^[ \t]*{EXPAND}(?:\.\.\.|…)?[ \t]*$", _LINES), 0.45, 0.2),
    (re.compile(rf"^[^\n]{{1,60}} {SAID}:[ \t]*[↑⬆]?[ \t]*$", re.MULTILINE), 0.2, 0.1),
    (re.compile(r"^[ \t]*Reactions:[^\n]{0,70}$", re.MULTILINE), 0.3, 0.2),
    (re.compile(r"^[ \t]*#\d[\d,]*[ \t]*$", re.MULTILINE), 0.2, 0.2),
    (re.compile(r"^[ \t]*(?:Like|Reply|Report|Add bookmark)[ \t]*$", re.MULTILINE), 0.2, 0.2),
    (re.compile(r"^[ \t]*(?:Joined|Messages)\b[^\n]{0,30}$", re.MULTILINE), 0.1, 0.2),
    (re.compile(r"^[^\n]{1,80}\.(?:jpe?g|png|gif|webp)[ \t]*$", re.MULTILINE), 0.15, 0.0),
    (re.compile(r"^([^\n]{60,600})\n+\1$", re.MULTILINE), 0.15, 0.1),
)


def recognise(text: str) -> float:
    """Return how many signs of a forum *text* bears; one of a kind alone proves nothing."""
    score = 0.0
    for pattern, once, again in _SIGNS:
        found = pattern.finditer(text)
        if next(found, None) is not None:
            score += once + (again if next(found, None) is not None else 0.0)
    return min(score, 1.0)


def read(text: str, name: str) -> ReadDocument:
    """Return chapters and comments in the order in which they stand, each thing said once."""
    blocks: list[Block] = []
    notes: list[Fault] = []
    titles: list[str] = []
    for post in posts_of(text):
        chapter = find_chapter(post)
        if chapter is None:
            blocks += map(_comment, post.paragraphs)
            continue
        if chapter.title:
            titles.append(chapter.title)
        else:
            line = post.paragraphs[chapter.start].line
            notes.append(
                Fault(name, line, Saying("The chapter that begins here has no title line."))
            )
        blocks += map(_comment, post.paragraphs[: chapter.title_at])
        blocks += (
            _comment(one)
            if one.quoted
            else Block(one.text, one.line, Tier.CHAPTER, heading=chapter.title, author=one.author)
            for one in post.paragraphs[chapter.start : chapter.end]
        )
        blocks += map(_comment, post.paragraphs[chapter.end :])
    if not any(block.tier is Tier.CHAPTER for block in blocks):
        notes.append(
            Fault(name, None, Saying("No chapter was found here: all of it is kept as comments."))
        )
    return ReadDocument("thread", titles[0] if titles else "", tuple(blocks), tuple(notes))


def _comment(paragraph: Paragraph) -> Block:
    return Block(paragraph.text, paragraph.line, Tier.COMMENT, author=paragraph.author)


THREAD = Format("thread", recognise, read)
