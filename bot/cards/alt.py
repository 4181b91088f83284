"""The same words for those who do not see the picture: at most 1,024 characters (Discord)."""

from collections.abc import Sequence

from bot.cards.scenes import MAX_ALT
from bot.language.speech import say

_SHORTEST = 6


def described(*sentences: str) -> str:
    """Return the sentences that are not empty as one text, cut where Discord would refuse it."""
    text = " ".join(sentence.strip() for sentence in sentences if sentence.strip())
    return text if len(text) <= MAX_ALT else text[: MAX_ALT - 1].rstrip() + "…"


def in_few_words(labels: Sequence[str], room: int) -> list[str]:
    """Return the labels, all cut to one length where together they are longer than *room*."""
    length = max(map(len, labels), default=0)
    while length > _SHORTEST and sum(min(len(label), length) for label in labels) > room:
        length -= 1
    return [label if len(label) <= length else label[: length - 1] + "…" for label in labels]


def quote_alt(text: str, name: str, meta: str, title: str) -> str:
    """Describe a quote card; who said it is never cut away, the words are."""
    by = f" — {name}" if name else ""
    place = ", ".join(part for part in (title, meta) if part)
    credit = f"{by}{f' ({place})' if place else ''}"
    room = MAX_ALT - len(credit) - len(say("Quote card: “{text}”", text=""))
    flat = " ".join(text.split())
    shown = flat if len(flat) <= room else flat[: room - 1].rstrip() + "…"
    card = say("Quote card: “{text}”", text=shown)
    return f"{card}{credit}"
