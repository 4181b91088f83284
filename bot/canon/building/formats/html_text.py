"""What a reader of an HTML page sees, as lines of text that the other formats can read.

Headings become `# …`, items of lists `• …`, rows of tables `| … | …`; paragraphs have a blank line
between them. Every line knows where in the file it came from.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.canon.building.formats.html_nodes import Node, Text
from bot.canon.building.leading_forms import MONTH

_SKIPPED = frozenset(
    "script style noscript head nav button input select option textarea svg math iframe object"
    " audio video canvas template form map meta link title".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_APART = frozenset("p blockquote table ul ol dl pre hr figure fieldset section article".split())
_LISTS = frozenset(["ul", "ol"])
_BOLD = frozenset(["b", "strong", "i", "em", "u"])
_INLINE = frozenset(
    "a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark q rp rt ruby s samp"
    " small span strike strong sub sup time tt u var wbr img".split()
)
_DEEPEST = 12
_NESTED = 4
_BOLD_PIECES = 8
_BOLD_DATE = re.compile(rf"(?=.{{0,59}}\d|(?i:{MONTH})[:.]?$)[^\n*]{{1,60}}")
_MARKED = re.compile(r"(?:^|(?<=• ))\*\*([^*]{1,60})\*\*")

MARKS: str = "**"
"""Around what is bold at the head of a line and holds a number: it may be a date."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """*lines* of text; *places* has, for each, the line of the file it begins at.

    *marks* says of lines by their number, from 1, what they are hidden under.
    """

    lines: tuple[str, ...]
    places: tuple[int, ...]
    marks: Mapping[int, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(self.lines)

    def place(self, line: int) -> int:
        """Return the line of the file that *line* of the text (from 1) came from."""
        return self.places[min(line, len(self.places)) - 1] if self.places else 1


def render(node: Node, skip: Callable[[Node], bool] = lambda _node: False) -> Rendered:
    """Return the text within *node*; elements for which *skip* holds are left out."""
    return _Renderer(skip).render(node)


def unmarked(text: str) -> str:
    """Return *text* without the marks around what was bold."""
    return _MARKED.sub(r"\1", text) if MARKS in text else text


@dataclass(slots=True)
class _Renderer:
    skip: Callable[[Node], bool]
    lines: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _begin: int = 0
    _prefix: str = ""
    _depth: int = 0
    _preformatted: int = 0
    _tables: int = 0
    _said: bool = False

    def render(self, root: Node) -> Rendered:
        """Walk the tree without recursion: a hostile page is as deep as it likes."""
        waiting: list[Node | Text | Callable[[], None]] = [root]
        while waiting:
            one = waiting.pop()
            if isinstance(one, Text):
                self._say(one)
            elif isinstance(one, Node):
                if one.name not in _SKIPPED and not self.skip(one):
                    self._enter(one, waiting)
            else:
                one()
        self._end_line()
        while self.lines and not self.lines[-1]:
            self.lines.pop()
            self.places.pop()
        return Rendered(tuple(self.lines), tuple(self.places))

    def _enter(self, node: Node, waiting: list[Node | Text | Callable[[], None]]) -> None:
        name = node.name
        if name == "br":
            self._break()
        elif name == "table" and self._tables < _NESTED and not _is_layout(node):
            self._blank()
            for line, cells in self._rows(node):
                self._line(line, "| " + " | ".join(cells))
            self._blank()
        elif name in _HEADINGS:
            self._blank()
            if words := self._cell(node):
                self._line(node.line, f"{'#' * _HEADINGS[name]} {words}")
            self._blank()
        elif name in _BOLD and not self._said:
            self._bold(node, waiting)
        elif name in _INLINE:
            waiting += reversed(node.children)
        else:
            self._enter_block(node, waiting)

    def _bold(self, node: Node, waiting: list[Node | Text | Callable[[], None]]) -> None:
        words = node.text(_BOLD_PIECES)
        if _BOLD_DATE.fullmatch(words) and node.find("br") is None:
            self._say(Text(f"{MARKS}{words}{MARKS}", node.line))
        else:
            waiting += reversed(node.children)

    def _enter_block(self, node: Node, waiting: list[Node | Text | Callable[[], None]]) -> None:
        name = node.name
        inside = self._depth > 0
        apart = name in _APART and not inside
        self._blank() if apart else self._end_line()
        if name in _LISTS:
            self._depth += 1
        if name == "pre":
            self._preformatted += 1
        if name == "table":
            self._tables += 1
        if name in {"li", "dd"}:
            depth = max(self._depth, 1)
            self._prefix = "  " * (min(depth, _DEEPEST) - 1) + "• "

        def leave() -> None:
            self._blank() if apart else self._end_line()
            if name in _LISTS:
                self._depth -= 1
            if name == "pre":
                self._preformatted -= 1
            if name == "table":
                self._tables -= 1
            if name in {"li", "dd"}:
                self._prefix = ""

        waiting.append(leave)
        waiting += reversed(node.children)

    def _say(self, words: Text) -> None:
        if self._preformatted:
            first, *others = words.text.split("\n")
            self._parts.append(first)
            self._said = self._said or bool(first.strip())
            for number, line in enumerate(others, 1):
                self._end_line()
                self._begin = words.line + number
                self._parts.append(line)
                self._said = bool(line.strip())
            return
        if not self._said and words.text.strip():
            self._said = True
            space = len(words.text) - len(words.text.lstrip())
            self._begin = words.line + words.text.count("\n", 0, space)
        self._parts.append(words.text)

    def _break(self) -> None:
        """End a line at a `<br>`; two of them part paragraphs, as forums write them."""
        if self._said:
            self._end_line()
        elif not self._depth:
            self._blank()

    def _end_line(self) -> None:
        text = " ".join("".join(self._parts).replace("\N{NO-BREAK SPACE}", " ").split())
        self._parts.clear()
        self._said = False
        if text:
            self._line(self._begin or (self.places[-1] if self.places else 1), self._prefix + text)
            if self._prefix:
                self._prefix = "  " * (len(self._prefix) // 2)
        self._begin = 0

    def _blank(self) -> None:
        self._end_line()
        if self.lines and self.lines[-1]:
            self._line(self.places[-1], "")

    def _line(self, line: int, text: str) -> None:
        self.lines.append(text)
        self.places.append(line)

    def _rows(self, table: Node) -> Iterator[tuple[int, list[str]]]:
        """Yield (line, cells) of each row that holds data.

        A first cell that spans several rows stands in each of them; a row of headings is none.
        """
        spanning, left = "", 0
        for row in _own_rows(table):
            cells = [each for each in row.children if isinstance(each, Node)]
            cells = [each for each in cells if each.name in {"td", "th"} and not self.skip(each)]
            texts = [self._cell(cell) for cell in cells]
            if left > 0:
                left -= 1
                texts.insert(0, spanning)
            elif cells and re.fullmatch(r"\d{1,4}", cells[0].get("rowspan"), re.ASCII):
                left = int(cells[0].get("rowspan")) - 1
                spanning = texts[0]
            texts = [text for text in texts if text]
            if texts and not (len(cells) > 1 and all(cell.name == "th" for cell in cells)):
                yield row.line, texts

    def _cell(self, cell: Node) -> str:
        inner = _Renderer(self.skip, _tables=self._tables + 1)
        lines = inner.render(Node("", cell.line, children=cell.children)).lines
        return " ".join(line.strip().removeprefix("• ") for line in lines if line).strip()


def _is_layout(table: Node) -> bool:
    """Tell whether *table* only arranges a page: it holds headings, or other tables."""
    return any(
        node.name in _HEADINGS or (node.name == "table" and node is not table)
        for node in table.walk()
    )


def _own_rows(table: Node) -> Iterator[Node]:
    waiting: list[Node] = [table]
    while waiting:
        node = waiting.pop()
        if node.name == "tr":
            yield node
            continue
        inner = [each for each in reversed(node.children) if isinstance(each, Node)]
        waiting += [each for each in inner if each.name not in {"td", "th"}]
