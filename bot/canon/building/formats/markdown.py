"""Markdown, with or without front matter: its headings, lists and tables as any timeline's.

Only the blocks of CommonMark are parsed (markdown-it-py), and tables; what stands within a line is
tidied here, in linear time, for these documents come from anybody.
"""

import re
from dataclasses import replace

from markdown_it import MarkdownIt

from bot.canon.building.formats.front_matter import FrontMatter, split
from bot.canon.building.formats.html_text import Rendered
from bot.canon.building.formats.markdown_lines import Writer, inline
from bot.canon.building.formats.model import Block, Format, ReadDocument
from bot.canon.building.formats.rendered import read_rendered
from bot.canon.models import Tier

_NAME = re.compile(r"\.(?:md|markdown|mdown|mkd)$", re.IGNORECASE)


def is_markdown(text: str, name: str) -> bool:
    """Tell whether the document is called so, or begins with front matter."""
    return _NAME.search(name) is not None or split(text, name, strict=False) is not None


def read(text: str, name: str) -> ReadDocument:
    """Return the document: dated entries where it has some, else its paragraphs.

    Raises:
        SeedError: its front matter cannot be read, or says what cannot be.
    """
    front = split(text, name, strict=True) or FrontMatter(body=text)
    rendered = _rendered(front.body, front.lines)
    document = read_rendered(rendered, name, front.span)
    title = front.title or document.title
    blocks = document.blocks
    dated = any(block.span is not None for block in blocks)
    if front.span is not None and not dated and blocks:
        first = replace(blocks[0], span=front.span, written=front.written, title=title[:100])
        blocks = (first, *(replace(block, heading=block.heading or title) for block in blocks[1:]))
    return ReadDocument(
        "markdown",
        title,
        tuple(_tidied(block) for block in blocks),
        document.notes,
        chapter=front.chapter,
        tier=front.tier or (Tier.TIMELINE if dated and not front.chapter else None),
    )


def _tidied(block: Block) -> Block:
    return replace(block, heading=inline(block.heading), title=inline(block.title))


def _rendered(text: str, above: int) -> Rendered:
    """Return the blocks of *text*, which has *above* lines of the file above it."""
    parser = MarkdownIt("commonmark", {"maxNesting": 20}).enable("table")
    parser.disable(["inline", "text_join"], ignoreInvalid=True)
    writer = Writer(above)
    writer.write(parser.parse(text))
    return Rendered(tuple(writer.lines), tuple(writer.places))


MARKDOWN = Format("markdown", lambda text: float(is_markdown(text, "")), read)
