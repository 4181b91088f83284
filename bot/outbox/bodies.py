"""Discord's JSON of a message: richer by a picture, or simpler where Discord refuses it."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.outbox.models import Picture

LAYOUT = 1 << 15
"""The flag of messages that are made of components only."""
_TEXT, _GALLERY, _LINK = 10, 12, 5
_CONTENT = 2000

Body = Mapping[str, Any]


def with_picture(body: Body, picture: Picture | None) -> dict[str, Any]:
    """Return *body* showing *picture*, the first file of the request; without one, as it is."""
    made = dict(body)
    if picture is None:
        return made
    address = f"attachment://{picture.name}"
    made["attachments"] = [{"id": 0, "filename": picture.name, "description": picture.alt[:1024]}]
    if made.get("flags", 0) & LAYOUT:
        item = {"media": {"url": address}, "description": picture.alt[:1024]}
        made["components"] = [*made["components"], {"type": _GALLERY, "items": [item]}]
    elif embeds := made.get("embeds"):
        made["embeds"] = [{**embeds[0], "image": {"url": address}}, *embeds[1:]]
    return made


def simpler(body: Body) -> dict[str, Any] | None:
    """Return *body* with its most delicate part taken out; None when it is plain text already.

    First the components go, then the embeds become text with their links. Who is pinged stays.
    """
    made = dict(body)
    if made.get("flags", 0) & LAYOUT:
        made["flags"] &= ~LAYOUT
        return _as_text(made, [*_texts(made.pop("components", [])), *_links(body)])
    if made.get("components"):
        links = _links(body)
        made["components"] = []
        return made if made.get("embeds") else _as_text(made, links)
    if embeds := made.get("embeds"):
        made["embeds"] = []
        return _as_text(made, [line for embed in embeds for line in _of_embed(embed)])
    return None


def _as_text(made: dict[str, Any], lines: list[str]) -> dict[str, Any]:
    given = [made["content"]] if made.get("content") else []
    text = "\n".join([*given, *dict.fromkeys(line for line in lines if line)])
    made["content"] = text if len(text) <= _CONTENT else f"{text[: _CONTENT - 1]}…"
    return made


def _of_embed(embed: Mapping[str, Any]) -> list[str]:
    return [
        embed.get("url") or "",
        embed.get("title") or "",
        embed.get("description") or "",
        *(f"{part.get('name', '')}: {part.get('value', '')}" for part in embed.get("fields") or ()),
    ]


def _texts(parts: list[Any]) -> Iterator[str]:
    for part in parts:
        if part.get("type") == _TEXT:
            yield part.get("content") or ""
        yield from _texts(part.get("components") or [])


def _links(body: Body) -> list[str]:
    found: list[str] = []
    waiting = list(body.get("components") or [])
    while waiting:
        part = waiting.pop(0)
        if part.get("style") == _LINK and part.get("url"):
            found.append(str(part["url"]))
        waiting.extend(part.get("components") or [])
    return found
