"""The saved pages of a XenForo thread: a document a threadmark, readers' posts among them.

A threadmark makes a post a chapter; in a thread without any, the long posts of whoever began it
are the chapters. Every other post is a remark of the chapter above it, so that
who has not read that far sees neither. What a reply quotes is kept once: where it was written.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.canon.building.formats.model import Block, ReadDocument
from bot.canon.building.formats.prose import looks_like_title
from bot.canon.building.formats.xenforo_pages import Page, Post
from bot.canon.building.formats.xenforo_posts import blocks_said, read_body, taken_quotes
from bot.canon.models import Tier
from bot.errors import Fault
from bot.language.sayings import Saying

_POST = re.compile(r"class=[\"'][^\"'<>]{0,300}\bmessage--post\b|data-content=[\"']?post-\d")
_OTHERS_WORK = frozenset(
    ["apocrypha", "omake", "omakes", "media", "staff post", "staff", "non-canon"]
)
"""Categories of threadmarks that are no chapters: what readers made, what moderators said."""
_ABOUT = frozenset(["informational", "information", "author's notes", "index"])
_CHAPTER = 400
"""Words of a post that is a chapter though nothing marks it."""
_PIECES = 20_000
_NUMBERED = re.compile(
    r"(?:chapter|part|update|episode|ch\.?|#)\s?(?P<after>\d{1,4})\b|(?P<alone>\d{1,4})\s?[.:–—-]",
    re.IGNORECASE,
)


def is_page(text: str) -> bool:
    """Tell whether *text* is the HTML of a page with a forum's posts."""
    return "bbWrapper" in text and "<" in text[:2000] and _POST.search(text) is not None


@dataclass(slots=True)
class _Part:
    """A chapter and the remarks below it, while they are gathered."""

    page: Page
    title: str
    key: str
    tier: Tier = Tier.CHAPTER
    blocks: list[Block] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)


def read(pages: Sequence[Page]) -> Iterator[tuple[Page, ReadDocument]]:
    """Yield the documents of one thread in the order of telling, each with the page it begins on.

    The pages may come in any order, and a post may be on several of them. Without any chapter all
    of it is one document of remarks.
    """
    reader = _Reader(_in_order(pages))
    parts = reader.parts()
    marked = [part for part in parts if part.key]
    start = _first_number([part.title for part in marked])
    title = next((page.title for page in pages if page.title), "")
    for number, part in enumerate(parts, start):
        notes = list(part.notes)
        if not marked:
            sentence = Saying("No post here is threadmarked: all of it is kept as comments.")
            notes.append(Fault(part.page.name, None, sentence))
        elif number == start and not reader.is_marked:
            sentence = Saying(
                "No post here is threadmarked: the author's long posts are the chapters."
            )
            notes.append(Fault(part.page.name, None, sentence))
        yield (
            part.page,
            ReadDocument(
                "xenforo",
                part.title or title,
                tuple(part.blocks),
                tuple(notes),
                chapter=number if marked else 0,
                tier=part.tier if marked else Tier.COMMENT,
                part=part.key,
                whole=title,
            ),
        )


def _in_order(pages: Sequence[Page]) -> list[tuple[Page, Post]]:
    """Return the posts in the order of the thread, each once: by page, else by their numbers."""
    by_page = all(page.number for page in pages) and len({page.reader for page in pages}) == 1
    placed = [
        ((page.number if by_page else 0, place if by_page else post.id), page, post)
        for page in pages
        for place, post in enumerate(page.posts)
    ]
    if by_page or all(post.id for _place, _page, post in placed):
        placed.sort(key=lambda one: one[0])
    found: list[tuple[Page, Post]] = []
    seen: set[int] = set()
    for _place, page, post in placed:
        if post.id not in seen:
            found.append((page, post))
        if post.id:
            seen.add(post.id)
    return found


