"""Reading what was rendered from HTML or Markdown: dated entries where it has some, else prose."""

import re
from dataclasses import replace

from bot.canon.building.formats import prose, timeline, wikitext
from bot.canon.building.formats.html_nodes import Node
from bot.canon.building.formats.html_text import Rendered, unmarked
from bot.canon.building.formats.html_tree import MOST_ELEMENTS, TooManyElementsError, parse
from bot.canon.building.formats.model import Block, ReadDocument
from bot.canon.dates import DateSpan
from bot.errors import Fault, SeedError
from bot.language.sayings import Saying

_HEADING = re.compile(r"(#{1,6}) (.+)")
_WIKI_HEADING = re.compile(r"(={1,6})([^=]{1,200})={1,6}")
_BULLET = "• "


def tree_of(text: str, name: str) -> Node:
    """Return the HTML *text* of the document *name* as a tree.

    Raises:
        SeedError: it has more elements than any page that people read.
    """
    try:
        return parse(text)
    except TooManyElementsError as error:
        sentence = Saying(
            "This page has more than {most} elements: please save the story alone.",
            most=MOST_ELEMENTS,
        )
        raise SeedError([Fault(name, error.line, sentence)]) from None


def read_rendered(rendered: Rendered, name: str, around: DateSpan | None = None) -> ReadDocument:
    """Return *rendered* as a timeline or as prose, with the lines of the file it came from.

    *around* lends its year to dates that have none.
    """
    text = rendered.text
    if timeline.recognise_plain(text, around) > prose.BASELINE:
        document = timeline.read_plain(text, name, around)
    else:
        document = _prose(rendered)
    blocks = (_placed(block, rendered) for block in document.blocks)
    notes = tuple(
        note if note.line is None else replace(note, line=rendered.place(note.line))
        for note in document.notes
    )
    return replace(document, blocks=tuple(blocks), notes=notes)


def _placed(block: Block, rendered: Rendered) -> Block:
    mark = rendered.marks.get(block.line, "")
    heading = " · ".join(each for each in (block.heading, mark) if each)
    text = unmarked(block.text)
    return replace(block, line=rendered.place(block.line), text=text, heading=heading)


def read_wiki_prose(text: str) -> ReadDocument:
    """Return the paragraphs of a page of a wiki, from its source, under their headings."""
    lines = wikitext.plain(text).replace(wikitext.GONE, "").split("\n")
    shown = []
    for line in lines:
        found = _WIKI_HEADING.fullmatch(line.strip())
        words = unmarked(line.lstrip("*#:;| "))
        shown.append(words if found is None else f"{'#' * len(found[1])} {found[2].strip()}")
    return _prose(Rendered(tuple(shown), tuple(range(1, len(shown) + 1))))


def _prose(rendered: Rendered) -> ReadDocument:
    """Return every line as a paragraph under its heading; the first heading of all is the title."""
    title = heading = ""
    blocks: list[Block] = []
    for number, line in enumerate(rendered.lines, 1):
        found = _HEADING.fullmatch(line)
        if found is not None and not title and not blocks:
            title = found[2]
        elif found is not None:
            heading = found[2]
        elif words := line.strip().removeprefix(_BULLET).strip("| "):
            blocks.append(Block(words, number, heading=heading))
    return ReadDocument("prose", title, tuple(blocks), ())
