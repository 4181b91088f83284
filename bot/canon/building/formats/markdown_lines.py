"""The blocks of a Markdown document as lines of text, and its lines without their marks."""

import re
from collections.abc import Sequence

from markdown_it.token import Token

from bot.canon.building.formats.html_text import render
from bot.canon.building.formats.html_tree import parse
from bot.canon.building.leading_forms import MONTH

_PICTURE = re.compile(r"!\[([^\[\]\n]{0,300})\](?:\([^()\n]{0,500}\)|\[[^\[\]\n]{0,100}\])")
_LINK = re.compile(r"\[([^\[\]\n]{1,500})\](?:\([^()\n]{0,1000}\)|\[[^\[\]\n]{0,200}\])")
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|\n]{1,300}\|)?([^\[\]|\n]{1,300})\]\]")
_ADDRESS = re.compile(r"<(https?://[^\s<>]{1,500})>")
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]{1,50}\](?!:)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,300}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=\S)([^*_\n]{1,300}?)(?<=\S)\1(?![\w*_])")
_CODE = re.compile(r"(`{1,3})([^`\n]{1,300})\1")
_STRUCK = re.compile(r"~~([^~\n]{1,300})~~")
_STRUCK_HEAD = re.compile(r"\s{0,8}~~[^~\n]{1,300}~~\s{0,8}(?=\S)")
"""A date that was struck out ahead of the one that holds."""
_TASK = re.compile(r"\[[ xX]\][ \t]+")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,300}>")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_BOLD_HEAD = re.compile(
    rf"\s{{0,8}}(\*\*\*?|__|\*|_)(?=.{{0,58}}\d|(?i:{MONTH})[:.]?[*_])([^*_\n]{{1,60}})\1"
)
_HARD_BREAK = re.compile(r"(?:\\|[ ]{2,20})$")


class Writer:
    """Writes tokens as the lines that `html_text` writes for the same things.

    *above* counts the lines of the file above the first that is written; *lines* and *places* are
    what was written, and where in the file each stands.
    """

    def __init__(self, above: int) -> None:
        self.lines: list[str] = []
        self.places: list[int] = []
        self._above = above
        self._depth = 0
        self._bullet = False
        self._heading = 0
        self._is_head = False
        self._row: list[str] | None = None

    def write(self, tokens: Sequence[Token]) -> None:
        """Write them all."""
        line = 1
        for token in tokens:
            line = token.map[0] + 1 + self._above if token.map else line
            if token.type == "inline":
                self._inline(token.content, line)
            elif token.type in {"fence", "code_block"}:
                first = line + (token.type == "fence")
                for number, row in enumerate(token.content.split("\n"), first):
                    self._add(number, row.strip())
                self._blank(line)
            elif token.type == "html_block":
                shown = render(parse(token.content))
                for row, place in zip(shown.lines, shown.places, strict=True):
                    self._add(line + place - 1, row)
                self._blank(line)
            else:
                self._mark(token, line)

    def _mark(self, token: Token, line: int) -> None:
        """Take note of what begins or ends here."""
        kind, is_open = token.type.removesuffix("_open").removesuffix("_close"), token.nesting == 1
        if kind == "heading":
            self._heading = int(token.tag[1:]) if is_open else 0
        elif kind in {"bullet_list", "ordered_list"}:
            if not self._depth or not (is_open or self._depth > 1):
                self._blank(line)
            self._depth += 1 if is_open else -1
        elif kind == "list_item":
            self._bullet = is_open
        elif kind == "thead":
            self._is_head = is_open
        elif kind == "tr":
            self._end_row(line)
            self._row = [] if is_open else None
        elif not is_open and not self._depth:
            self._blank(line)

    def _end_row(self, line: int) -> None:
        if self._row and not self._is_head:
            self._add(line, "| " + " | ".join(cell for cell in self._row if cell))

    def _inline(self, content: str, line: int) -> None:
        if self._row is not None:
            self._row.append(inline(content))
        elif self._heading:
            self._blank(line)
            self._add(line, f"{'#' * self._heading} {inline(content)}")
            self._blank(line)
        else:
            self._paragraph(content, line)

    def _paragraph(self, content: str, line: int) -> None:
        gathered: list[str] = []
        begin = line
        for number, written in enumerate(content.split("\n"), line):
            row = written
            if row.startswith(": ") and gathered:  # the meaning of the term above
                self._items(gathered, begin)
                gathered, begin, row = [], number, row[2:]
            ending = _HARD_BREAK.search(row)
            gathered.append(_HARD_BREAK.sub("", row) if ending else row)
            if ending or _BREAK.search(row):
                self._items(gathered, begin)
                gathered, begin = [], number + 1
        self._items(gathered, begin)

    def _items(self, rows: Sequence[str], line: int) -> None:
        for part in _BREAK.split(" ".join(rows)):
            if words := inline(_TASK.sub("", _STRUCK_HEAD.sub("", part)), head=True):
                indent = "  " * (self._depth - 1) if self._depth else ""
                if self._depth:
                    indent += "• " if self._bullet else "  "
                    self._bullet = False
                self._add(line, indent + words)

    def _blank(self, line: int) -> None:
        if self.lines and self.lines[-1]:
            self._add(line, "")

    def _add(self, line: int, text: str) -> None:
        self.lines.append(text)
        self.places.append(line)


def inline(text: str, *, head: bool = False) -> str:
    """Return a line without its marks; with *head*, a bold date at its beginning keeps them."""
    bold = _BOLD_HEAD.match(text) if head else None
    if bold is not None:
        rest = inline(text[bold.end() :])
        blank = " " if text[bold.end() : bold.end() + 1].isspace() else ""
        return f"**{inline(bold[2])}**{blank}{rest}"
    if not text.isalnum():
        text = _PICTURE.sub(r"\1", text)
        text = _WIKI_LINK.sub(r"\1", text)
        text = _ADDRESS.sub(r"\1", _FOOTNOTE.sub("", _LINK.sub(r"\1", text)))
        text = _STRONG.sub(r"\2", text)
        text = _EMPHASIS.sub(r"\2", text)
        text = _STRUCK.sub(r"\1", _CODE.sub(r"\2", text))
        text = _ESCAPED.sub(r"\1", _TAG.sub("", text))
    return " ".join(text.split())