class _Reader:
    """Reads the posts of a thread into parts."""

    def __init__(self, posts: Sequence[tuple[Page, Post]]) -> None:
        self._posts = posts
        self.is_marked = any(post.threadmark is not None for _page, post in posts)
        self._starters = {page.starter for page, _post in posts} - {""}
        self._ids = {post.id for _page, post in posts}
        self._said: set[str] = set()
        self._parts: list[_Part] = []
        self._before: list[tuple[Page, Post]] = []

    def parts(self) -> list[_Part]:
        """Return the parts; remarks above the first chapter belong to it."""
        for page, post in self._posts:
            tier = self._tier(post)
            if tier is Tier.COMMENT and not self._parts:
                self._before.append((page, post))
            elif tier is Tier.COMMENT:
                self._parts[-1].blocks += self._remark(page, post)
            else:
                self._chapter(page, post, tier)
        if self._before:
            page, post = self._before[0]
            part = _Part(page, "", "")
            for one in self._before:
                part.blocks += self._remark(*one)
            self._parts.append(part)
        return self._parts

    def _tier(self, post: Post) -> Tier:
        if not self.is_marked:
            is_chapter = post.author in self._starters and _is_long(post)
            return Tier.CHAPTER if is_chapter else Tier.COMMENT
        if post.threadmark is None or post.category in _OTHERS_WORK:
            return Tier.COMMENT
        return Tier.AUTHOR if post.category in _ABOUT else Tier.CHAPTER

    def _chapter(self, page: Page, post: Post, tier: Tier) -> None:
        title = post.threadmark or ""
        key = (
            f"thread-{page.thread}-post-{post.id}" if post.id else f"chapter-{len(self._parts) + 1}"
        )
        quotes = self._quoted(page, post, all_of_them=False)
        document = read_body(post.body, page.name)
        title = title or _own_title(document) or f"Chapter {len(self._parts) + 1}"
        part = _Part(page, title, key, tier)
        self._parts.append(part)
        before, self._before = self._before, []
        for one in before:
            part.blocks += self._remark(*one)
        self._said.update(blocks_said(document))
        own = document.title if document.title != title else ""
        blocks = document.blocks
        if len(blocks) > 1 and blocks[0].text.casefold() == title.casefold():
            blocks = blocks[1:]
        for block in blocks:
            heading = f"{title} · {block.heading or own}" if block.heading or own else title
            part.blocks.append(replace(block, heading=heading, author=post.author))
        part.blocks += quotes
        part.notes += document.notes
        if not document.blocks:
            sentence = Saying("The post that is threadmarked here has no text.")
            part.notes.append(Fault(page.name, post.line, sentence))

    def _remark(self, page: Page, post: Post) -> list[Block]:
        quotes = self._quoted(page, post, all_of_them=True)
        document = read_body(post.body, page.name)
        self._said.update(blocks_said(document))
        mark = f"{post.category.capitalize()}: {post.threadmark}" if post.threadmark else ""
        return quotes + [
            replace(_plain(block), heading=block.heading or mark, author=post.author)
            for block in document.blocks
        ]

    def _quoted(self, page: Page, post: Post, *, all_of_them: bool) -> list[Block]:
        """Return what *post* quotes that is nowhere else, as remarks of whom it quotes."""
        blocks: list[Block] = []
        for quote in taken_quotes(post.body, all_of_them=all_of_them):
            if quote.source in self._ids and quote.source:
                continue
            taken_quotes(quote.node, all_of_them=True)
            document = read_body(quote.node, page.name)
            for block, words in zip(document.blocks, blocks_said(document), strict=True):
                if words not in self._said:
                    blocks.append(replace(_plain(block), author=quote.author))
                    self._said.add(words)
        return blocks


def _plain(block: Block) -> Block:
    """Return *block* as a remark: whatever date it bears, it tells nothing."""
    words = f"{block.written}: {block.text}" if block.span is not None else block.text
    return replace(block, tier=Tier.COMMENT, text=words, span=None, written="")


def _is_long(post: Post) -> bool:
    return len(post.body.text(_PIECES).split()) >= _CHAPTER


def _own_title(document: ReadDocument) -> str:
    """Return the title that a post without a threadmark has: its heading, or its first line."""
    if document.title or not document.blocks:
        return document.title
    first = document.blocks[0]
    return first.text if first.span is None and looks_like_title(first.text) else ""


def _first_number(titles: Sequence[str]) -> int:
    """Return the number of the first chapter where all titles count on from it, else 1."""
    numbers = []
    for title in titles:
        found = _NUMBERED.match(title)
        if found is None:
            return 1
        numbers.append(int(found["after"] or found["alone"]))
    counts_on = numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else False
    return max(numbers[0], 1) if counts_on else 1
