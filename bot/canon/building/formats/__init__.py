"""The formats documents are read from; a new one is a module here and a line in `FORMATS`."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.canon.building.formats.model import Block, Format, ReadDocument
from bot.canon.building.formats.prose import PROSE
from bot.canon.building.formats.thread import THREAD
from bot.canon.building.formats.timeline import TIMELINE
from bot.errors import Fault, SeedError

__all__ = ["FORMATS", "Block", "Format", "ReadDocument", "read_document"]

FORMATS: Mapping[str, Format] = MappingProxyType(
    {one.name: one for one in (PROSE, TIMELINE, THREAD)}
)
"""By name. Prose is the first: any text is it, and another has to look more like itself."""


def read_document(text: str, name: str, declared: str | None) -> ReadDocument:
    """Read *text*, the document *name*, as *declared*, or as what it looks most like.

    Raises:
        SeedError: there is no format called *declared*, or nothing in the text to read.
    """
    if declared is not None and declared not in FORMATS:
        known = ", ".join(sorted(FORMATS))
        sentence = f"There is no format “{declared}”; the formats are {known}."
        raise SeedError([Fault(name, None, sentence)])
    chosen = FORMATS[declared] if declared is not None else _recognised(text)
    document = chosen.read(text, name)
    if not document.blocks:
        sentence = f"There is no text in it that could be read as {chosen.name}."
        raise SeedError([Fault(name, None, sentence)])
    return document


def _recognised(text: str) -> Format:
    return max(FORMATS.values(), key=lambda one: one.recognise(text))
