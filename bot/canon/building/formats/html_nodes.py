"""The elements and words of an HTML page, as a tree that is walked without recursion."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

_NEAR = 40
INLINE = frozenset(
    "a abbr b bdi big cite code data del dfn em font i ins kbd label mark q s samp small span"
    " strike strong sub sup time tt u var".split()
)
"""What stands within a line; the rest begins one."""


@dataclass(slots=True)
class Node:
    """An element: its *name* in small letters without a prefix, its first *line*, from 1."""

    name: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Node | Text]" = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        """The names of its classes."""
        return self.attributes.get("class", "").split()

    def get(self, name: str) -> str:
        """Return the value of an attribute, "" where there is none."""
        return self.attributes.get(name, "")

    def walk(self) -> "Iterator[Node]":
        """Yield the elements within, and itself first, in the order of the document."""
        waiting: list[Node] = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += [each for each in reversed(node.children) if isinstance(each, Node)]

    def find(self, name: str = "", *classes: str) -> "Node | None":
        """Return the first element within that is called *name* and has all *classes*."""
        return next(self.find_all(name, *classes), None)

    def near(self, name: str = "", *classes: str) -> "Node | None":
        """Return the same if it is among the first elements within: for what nests without end."""
        return next((one for one in islice(self.walk(), _NEAR) if _fits(one, name, classes)), None)

    def find_all(self, name: str = "", *classes: str) -> "Iterator[Node]":
        """Return the elements within that are called *name* ("" = any) and have all *classes*."""
        return (node for node in self.walk() if _fits(node, name, classes))

    def text(self, most: int = 1_000) -> str:
        """Return the words within on one line; of very many, the first *most* pieces."""
        parts: list[str] = []
        waiting: list[Node | Text] = [self]
        while waiting and len(parts) < most:
            one = waiting.pop()
            if isinstance(one, Text):
                parts.append(one.text)
            elif one.name not in {"script", "style"}:
                parts.append("" if one.name in INLINE else " ")
                waiting.append(Text("" if one.name in INLINE else " ", one.line))
                waiting += reversed(one.children)
        return " ".join("".join(parts).split())


def _fits(node: Node, name: str, classes: tuple[str, ...]) -> bool:
    if name and node.name != name:
        return False
    return not classes or set(classes) <= set(node.classes)


@dataclass(slots=True)
class Text:
    """Words between two tags, with the entities made characters; *line* is their first."""

    text: str
    line: int
