"""One page of a XenForo 2 forum as a browser saved it: whose thread, which page, which posts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.canon.building.formats.html_nodes import Node
from bot.canon.building.formats.rendered import tree_of
from bot.errors import Fault, SeedError
from bot.language.sayings import Saying

_SLUG = r"threads/(?:[^/\s\"'<>]{0,300}\.)?(?P<thread>\d{1,12})"
_THREAD = re.compile(rf"{_SLUG}(?:[/?#]|$)")
_PAGE = re.compile(r"[/?&]page[-=](?P<page>\d{1,7})")
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(?P<address>[^\s<>]{1,500})")
_POST_ID = re.compile(r"post-(?P<id>\d{1,15})")
_SITE = re.compile(r" \| .{1,80}$| - Page \d+(?: \| .{1,80})?$")


@dataclass(frozen=True, slots=True)
class Post:
    """A post of the page. *id* is the forum's, 0 where it is not said; *body* what was written.

    *threadmark* is the title of the chapter it was marked as, None where it is none; *category*
    what kind of mark it is, in small letters.
    """

    id: int
    author: str
    line: int
    body: Node
    threadmark: str | None
    category: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the *thread*, whose *title* it gives; *number* counts from 1, 0 = not known.

    *reader*: it shows the chapters alone. *starter* began the thread, "" where nobody says who did.
    """

    name: str
    thread: str
    title: str
    number: int
    reader: bool
    starter: str
    posts: tuple[Post, ...]


def page_of(text: str, name: str) -> Page:
    """Return the page with the HTML *text*, saved as *name*.

    Raises:
        SeedError: there is no post on it, or it has more elements than any forum's page.
    """
    tree = tree_of(text, name)
    posts = tuple(_posts(tree))
    if not posts:
        sentence = Saying(
            "This page of a forum holds no post: please save a page of the thread itself."
        )
        raise SeedError([Fault(name, None, sentence)])
    address = _address(tree, text)
    thread = _THREAD.search(address)
    return Page(
        name,
        _thread_id(tree, text, posts) if thread is None else thread["thread"],
        _title(tree),
        _number(tree, address),
        "/reader" in address,
        _starter(tree, posts, _number(tree, address)),
        posts,
    )


def _posts(tree: Node) -> Iterator[Post]:
    """Yield the posts, as they stand; a post within a post is part of what it says."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if _is_post(node):
            body = _body(node)
            if body is not None and "message--deleted" not in node.classes:
                yield _post(node, body)
            continue
        waiting += [each for each in reversed(node.children) if isinstance(each, Node)]


def _is_post(node: Node) -> bool:
    if "message--post" in node.classes:
        return True
    marked = node.get("data-content") or node.get("id").removeprefix("js-")
    is_message = "message" in node.classes and node.name in {"article", "li", "div"}
    return is_message and _POST_ID.fullmatch(marked) is not None


def _body(post: Node) -> Node | None:
    around = post.find("", "message-body") or post.find("", "message-userContent") or post
    bodies = (
        around.find("", "bbWrapper"),
        post.find("", "bbWrapper"),
        post.find("", "messageText"),
    )
    return next((body for body in bodies if body is not None), None)


def _post(node: Node, body: Node) -> Post:
    found = _POST_ID.search(node.get("data-content")) or _POST_ID.search(node.get("id"))
    author = node.get("data-author")
    if not author:
        named = node.find("", "message-name") or node.find("", "username")
        author = named.text() if named is not None else ""
    threadmark, category = _threadmark(node, body)
    number = int(found["id"]) if found else 0
    return Post(number, " ".join(author.split())[:100], node.line, body, threadmark, category)


def _threadmark(post: Node, body: Node) -> tuple[str | None, str]:
    header = post.find("", "message-cell--threadmark-header")
    label = next((one for one in post.find_all("", "threadmarkLabel")), None)
    if label is not None and any(one is label for one in body.walk()):
        label = None
    if header is None and label is None:
        return ("", "threadmarks") if "hasThreadmark" in post.classes else (None, "")
    kind = header.find("label") if header is not None else None
    category = kind.text().strip(" :").casefold() if kind is not None else "threadmarks"
    if label is None and header is not None:
        label = next((one for one in header.find_all("span") if one.find("label") is None), None)
    title = label.text() if label is not None else ""
    return title[:200], category or "threadmarks"


def _address(tree: Node, text: str) -> str:
    """Return where the page was saved from, "" where it does not say."""
    for node in tree.find_all("link"):
        if "canonical" in node.get("rel").casefold().split() and node.get("href"):
            return node.get("href")
    for node in tree.find_all("meta"):
        if node.get("property") == "og:url" and node.get("content"):
            return node.get("content")
    saved = _SAVED_FROM.search(text[:4000])
    return saved["address"] if saved else ""


def _thread_id(tree: Node, text: str, posts: tuple[Post, ...]) -> str:
    for node in tree.find_all():
        kind, _, number = node.get("data-content-key").partition("-")
        if kind == "thread" and number.isdigit():
            return number
        if node.name == "body":
            break
    permalink = rf"{_SLUG}[/?#][^\s\"'<>]{{0,60}}post-{posts[0].id}\b"
    found = re.search(permalink, text) if posts[0].id else None
    return found["thread"] if found else ""


def _starter(tree: Node, posts: tuple[Post, ...], number: int) -> str:
    about = tree.find("", "p-description")
    named = about.find("", "username") if about is not None else None
    if named is not None:
        return " ".join(named.text().split())[:100]
    return posts[0].author if number == 1 else ""


def _title(tree: Node) -> str:
    heading = tree.find("h1", "p-title-value")
    if heading is not None:
        words = [
            each
            for each in heading.children
            if not (isinstance(each, Node) and {"label", "labelLink"} & set(each.classes))
        ]
        if title := Node("", heading.line, children=words).text():
            return title
    for node in tree.find_all("meta"):
        if node.get("property") == "og:title" and node.get("content"):
            return " ".join(node.get("content").split())
    named = tree.find("title")
    return _SITE.sub("", _SITE.sub("", named.text())) if named is not None else ""


def _number(tree: Node, address: str) -> int:
    found = _PAGE.search(address)
    if found is not None:
        return int(found["page"])
    current = tree.find("", "pageNav-page--current")
    if current is not None and current.text().isdigit():
        return int(current.text()[:7])
    return 1 if address else 0
