"""What is said in one post of a saved page: its text, whom it quotes, what it hides as spoilers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.canon.building.formats.html_nodes import Node, Text
from bot.canon.building.formats.html_text import Rendered, render
from bot.canon.building.formats.model import ReadDocument
from bot.canon.building.formats.rendered import read_rendered

_SOURCE = re.compile(r"post:\s?(?P<id>\d{1,15})")
_SAID = re.compile(r"(?P<author>.{1,60}?) said: ?[↑⬆]?")
_QUOTE = frozenset(["bbCodeBlock--quote", "bbCodeQuote"])
_SPOILER = frozenset(["bbCodeSpoiler", "bbCodeSpoilerContainer", "ToggleTriggerAnchor"])
_DROPPED = frozenset(
    "bbCodeBlock-expandLink bbCodeBlock-shrinkLink js-expandLink quoteExpand message-signature"
    " message-lastEdit message-attachments bbCodeBlock--unfurl bbMediaWrapper js-selectToQuoteEnd"
    " noticeContent messageNotice bbImageWrapper lbContainer bbCodeSpoiler-button"
    " message-reactionsBar reactionsBar bbCodeBlock-sourceJump".split()
)
_ATTACHMENT = re.compile(r"View attachment \d{1,12}")
_OPEN, _END = "\x01", "\x02"
"""Lines that say where a spoiler begins and ends; `decode` takes these characters out of pages."""
_LONGEST_TITLE = 100


@dataclass(frozen=True, slots=True)
class Quote:
    """What a post repeats: *source* is the id of the post it stands in, 0 where nobody says."""

    source: int
    author: str
    node: Node


def taken_quotes(body: Node, *, all_of_them: bool) -> tuple[Quote, ...]:
    """Take the quotes out of *body* and return them; quotes within them stay where they are.

    Not *all_of_them*: only those that say whom they quote by a post; the rest belongs to the text,
    as a newspaper does that a chapter quotes.
    """
    found: list[Quote] = []
    waiting = [body]
    while waiting:
        node = waiting.pop()
        kept: list[Node | Text] = []
        for child in node.children:
            if isinstance(child, Node) and not _QUOTE.isdisjoint(child.classes):
                quote = _quote(child)
                if all_of_them or quote.source:
                    found.append(quote)
                    continue
            kept.append(child)
        node.children = kept
        waiting += [each for each in reversed(kept) if isinstance(each, Node)]
    return tuple(found)


def _quote(node: Node) -> Quote:
    source = _SOURCE.search(node.get("data-source"))
    author = node.get("data-quote")
    title = node.near("", "bbCodeBlock-title") or node.near("", "attribution")
    if not author and title is not None:
        said = _SAID.match(title.text(40))
        author = said["author"] if said else ""
    content = node.near("", "bbCodeBlock-expandContent") or node.near("", "bbCodeBlock-content")
    return Quote(int(source["id"]) if source else 0, author[:100], content or node)


def read_body(body: Node, name: str) -> ReadDocument:
    """Return the text of a post or quote; what is hidden as a spoiler says so in its heading."""
    _mark_spoilers(body)
    return read_rendered(_without_marks(render(body, _is_dropped)), name)


def _is_dropped(node: Node) -> bool:
    if not _DROPPED.isdisjoint(node.classes):
        return True
    return node.name == "a" and _ATTACHMENT.fullmatch(node.text(8)) is not None


def _mark_spoilers(body: Node) -> None:
    for node in list(body.walk()):
        classes = set(node.classes)
        if classes & {"bbCodeInlineSpoiler"}:
            node.children = [Text("[spoiler: ", node.line), *node.children, Text("]", node.line)]
        elif classes & _SPOILER or (node.name == "details" and "bbCodeBlock" in classes):
            named = node.near("", "bbCodeSpoiler-button-title") or node.near("summary")
            title = named.text(40) if named is not None else ""
            title = title.removeprefix("Spoiler").strip(" :")[:_LONGEST_TITLE]
            words = f"Spoiler: {title}" if title else "Spoiler"
            begin, end = (
                Node("p", node.line, children=[Text(mark, node.line)])
                for mark in (f"{_OPEN}{words}", _END)
            )
            node.children = [begin, *node.children, end]


def _without_marks(rendered: Rendered) -> Rendered:
    """Return *rendered* without the lines that mark spoilers; what is between them is marked."""
    lines: list[str] = []
    places: list[int] = []
    hidden: dict[int, str] = {}
    open_now: list[str] = []
    for line, place in zip(rendered.lines, rendered.places, strict=True):
        words = line.strip(" •|")
        if words.startswith(_OPEN):
            open_now.append(words[1:])
        elif words == _END:
            open_now = open_now[:-1]
        elif line or (lines and lines[-1]):
            lines.append(line)
            places.append(place)
            if open_now:
                hidden[len(lines)] = open_now[-1]
    return Rendered(tuple(lines), tuple(places), hidden)


def blocks_said(document: ReadDocument) -> Iterator[str]:
    """Yield what identifies each block of a post by its words."""
    for block in document.blocks:
        yield " ".join(block.text.split()).casefold()
