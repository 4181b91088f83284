"""Which part of a post is a chapter, and which is what readers say.

Measured in words, for a page saved as text says nothing of who wrote what. In doubt it is none: a
chapter among the comments is missed, a guess among the chapters is believed.
"""

from dataclasses import dataclass

from bot.canon.building.formats.prose import looks_like_title
from bot.canon.building.formats.thread_posts import Paragraph, Post

_LONG = 120
"""A paragraph of so many words is a chapter's rather than a comment's."""
_CHAPTER = 400
"""So many in one long paragraph (or two long ones) make a chapter under a title line."""
_UNTITLED = 800
"""So many make one without a title line, or of short paragraphs in one post under a title."""
_WHOLE_POST = 1500
"""So many in one post make one whatever they look like."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """Where in a post its chapter stands: *start* up to *end*, its title line at *title_at*."""

    title: str
    title_at: int
    start: int
    end: int


def find_chapter(post: Post) -> Chapter | None:
    """Return the chapter in *post*, None if there is none for certain."""
    paragraphs = post.paragraphs
    longs = [at for at, one in enumerate(paragraphs) if one.words >= _LONG and not one.quoted]
    # Readers may go on below the last long paragraph where no mark tells a post's end.
    end = len(paragraphs) if post.begins or post.ends else longs[-1] + 1 if longs else 0
    words = sum(paragraphs[at].words for at in longs)
    untitled = words >= _UNTITLED
    for count, at in enumerate(longs):
        enough = words >= _CHAPTER or len(longs) - count > 1
        if at > 0 and enough and _is_title(paragraphs[at - 1]):
            return Chapter(paragraphs[at - 1].text, at - 1, at, end)
        words -= paragraphs[at].words
    if post.begins and (whole := _whole_post(paragraphs)) is not None:
        return whole
    return Chapter("", longs[0], longs[0], end) if untitled else None


def _whole_post(paragraphs: list[Paragraph]) -> Chapter | None:
    words = sum(one.words for one in paragraphs if not one.quoted)
    if words >= _UNTITLED and _is_title(paragraphs[0]):
        return Chapter(paragraphs[0].text, 0, 1, len(paragraphs))
    return Chapter("", 0, 0, len(paragraphs)) if words >= _WHOLE_POST else None


def _is_title(paragraph: Paragraph) -> bool:
    alone = paragraph.stands_alone and not paragraph.quoted
    return alone and looks_like_title(paragraph.text)
