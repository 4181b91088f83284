"""Counting words, and the text of a post that is counted. Pure.

The rule is AO3's, for it is the one that these readers compare with: apostrophes and hyphens join
("one-word", "can't" are one), a double hyphen parts, and a character of Chinese, Japanese or Thai
is a word by itself. Quotations of other posts, spoiler boxes and signatures are not the chapter's.
"""

import re

import regex  # type: ignore[import-untyped]
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from bot.chapters.entries import Words, WordSource

_ONE_BY_ONE = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}"
_LETTERS = r"\p{Alphabetic}\p{M}\p{Nd}\p{Pc}"
_WORD = regex.compile(rf"[{_ONE_BY_ONE}]|(?:(?![{_ONE_BY_ONE}])[{_LETTERS}])+")
_JOINING = regex.compile(r"['’‘-]")

_UNSEEN = frozenset({"script", "style", "noscript", "template", "iframe"})
_LEFT_OUT = frozenset(
    "bbCodeBlock--quote bbCodeBlock-expandLink bbCodeSpoiler message-signature"
    " message-lastEdit".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote br center dd div dl dt figcaption figure footer h1 h2 h3 h4"
    " h5 h6 header hr li main ol p pre section table td th tr ul".split()
)
_TOO_MANY = 1_000_000_000
_LISTED = re.compile(r"([0-9][0-9,.\u00a0 ]*)\s*([kKmM]?)")


def count_words(text: str) -> int:
    """Return the number of words of *text* by AO3's rule."""
    return sum(1 for _ in _WORD.finditer(_JOINING.sub("", text.replace("--", "—"))))


def text_of_post(html: str) -> str:
    """Return the text of a post's HTML, a line for each block, without what is not the chapter's.

    Of the whole page of a forum, give `body_of_post` first.
    """
    return _text(BeautifulSoup(html, "html.parser"))


def body_of_post(html: str, post: int) -> str | None:
    """Return the HTML of post number *post* out of a XenForo page, or None if it is not on it."""
    page = BeautifulSoup(html, "html.parser")
    body = page.select_one(f'[data-content="post-{post}"] .message-body .bbWrapper')
    return None if body is None else str(body)


def counted(text: str) -> Words:
    """Return the words of *text*, as counted by us."""
    return Words(count_words(text), WordSource.COUNTED)


def listed(told: str) -> Words | None:
    """Return what a site's list says: "987", "1,234", "12.1k", "1.2M"; None if that is no number.

    A number with k or M is rounded; to how much depends on its digits.
    """
    found = _LISTED.fullmatch(told.strip()) if len(told) < 100 else None
    if found is None:
        return None
    digits, unit = found[1].strip(), found[2].lower()
    try:
        if unit:
            count = round(float(digits.replace(",", ".")) * {"k": 1_000, "m": 1_000_000}[unit])
        else:
            count = int(re.sub(r"[,.\u00a0 ]", "", digits))
    except ValueError:
        return None
    return Words(count, WordSource.LISTED, rounded=bool(unit)) if count < _TOO_MANY else None


def _text(page: BeautifulSoup) -> str:
    # Found in one pass by hand: as a CSS selector they take ten times as long.
    for tag in [tag for tag in page.find_all(name=True) if _is_left_out(tag)]:
        tag.extract()
    parts: list[str] = []
    for node in page.descendants:
        if isinstance(node, Tag):
            if node.name in _BLOCKS:
                parts.append("\n")
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            parts.append(node)
            if node.next_sibling is None and node.parent and node.parent.name in _BLOCKS:
                parts.append("\n")
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _is_left_out(tag: Tag) -> bool:
    return tag.name in _UNSEEN or not _LEFT_OUT.isdisjoint(tag.get_attribute_list("class"))
