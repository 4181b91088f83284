"""The formats documents are read from; a new one is a module here and a line in `FORMATS`."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.canon.building.formats.html_page import HTML, is_html
from bot.canon.building.formats.markdown import MARKDOWN, is_markdown
from bot.canon.building.formats.model import Block, Format, ReadDocument
from bot.canon.building.formats.prose import PROSE
from bot.canon.building.formats.rendered import read_wiki_prose
from bot.canon.building.formats.thread import THREAD
from bot.canon.building.formats.timeline import TIMELINE
from bot.canon.building.formats.wikitext import is_page, redirect
from bot.errors import Fault, SeedError
from bot.language.sayings import Saying

__all__ = ["FORMATS", "MOST_LINES", "Block", "Format", "ReadDocument", "read_document"]

FORMATS: Mapping[str, Format] = MappingProxyType(
    {one.name: one for one in (PROSE, TIMELINE, THREAD, MARKDOWN, HTML)}
)
"""By name. Prose is the first: any text is it, and another has to look more like itself."""

MOST_LINES = 400_000
"""Lines of a document at most; the longest novels have a tenth of it."""


def read_document(text: str, name: str, declared: str | None) -> ReadDocument:
    """Read *text*, the document *name*, as *declared*, or as what it looks most like.

    Raises:
        SeedError: there is no format called *declared*, the text has more than `MOST_LINES`, or
            nothing in it to read.
    """
    if declared is not None and declared not in FORMATS:
        known = ", ".join(sorted(FORMATS))
        sentence = Saying(
            "There is no format “{format}”; the formats are {known}.", format=declared, known=known
        )
        raise SeedError([Fault(name, None, sentence)])
    if target := redirect(text):
        sentence = Saying(
            "This page only sends its readers on to “{target}”: please save that one.",
            target=target,
        )
        raise SeedError([Fault(name, None, sentence)])
    if text.count("\n") > MOST_LINES:
        sentence = Saying(
            "The document has more than {most} lines: please split it.", most=MOST_LINES
        )
        raise SeedError([Fault(name, MOST_LINES + 1, sentence)])
    chosen = FORMATS[declared] if declared is not None else _recognised(text, name)
    if chosen is PROSE and is_page(text):
        document = read_wiki_prose(text)
    else:
        document = chosen.read(text, name)
    if not document.blocks:
        sentence = Saying("There is no text in it that could be read.")
        raise SeedError([Fault(name, None, sentence)])
    return document


def _recognised(text: str, name: str) -> Format:
    if is_html(text):
        return HTML
    if is_markdown(text, name):
        return MARKDOWN
    chosen, likeness = PROSE, PROSE.recognise(text)
    for other in (TIMELINE, THREAD):
        # What looks wholly like one format looks no more like another.
        if likeness < 1.0 and (found := other.recognise(text)) > likeness:
            chosen, likeness = other, found
    return chosen
