"""MediaWiki source as plain text: what a reader of the page would see, on the same lines."""

import html
import re

from bot.canon.building.formats.wiki_tables import rows_of_tables
from bot.canon.building.formats.wiki_templates import shown
from bot.canon.building.leading_forms import MONTH

GONE = "\x1f"
"""A line that is markup alone: neither text nor the blank line that parts two paragraphs."""
_OWED = "\x1e"
"""Within a line: one of the lines below it went with a template."""

_MARKS = re.compile(
    r"\[\[|\{\{|'''|<ref|<!--|^={2,6}[^=\n]{1,200}={2,6}[ \t]*$|^\{\|", re.MULTILINE
)
_STRONG = re.compile(
    r"\[\[[^\[\]\n]{1,200}\]\]|\{\{[^{}]{1,300}\}\}|^={2,6}[^=\n]{1,200}={2,6}[ \t]*$|<ref",
    re.MULTILINE,
)
_EMPTY_REF = re.compile(r"<ref[^<>]{0,300}/>", re.IGNORECASE)
_REF = re.compile(r"<ref\b[^<>]{0,300}>", re.IGNORECASE)
_BRACES = re.compile(r"\{\{|\}\}")
_LINK = re.compile(r"\[\[([^\[\]]*)\]\]")
_ADDRESS = re.compile(r"\[(?:https?:)?//[^\s\[\]]+[ \t]*([^\[\]\n]*)\]")
_GALLERY = re.compile(r"<gallery\b[^<>]{0,300}>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s{0,3}/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>\n]{0,300}>", re.IGNORECASE)
_QUOTES = re.compile(r"'{2,5}")
_BOLD_HEAD = re.compile(
    r"^(?P<before>[*#:;•| \t–-]{0,20})(?P<quotes>'{2,5})"
    rf"(?=[^'\n]{{0,59}}\d|(?i:{MONTH})[:.]?')(?P<date>[^'\n]{{1,60}})(?P=quotes)",
    re.MULTILINE,
)
_REDIRECT = re.compile(
    r"\s{0,100}#redirect\s{0,10}:?\s{0,10}\[\[(?P<target>[^\[\]\n]{1,200})\]\]", re.IGNORECASE
)
_OTHER_LANGUAGE = re.compile(
    r"^\[\[[a-z]{2,3}(?:-[a-z]{2,8})?:[^\[\]\n]{1,200}\]\][ \t]*$", re.MULTILINE
)
_SWITCH = re.compile(r"__[A-Z]{3,30}__")
_UNSEEN = ("file:", "image:", "category:", "media:", "datei:", "bild:", "kategorie:")
_NESTED = 4  # links in a picture's caption, and a few more


def is_wikitext(text: str) -> bool:
    """Tell whether *text* holds any of the marks of MediaWiki source."""
    return _MARKS.search(text) is not None


def is_page(text: str) -> bool:
    """Tell whether *text* holds enough of these marks to be the source of a whole page."""
    return len(_STRONG.findall(text[:200_000])) > 1


def plain(text: str) -> str:
    """Return *text* without its markup; headings (`==`) and list marks stay.

    Links become their words, comments, references, templates, pictures and categories go. What
    opens and is never closed stays as it is. Every line keeps its number; for that, see `GONE`.
    """
    text = _without(text, re.compile("<!--"), "-->")
    text = _without(_EMPTY_REF.sub("", text), _REF, "</ref>")
    text = _without(text, _GALLERY, "</gallery>")
    # Links stand within templates, and templates within links: the bar of a link parts neither.
    text = _without_templates(_without_links(_OTHER_LANGUAGE.sub(GONE, text)))
    text = _without_links(text)
    text = _TAG.sub("", _BREAK.sub(" ", _ADDRESS.sub(r"\1", text)))
    text = _QUOTES.sub("", _BOLD_HEAD.sub(r"\g<before>**\g<date>**", text))
    text = html.unescape(_SWITCH.sub("", text))
    if "{|" not in text:
        return text
    return "\n".join(rows_of_tables(text.split("\n"), GONE))


def _without_links(text: str) -> str:
    for _ in range(_NESTED):
        text, count = _LINK.subn(_shown, text)
        if not count:
            break
    return text


def redirect(text: str) -> str:
    """Return the page that *text* sends its readers to, "" if it has words of its own."""
    found = _REDIRECT.match(text)
    return found["target"] if found else ""


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
    """Return *text* with what its templates show in their places; most show nothing.

    A template within another is gone with it, but for a date within: the innermost come first.
    """
    parts: list[list[str]] = [[]]
    position = 0
    for brace in _BRACES.finditer(text):
        parts[-1].append(text[position : brace.start()])
        position = brace.end()
        if brace[0] == "{{":
            parts.append([])
        elif len(parts) > 1:
            inside = "".join(parts.pop())
            lines = inside.count("\n") + inside.count(_OWED)
            plain_words = inside.replace(GONE, "").replace(_OWED, "")
            words = shown(plain_words) if len(parts) <= _NESTED else ""
            parts[-1].append(words + _OWED * lines)
        else:
            parts[-1].append(brace[0])
    parts[-1].append(text[position:])
    # What was opened and never closed stays as it is.
    joined = "{{".join("".join(part) for part in parts)
    return _lines_kept(joined)


def _lines_kept(text: str) -> str:
    """Put the lines that went with a template, one `GONE` each, below the line it began on."""
    if _OWED not in text:
        return text
    rows: list[str] = []
    for row in text.split("\n"):
        kept = row.replace(_OWED, "")
        rows.append(kept if kept.strip() or kept == row else GONE)
        rows += [GONE] * (len(row) - len(kept))
    return "\n".join(rows)


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
