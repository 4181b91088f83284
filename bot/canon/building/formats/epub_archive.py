"""The files within an EPUB: read one by one in memory, each with a bound, and never unpacked."""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from bot.canon.building.decode import decode
from bot.canon.building.formats.html_nodes import Node
from bot.canon.building.formats.rendered import tree_of
from bot.errors import Fault, SeedError
from bot.language.sayings import Saying

MOST_FILES = 10_000
LARGEST_FILE = 10_000_000
"""Bytes of a chapter, once unpacked, at most."""
LARGEST_ALL = 60_000_000
"""Bytes of all that is read of one book, once unpacked."""

_ENTRY = b"PK\x01\x02"
_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""Ways of scrambling fonts: a book with these alone is not locked."""
_ABSOLUTE = re.compile(r"[/\\]|[A-Za-z]:[/\\]")
_ROOT = re.compile(rb"META-INF/container\.xml")


def is_epub(raw: bytes) -> bool:
    """Tell whether *raw* is a ZIP archive that says it is an EPUB."""
    if not raw.startswith(b"PK\x03\x04"):
        return False
    return b"application/epub+zip" in raw[:200] or _ROOT.search(raw) is not None


@dataclass(frozen=True, slots=True)
class Item:
    """A file that the book lists: where it is, what it is, and what it says it is for."""

    path: str
    kind: str
    properties: str


@dataclass(frozen=True, slots=True)
class Package:
    """What the book says of itself: its files by id, and those to be read, in order."""

    title: str
    items: dict[str, Item]
    spine: tuple[Item, ...]
    guide: dict[str, str]
    """Path → what the book calls it: cover, title-page, toc …"""
    contents: Item | None
    """The table of contents."""


class Archive:
    """A book that is open for reading; *name* is what it is called in what is said about it."""

    def __init__(self, raw: bytes, name: str) -> None:
        """Open the book.

        Raises:
            SeedError: it is no whole archive, holds too many files, or a path that leads out of it.
        """
        self.name = name
        if raw.count(_ENTRY) > MOST_FILES:
            raise self.refusal(
                Saying("It holds more than {most} files: no book does.", most=MOST_FILES)
            )
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise self.refusal(
                Saying("The archive is damaged: please save the book again.")
            ) from error
        self._names = {info.filename for info in self._zip.infolist()}
        self._left = LARGEST_ALL
        for path in self._names:
            if _ABSOLUTE.match(path) or ".." in re.split(r"[/\\]", path):
                raise self.refusal(
                    Saying("It holds a file that leads out of it: “{path}”.", path=path[:80])
                )

    def refusal(self, sentence: Saying, line: int | None = None) -> SeedError:
        """Return the error that says *sentence* about the book."""
        return SeedError([Fault(self.name, line, sentence)])

    def has(self, path: str) -> bool:
        """Tell whether there is a file *path*."""
        return path in self._names

    def read(self, path: str) -> bytes:
        """Return the bytes of the file *path*.

        Raises:
            SeedError: there is none, it is locked or damaged, or unpacks to more than it may.
        """
        try:
            with self._zip.open(path) as file:
                content = file.read(min(LARGEST_FILE, self._left) + 1)
        except KeyError:
            raise self.refusal(
                Saying("The book lists “{path}”, which is not in it.", path=path[:80])
            ) from None
        except RuntimeError:
            raise self.refusal(Saying("The archive is locked with a password.")) from None
        except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, zlib.error) as error:
            raise self.refusal(Saying("“{path}” in it is damaged.", path=path[:80])) from error
        self._left -= len(content)
        if len(content) > LARGEST_FILE or self._left < 0:
            raise self.refusal(
                Saying("“{path}” in it unpacks to more than any chapter: not read.", path=path[:80])
            )
        return content

    def tree(self, path: str) -> Node:
        """Return the file *path*, which is XML or HTML, as a tree.

        Raises:
            SeedError: as `read`, or it is no text.
        """
        shown = f"{self.name}: {path[-80:]}"
        return tree_of(decode(self.read(path), shown), shown)

    def package(self) -> Package:
        """Return what the book says of itself.

        Raises:
            SeedError: it is locked, or says nothing that could be read.
        """
        if self.has(_ENCRYPTION) and self._is_locked():
            raise self.refusal(
                Saying("The book is locked (DRM): only one without a lock can be read.")
            )
        if not self.has(_CONTAINER):
            raise self.refusal(Saying("It is no EPUB: there is no {file} in it.", file=_CONTAINER))
        root = self.tree(_CONTAINER).find("rootfile")
        path = root.get("full-path") if root is not None else ""
        if not path:
            raise self.refusal(Saying("Its {file} names no book.", file=_CONTAINER))
        return self._package(self.within("", path))

    def _is_locked(self) -> bool:
        methods = self.tree(_ENCRYPTION).find_all("encryptionmethod")
        return any(method.get("algorithm") not in _FONTS for method in methods)

    def within(self, base: str, link: str) -> str:
        """Return the path that *link* in the file *base* leads to.

        Raises:
            SeedError: it leads out of the book.
        """
        path = unquote(link.partition("#")[0])
        joined = posixpath.normpath(posixpath.join(posixpath.dirname(base), path))
        if _ABSOLUTE.match(path) or joined.startswith(".."):
            raise self.refusal(
                Saying("It lists a file that leads out of it: “{path}”.", path=path[:80])
            )
        return joined

    def _package(self, path: str) -> Package:
        tree = self.tree(path)
        items: dict[str, Item] = {}
        for node in (tree.find("manifest") or tree).find_all("item"):
            if node.get("href") and "://" not in node.get("href"):
                place = self.within(path, node.get("href"))
                items[node.get("id")] = Item(place, node.get("media-type"), node.get("properties"))
        spine = tree.find("spine")
        if spine is None:
            raise self.refusal(Saying("The book says of no chapter in which order it comes."))
        contents = next((one for one in items.values() if "nav" in one.properties.split()), None)
        named = tree.find("title")
        return Package(
            title=named.text() if named is not None else "",
            items=items,
            spine=tuple(self._listed(spine, items)),
            guide={
                self.within(path, node.get("href")): node.get("type").casefold()
                for node in tree.find_all("reference")
                if node.get("href")
            },
            contents=contents or items.get(spine.get("toc")),
        )

    def _listed(self, spine: Node, items: dict[str, Item]) -> Iterator[Item]:
        for node in spine.find_all("itemref"):
            item = items.get(node.get("idref"))
            if item is not None and node.get("linear").casefold() != "no":
                yield item
