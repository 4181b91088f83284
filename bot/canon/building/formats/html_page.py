"""A web page saved from a browser: the text of its article, without what stands around it."""

import re
from dataclasses import replace

from bot.canon.building.formats.html_nodes import Node
from bot.canon.building.formats.html_text import render
from bot.canon.building.formats.model import Format, ReadDocument
from bot.canon.building.formats.rendered import read_rendered, tree_of

_BEGINS = re.compile(
    r"\s{0,1000}(?:<!doctype\s+html|<html\b|<\?xml\b[^<>]{0,200}\?>\s{0,100}<)", re.I
)
_MARKUP = re.compile(r"</?(?:p|div|br|body|head|li|ul|h[1-6]|table|td|span)\b[^<>]{0,500}>", re.I)
_COMMENT = re.compile(r"\s{0,1000}<!--[^<>]{0,500}-->")
_ARTICLES = (
    ("", "mw-parser-output"),
    ("", "mw-body-content"),
    ("", "entry-content"),
    ("", "chapter-content"),
    ("article",),
    ("main",),
    ("body",),
)
_AROUND = frozenset(["nav", "header", "footer", "aside"])
_BESIDE = frozenset(
    "mw-editsection toc navbox reference infobox portable-infobox noprint printfooter catlinks"
    " mw-jump-link mw-cite-backlink reflist references vertical-navbox metadata comments-area"
    " sidebar hatnote".split()
)


def is_html(text: str) -> bool:
    """Tell whether *text* is the source of a web page."""
    head = _COMMENT.sub("", text[:4000], count=1)
    if _BEGINS.match(head) is not None:
        return True
    return head.lstrip().startswith("<") and len(_MARKUP.findall(text[:20_000])) >= 4


def read(text: str, name: str) -> ReadDocument:
    """Return the article of the page, as dated entries where it has them.

    Raises:
        SeedError: the page has more elements than any that people read.
    """
    tree = tree_of(text, name)
    article = next((found for one in _ARTICLES if (found := tree.find(*one))), tree)
    document = read_rendered(render(article, _is_beside), name)
    heading = tree.find("h1") or tree.find("title")
    title = document.title or (heading.text() if heading is not None else "")
    return replace(document, title=title, format="html", tier=document.tier)


def _is_beside(node: Node) -> bool:
    return node.name in _AROUND or not _BESIDE.isdisjoint(node.classes)


HTML = Format("html", lambda text: float(is_html(text)), read)
