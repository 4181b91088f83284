"""MediaWiki source as plain text: what a reader of the page would see, on the same lines."""

import html
import re

GONE = "\x1f"
"""A line that is markup alone: neither text nor the blank line that parts two paragraphs."""

_MARKS = re.compile(r"\[\[|\{\{|'''|<ref|<!--|^={2,6}[^=\n]{1,200}={2,6}[ \t]*$", re.MULTILINE)
_EMPTY_REF = re.compile(r"<ref[^<>]{0,300}/>", re.IGNORECASE)
_REF = re.compile(r"<ref\b[^<>]{0,300}>", re.IGNORECASE)
_BRACES = re.compile(r"\{\{|\}\}")
_LINK = re.compile(r"\[\[([^\[\]]*)\]\]")
_ADDRESS = re.compile(r"\[(?:https?:)?//[^\s\[\]]+[ \t]*([^\[\]\n]*)\]")
_TAG = re.compile(r"</?[a-z][^<>\n]{0,300}>", re.IGNORECASE)
_QUOTES = re.compile(r"'{2,5}")
_SWITCH = re.compile(r"__[A-Z]{3,30}__")
_UNSEEN = ("file:", "image:", "category:")
_NESTED = 4  # links in a picture's caption, and a few more


def is_wikitext(text: str) -> bool:
    """Tell whether *text* holds any of the marks of MediaWiki source."""
    return _MARKS.search(text) is not None


def plain(text: str) -> str:
    """Return *text* without its markup; headings (`==`) and list marks stay.

    Links become their words, comments, references, templates, pictures and categories go. What
    opens and is never closed stays as it is. Every line keeps its number; for that, see `GONE`.
    """
    text = _without(text, re.compile("<!--"), "-->")
    text = _without(_EMPTY_REF.sub("", text), _REF, "</ref>")
    text = _without_templates(text)
    for _ in range(_NESTED):
        text, count = _LINK.subn(_shown, text)
        if not count:
            break
    text = _TAG.sub("", _ADDRESS.sub(r"\1", text))
    return html.unescape(_SWITCH.sub("", _QUOTES.sub("", text)))


def _without(text: str, opening: re.Pattern[str], closing: str) -> str:
    spans: list[tuple[int, int]] = []
    position = 0
    while (found := opening.search(text, position)) is not None:
        end = text.find(closing, found.end())
        if end < 0:
            break
        position = end + len(closing)
        spans.append((found.start(), position))
    return _cut(text, spans)


def _without_templates(text: str) -> str:
    opened: list[int] = []
    closed: list[tuple[int, int]] = []
    for brace in _BRACES.finditer(text):
        if brace[0] == "{{":
            opened.append(brace.start())
        elif opened:
            start = opened.pop()
            while closed and closed[-1][0] > start:
                closed.pop()
            closed.append((start, brace.end()))
    return _cut(text, closed)


def _cut(text: str, spans: list[tuple[int, int]]) -> str:
    """Return *text* without *spans*; lines that went stand as `GONE` below what stood before."""
    kept: list[str] = []
    position = owed = 0
    for start, end in [*spans, (len(text), len(text))]:
        piece = text[position:start]
        if owed and "\n" in piece:
            piece = piece.replace("\n", "\n" + f"{GONE}\n" * owed, 1)
            owed = 0
        kept.append(piece)
        owed += text.count("\n", start, end)
        position = end
    return "".join(kept)


def _shown(link: re.Match[str]) -> str:
    target, _, words = link[1].rpartition("|")
    if (target or words).lstrip(" :").casefold().startswith(_UNSEEN):
        return "\n" * link[0].count("\n")
    return words or target.rpartition("#")[2]
