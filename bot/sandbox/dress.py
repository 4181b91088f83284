"""How the room looks: simcord's page as a chat, without the tools of its workbench.

simcord's page is for those who build bots: it has an inspector, a recorder, a list of messages. A
visitor wants the channels, and a way back. So its page and its style sheet are altered on their way
to the browser; the code that runs in it is simcord's own. And embeds show what Discord shows there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files

import simcord
from aiohttp import web
from simcord.preview import _markdown

_BRAND = (
    '<span class="brand-mark" aria-hidden="true">S</span>\n'
    "          <span><strong>SimCord</strong><small>Preview</small></span>"
)
_TITLE = "<title>SimCord Preview</title>"
_ROOM = '<div class="preview-workspace" id="preview-workspace">'


@dataclass(frozen=True, slots=True)
class Signs:
    """What stands about the room: its server, its channels (*here* is the one shown), the lobby."""

    server: str
    channels: Sequence[str]
    here: str
    lobby: str


def let_embeds_speak() -> None:
    """Have embeds show mentions, commands and small print, as they do in Discord."""
    for place in ("embed_description", "embed_field_value"):
        policy = _markdown._FIELD_POLICIES[place]  # noqa: SLF001 - there is no setting for it
        policy.update(mentions=True, commands=True, subtext=True)


def dress(preview: simcord.Preview, signs: Signs) -> None:
    """Have *preview*, which is not open yet, serve its page as a chat with *signs*."""
    server = preview._server  # noqa: SLF001 - there is no setting for it
    undressed = server._static  # noqa: SLF001

    async def serve(request: web.Request) -> web.Response:
        response: web.Response = await undressed(request)
        if request.path == "/":
            response.text = dressed_page(response.text or "", signs)
        elif request.path == "/preview.css":
            response.text = f"{response.text or ''}\n{_style()}"
        return response

    server._static = serve  # type: ignore[method-assign] # noqa: SLF001


def dressed_page(page: str, signs: Signs) -> str:
    """Return simcord's *page* with the room's name, the channels, and the way back to the lobby."""
    server = escape(signs.server)
    back = (
        f'<a class="back" href="{escape(signs.lobby)}">← Lobby</a>'
        "<small>A simulated Discord, by simcord</small>"
    )
    here = "".join(_channel(name, signs) for name in signs.channels)
    channels = f'<nav class="rooms" aria-label="Channels"><strong>{server}</strong>{here}</nav>'
    return (
        page.replace(_TITLE, f"<title>#{escape(signs.here)} · {server}</title>")
        .replace(_BRAND, back)
        .replace(_ROOM, f"{_ROOM}{channels}")
    )


def _channel(name: str, signs: Signs) -> str:
    current = ' aria-current="page"' if name == signs.here else ""
    address = escape(f"{signs.lobby}room/{name}")
    return f'<a href="{address}"{current}><span aria-hidden="true">#</span> {escape(name)}</a>'


def _style() -> str:
    return files("bot.sandbox").joinpath("room.css").read_text("utf-8")
