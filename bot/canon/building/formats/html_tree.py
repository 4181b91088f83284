"""HTML (and the XML of an EPUB) as a tree, for documents that nobody vouches for.

The parser of the standard library needs the square of the time for a page of unclosed marks (60 KB
of them cost it half a minute). This one never looks back: its time is that of reading the text
once, its depth and the number of its elements have bounds, and it knows no entities but those of
HTML, so that none can be defined to grow.
"""

import html
import re

from bot.canon.building.formats.html_nodes import INLINE, Node, Text

MOST_ELEMENTS = 200_000
"""Elements of a page at most; the longest real ones have some 30,000."""

_LONGEST_VALUE = 2_000
_NAME = re.compile(r"[A-Za-z][^\s/>]{0,60}+")
_ATTRIBUTE = re.compile(
    r"[\s/]*+(?P<name>[^\s/>][^\s/>=]*+)"
    r"(?:\s*+=\s*+(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s>\"'][^\s>]*+)))?"
)
_TAG_END = re.compile(r"[\s/]*+>?")
_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr basefont".split()
)
_RAW = frozenset("script style title textarea xmp iframe noembed noframes".split())
_CLOSED_BY = {
    "p": frozenset(
        "p div ul ol dl table blockquote section article h1 h2 h3 h4 h5 h6 hr pre aside header"
        " footer main nav figure form fieldset details".split()
    ),
    "li": frozenset(["li"]),
    "dt": frozenset(["dt", "dd"]),
    "dd": frozenset(["dt", "dd"]),
    "td": frozenset(["td", "th", "tr", "tbody"]),
    "th": frozenset(["td", "th", "tr", "tbody"]),
    "tr": frozenset(["tr", "tbody"]),
    "option": frozenset(["option", "optgroup"]),
}
"""An element that is open innermost ends where one of these begins, as in every browser."""
_LOOK_BACK = 40


class TooManyElementsError(ValueError):
    """The page has more than `MOST_ELEMENTS`; *line* is where that was seen."""

    def __init__(self, line: int) -> None:
        super().__init__(f"more than {MOST_ELEMENTS:,} elements")
        self.line = line


def parse(text: str) -> Node:
    """Return *text* as a tree under a node without a name. No text is refused but by its size.

    Raises:
        TooManyElementsError: it has more than `MOST_ELEMENTS`.
    """
    return _Parser(text).parse()


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._position = 0
        self._line = 1
        self._counted = 0
        self._elements = 0
        self._stack = [Node("", 1)]
        self._open: dict[str, int] = {}

    def parse(self) -> Node:
        text = self._text
        while (begin := text.find("<", self._position)) >= 0:
            self._add_text(begin)
            if not self._markup(begin):
                # A "<" that opens nothing is a character like any other.
                self._add(text[begin], begin)
                self._position = begin + 1
        self._add_text(len(text))
        return self._stack[0]

    def _add_text(self, end: int) -> None:
        if end > self._position:
            self._add(self._text[self._position : end], self._position)
            self._position = end

    def _add(self, words: str, begin: int) -> None:
        line = self._line_at(begin)
        children = self._stack[-1].children
        if "&" in words:
            words = html.unescape(words)
        children.append(Text(words, line))

    def _line_at(self, position: int) -> int:
        self._line += self._text.count("\n", self._counted, position)
        self._counted = position
        return self._line

    def _markup(self, begin: int) -> bool:
        """Read what begins with the "<" at *begin*; False if it is no markup."""
        text = self._text
        if text.startswith("<!--", begin):
            self._skip_to("-->", begin + 4)
        elif text.startswith("<![CDATA[", begin):
            end = text.find("]]>", begin)
            end = len(text) if end < 0 else end
            if end > begin + 9:
                line = self._line_at(begin)
                self._stack[-1].children.append(Text(text[begin + 9 : end], line))
            self._position = min(end + 3, len(text))
        elif text.startswith(("<!", "<?"), begin):
            self._skip_to(">", begin + 2)
        elif text.startswith("</", begin):
            name = _NAME.match(text, begin + 2)
            if name is None:
                return False
            self._skip_to(">", name.end())
            self._close(_plain(name[0]))
        else:
            name = _NAME.match(text, begin + 1)
            if name is None:
                return False
            self._start(_plain(name[0]), begin, name.end())
        return True

    def _skip_to(self, mark: str, begin: int) -> None:
        end = self._text.find(mark, begin)
        self._position = len(self._text) if end < 0 else end + len(mark)

    def _start(self, name: str, begin: int, position: int) -> None:
        text = self._text
        node = Node(name, self._line_at(begin))
        while (found := _ATTRIBUTE.match(text, position)) is not None:
            position = found.end()
            value = found["double"] or found["single"] or found["bare"] or ""
            if len(value) <= _LONGEST_VALUE:
                key = found["name"].lower()
                node.attributes.setdefault(key, html.unescape(value) if "&" in value else value)
        ending = _TAG_END.match(text, position)
        position = ending.end() if ending else position
        closed = text.endswith("/>", 0, position) and text.startswith("/", position - 2)
        self._position = max(position, begin + 1)
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise TooManyElementsError(node.line)
        self._place(node, is_empty=name in _VOID or closed)

    def _place(self, node: Node, *, is_empty: bool) -> None:
        while node.name in _CLOSED_BY.get(self._stack[-1].name, ()):
            self._pop()
        self._stack[-1].children.append(node)
        if is_empty:
            return
        if node.name in _RAW:
            self._raw(node)
            return
        self._stack.append(node)
        self._open[node.name] = self._open.get(node.name, 0) + 1

    def _raw(self, node: Node) -> None:
        """Take what no tag can stand in, up to the end tag of its own name."""
        closing = re.compile(f"</(?:[a-z]+:)?{re.escape(node.name)}", re.IGNORECASE)
        found = closing.search(self._text, self._position)
        end = len(self._text) if found is None else found.start()
        if end > self._position and node.name in {"title", "textarea"}:
            words = html.unescape(self._text[self._position : end])
            node.children.append(Text(words, self._line_at(self._position)))
        self._position = end
        if found is not None:
            self._skip_to(">", found.end())

    def _close(self, name: str) -> None:
        if not self._open.get(name):
            return
        if name in INLINE and not self._may_close(name):
            return
        while self._pop() != name:
            pass

    def _may_close(self, name: str) -> bool:
        """Tell whether the end tag of something inline has its start within the same block."""
        for node in self._stack[: -_LOOK_BACK - 1 : -1]:
            if node.name == name:
                return True
            if node.name not in INLINE:
                return False
        return False

    def _pop(self) -> str:
        node = self._stack.pop()
        self._open[node.name] -= 1
        return node.name


def _plain(name: str) -> str:
    """Return the *name* of an element without its prefix: `opf:item` is item."""
    return name.lower().rpartition(":")[2] or name.lower()
