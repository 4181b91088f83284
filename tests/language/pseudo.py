"""A language that shows what was forgotten: every text of ours stands between ⟦ and ⟧.

    with pseudo():
        body = screen.body()
    assert forgotten(body, written=["Vera", "That the author be sent to the gulag."]) == []

Values stand outside the marks, or a word that was put in untranslated would hide between them.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from gettext import NullTranslations
from string import Formatter
from typing import Any
from unittest.mock import patch

from bot.language import speech

_STANDS_FOR = "ru"
"""The language it takes the place of: one without a Latin letter in its dates and lists."""
_NOT_SHOWN = frozenset(
    {"allowed_mentions", "attachments", "custom_id", "emoji", "id", "type", "url"}
)
_OURS = re.compile(r"⟦[^⟦⟧]*(?:⟧|$)")
_NO_WORDS = re.compile(r"<(?:@[!&]?|#|t:|https?:|/)[^>]*>|https?://\S+")
_WORD = re.compile(r"[A-Za-z]{2,}")


def marked(message: str) -> str:
    """Return *message* with every piece of it that is ours between the marks."""
    if not any(name is not None for _, name, _, _ in Formatter().parse(message)):
        return f"⟦{message}⟧"
    pieces = []
    for words, name, wanted, _ in Formatter().parse(message):
        escaped = words.replace("{", "{{").replace("}", "}}")
        pieces.append(f"⟦{escaped}⟧" if escaped else "")
        if name is not None:
            pieces.append(f"{{{name}:{wanted}}}" if wanted else f"{{{name}}}")
    return "".join(pieces)


class Pseudo(NullTranslations):
    """A catalogue that has everything."""

    def gettext(self, message: str) -> str:
        return marked(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return marked(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        del context
        return marked(message)


@contextmanager
def pseudo() -> Iterator[None]:
    """Speak it inside."""
    with (
        patch.dict(speech._catalogues, {_STANDS_FOR: Pseudo()}),
        speech.speaking(_STANDS_FOR),
    ):
        yield


def forgotten(shown: Any, written: Iterable[str] = ()) -> list[str]:
    """Return the texts of Discord's JSON, or of one text, with words that were not translated.

    *written*: what people wrote (names, motions), which stays as it is.
    """
    return [text for text in _texts(shown) if _WORD.search(_bare(text, written))]


def _bare(text: str, written: Iterable[str]) -> str:
    for each in sorted(written, key=len, reverse=True):
        text = text.replace(each, "")
    return _NO_WORDS.sub("", _OURS.sub("", text))


def _texts(shown: Any) -> Iterator[str]:
    if isinstance(shown, str):
        yield shown
    elif isinstance(shown, dict):
        for key, value in shown.items():
            # What a menu sends back is not read by anybody.
            if key not in _NOT_SHOWN and not (key == "value" and "label" in shown):
                yield from _texts(value)
    elif isinstance(shown, list | tuple):
        for each in shown:
            yield from _texts(each)
