"""EPUB books: a chapter a document, in the order in which the book is read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bot.canon.building.formats.epub_archive import Archive, Item, Package, is_epub
from bot.canon.building.formats.html_nodes import Node
from bot.canon.building.formats.html_text import render
from bot.canon.building.formats.model import Block, ReadDocument
from bot.canon.building.formats.rendered import read_rendered
from bot.canon.building.leading_dates import leading_date
from bot.canon.names import slug
from bot.errors import Fault, SeedError
from bot.language.sayings import Saying

__all__ = ["is_epub", "read"]

_TEXTS = frozenset(["application/xhtml+xml", "text/html", "application/xml", "text/xml", ""])
_AROUND = frozenset(
    "cover titlepage title-page halftitlepage halftitle toc landmarks loi lot copyright-page"
    " copyright colophon imprint index bibliography other.ads nav".split()
)
_AROUND_NAMES = re.compile(
    r"(?:^|/)(?:cover(?:[_-]?page|[_-]?image)?|(?:half)?title[_-]?page|title|nav|navigation|toc"
    r"(?:[_-]?page)?|contents|log[_-]?page|copyright(?:[_-]?page)?|colophon|imprint)"
    r"[_-]?\d{0,4}\.x?html?$",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"_split_(?P<number>\d{3})\.x?html?$", re.IGNORECASE)
_BESIDE = frozenset(["nav", "aside"])
_WORDS = 40
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_TITLE_PAGE = 40
"""Words of a title page at most."""


@dataclass(slots=True)
class _Chapter:
    title: str
    path: str
    format: str
    blocks: list[Block] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)


def read(raw: bytes, name: str) -> tuple[ReadDocument, ...]:
    """Return the chapters of the book *raw*, called *name*.

    Its cover, title page and tables are left out. A title is that of the table of contents, else
    that of the first heading.

    Raises:
        SeedError: it cannot be read: damaged, locked, a bomb, or without any text.
    """
    archive = Archive(raw, name)
    package = archive.package()
    chapters = list(_chapters(archive, package, _titles(archive, package)))
    if not chapters:
        raise archive.refusal(Saying("There is no text in the book."))
    stem = slug(name.rpartition("/")[2].rpartition(".")[0] or name, 20)
    return tuple(
        ReadDocument(
            "epub",
            chapter.title or f"Chapter {number}",
            tuple(chapter.blocks),
            tuple(chapter.notes),
            chapter=number,
            part=f"{stem} {chapter.path.rpartition('/')[2].rpartition('.')[0]}",
            whole=package.title,
        )
        for number, chapter in enumerate(chapters, 1)
    )


def _chapters(archive: Archive, package: Package, titles: dict[str, str]) -> Iterator[_Chapter]:
    last: _Chapter | None = None
    for item in dict.fromkeys(package.spine):
        if item.kind not in _TEXTS or _is_around(item, package):
            continue
        tree = archive.tree(item.path)
        body = tree.find("body") or tree
        if _says_it_is_around(body):
            continue
        title = titles.get(item.path, "")
        document = _document(body, f"{archive.name}: {item.path[-80:]}", title)
        if not document.blocks or (last is None and _is_title_page(document, package)):
            continue
        found = _SPLIT.search(item.path)
        goes_on = found is not None and int(found["number"]) > 0 and not title
        if goes_on and last is not None and not document.title:
            last.blocks += (
                replace(one, heading=one.heading or last.title) for one in document.blocks
            )
            last.notes += document.notes
            continue
        if last is not None:
            yield last
        last = _Chapter(
            document.title, item.path, document.format, list(document.blocks), list(document.notes)
        )
    if last is not None:
        yield last


def _is_title_page(document: ReadDocument, package: Package) -> bool:
    """Tell whether a page ahead of the first chapter says little more than the book's title."""
    said = " ".join([document.title, *(block.text for block in document.blocks)]).casefold()
    return package.title.casefold() in said and len(said.split()) < _TITLE_PAGE


def _document(body: Node, name: str, listed: str) -> ReadDocument:
    """Return a chapter; its own heading is no text of it, nor is it said twice."""
    document = read_rendered(render(body, lambda node: node.name in _BESIDE), name)
    title = listed or document.title or _first_heading(body)
    blocks = document.blocks
    if len(blocks) > 1 and blocks[0].span is None and blocks[0].text.casefold() == title.casefold():
        blocks = blocks[1:]
    own = document.title if document.title.casefold() != title.casefold() else ""
    headed = (
        replace(one, heading=" · ".join(each for each in (title, one.heading or own) if each))
        for one in blocks
    )
    return replace(document, title=title, blocks=tuple(headed))


def _first_heading(body: Node) -> str:
    """Return the words of the first heading, of whatever level; "" where that is a date."""
    node = next((each for each in body.walk() if each.name in _HEADINGS), None)
    words = node.text(_WORDS) if node is not None else ""
    return "" if leading_date(words, year=None, month=None) else words


def _is_around(item: Item, package: Package) -> bool:
    said = package.guide.get(item.path, "")
    if "nav" in item.properties.split() or item is package.contents or said in _AROUND:
        return True
    return said not in {"text", "start"} and _AROUND_NAMES.search(item.path) is not None


def _says_it_is_around(body: Node) -> bool:
    inner = [one for one in body.children if isinstance(one, Node)]
    kinds = {
        kind for node in (body, *inner[:1]) for kind in node.get("epub:type").casefold().split()
    }
    return not kinds.isdisjoint(_AROUND)


def _titles(archive: Archive, package: Package) -> dict[str, str]:
    """Return the titles that the table of contents gives to files; none where it is damaged."""
    item = package.contents
    if item is None:
        return {}
    try:
        tree = archive.tree(item.path)
    except SeedError:
        return {}
    titles: dict[str, str] = {}
    for link, words in [*_points(tree), *_links(tree)]:
        try:
            path = archive.within(item.path, link)
        except SeedError:
            continue
        if words:
            titles.setdefault(path, words[:200])
    return titles


def _points(tree: Node) -> Iterator[tuple[str, str]]:
    """Yield (link, words) of an NCX, the table of contents of EPUB 2."""
    words = ""
    for node in tree.walk():
        if node.name == "navlabel":
            words = node.text(_WORDS)
        elif node.name == "content" and node.get("src"):
            yield node.get("src"), words


def _links(tree: Node) -> Iterator[tuple[str, str]]:
    """Yield (link, words) of the table of contents of EPUB 3, not of its landmarks."""
    navs = list(tree.find_all("nav"))
    chosen = next((one for one in navs if "toc" in one.get("epub:type").split()), None)
    root = chosen or (navs[0] if navs else None)
    if root is not None:
        for link in root.find_all("a"):
            yield link.get("href"), link.text(_WORDS)
