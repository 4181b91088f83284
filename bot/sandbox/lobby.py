"""The lobby: the page at a fixed address from which a visitor enters and steers the simulation.

It listens on loopback only, answers only to its own name (so that no site can reach it by pointing
a name of its own at 127.0.0.1), and changes something only on a POST that carries the token of
this run (so that no site can press its buttons).
"""

import secrets
from collections.abc import Awaitable, Callable
from datetime import timedelta
from html import escape
from importlib.resources import files
from string import Template

import discord
from aiohttp import web

from bot.errors import OperatorError
from bot.sandbox.press import PATH, Press
from bot.sandbox.stage import Stage
from bot.sandbox.world import BOT_NAME, FORUM, NEWS, PEOPLE, TOPICS

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_NOTICE = "Whatever falls due in a skipped hour happens at once."

_MENUS = {"card": "Make quote card", "save": "Save to quote book"}
_SHOWN = 160
"""Characters of a message in the list of those that a menu can be used on."""

# Command, what to type into its option, what to look for.
_TRIES = (
    ("/event", "193", "Stop there: the years come up while you type. Pick one, then send it."),
    (
        "/event",
        "who killed stalin?",
        "A question will do. Under the answer, ◀ and ▶ go on in time.",
    ),
    ("/event", "turkish war before 1933", "Words and a date together; <b>1930s</b> alone, too."),
    (
        "/soviet motion",
        "That the next chapter have 10,000 words.",
        "In #soviet. Then look as somebody else, second it, and vote.",
    ),
    (
        "/chapter list",
        "",
        "Then drop the next chapter, above, and see it announced in #announcements.",
    ),
    ("/help", "", "What you may do here. Then ask as somebody else."),
)


class Lobby:
    """The handlers of the page; `application` is what to serve on 127.0.0.1:*port*."""

    def __init__(self, stage: Stage, port: int, press: Press | None = None) -> None:
        self._stage = stage
        self._press = press
        self._hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
        self._token = secrets.token_urlsafe(24)
        self._notice = _NOTICE
        self._page = Template(files("bot.sandbox").joinpath("lobby.html").read_text("utf-8"))

    def application(self) -> web.Application:
        """Return the web application, ready to be run once."""
        application = web.Application(middlewares=[self._guard], client_max_size=4096)
        application.add_routes(
            [
                web.get("/", self._show),
                web.get("/now", self._tell),
                web.get("/room", self._enter),
                web.get("/portraits/{name}.png", self._portrait),
                web.post("/channels/{name}", self._switch),
                web.post("/menu", self._use_menu),
                web.post("/skip", self._skip),
                web.post("/restart", self._restart),
            ]
        )
        if self._press is not None:
            application.add_routes(
                [web.get(PATH, self._press.serve), web.post("/press/drop", self._drop)]
            )
        return application

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.host not in self._hosts:
            raise web.HTTPForbidden(text="This is a lobby of 127.0.0.1 only.")
        if request.method == "POST":
            await self._check_press(request)
        response = await handler(request)
        response.headers.update(
            {
                "Cache-Control": "no-store",
                "X-Content-Type-Options": "nosniff",
                "X-Frame-Options": "DENY",
                # "no-referrer" would make the Origin of our own forms "null".
                "Referrer-Policy": "same-origin",
            }
        )
        return response

    async def _check_press(self, request: web.Request) -> None:
        origin = request.headers.get("Origin")
        if origin is not None and origin.removeprefix("http://") not in self._hosts:
            raise web.HTTPForbidden(text="This button was pressed from another site.")
        given = (await request.post()).get("token")
        if not secrets.compare_digest(str(given).encode(), self._token.encode()):
            raise web.HTTPForbidden(text="This page is of an earlier run: open the lobby again.")

    async def _show(self, _request: web.Request) -> web.Response:
        nonce = secrets.token_urlsafe(16)
        page = self._page.substitute(
            nonce=nonce,
            token=self._token,
            notice=escape(self._notice),
            channels=self._channels(),
            press=self._drop_button(),
            people=_people(),
            tries=_tries(),
            askers=_askers(),
            messages=self._messages(),
            **self._moment(),
        )
        self._notice = _NOTICE
        response = web.Response(text=page, content_type="text/html")
        response.headers["Content-Security-Policy"] = (
            f"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}';"
            " img-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none';"
            # A form that switches the channel is redirected to the room, on its own port.
            " form-action 'self' http://127.0.0.1:*"
        )
        return response

    async def _tell(self, _request: web.Request) -> web.Response:
        shown = {"channel": self._stage.channel, "messages": self._messages()}
        return web.json_response({**self._moment(), **shown})

    async def _enter(self, _request: web.Request) -> web.Response:
        raise web.HTTPFound(await self._stage.address())

    async def _portrait(self, request: web.Request) -> web.Response:
        picture = self._stage.pictures.get(request.match_info["name"])
        if picture is None:
            raise web.HTTPNotFound
        return web.Response(body=picture, content_type="image/png")

    async def _switch(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name == FORUM or name not in self._stage.world.channels:
            raise web.HTTPNotFound
        raise web.HTTPSeeOther(await self._stage.show(name))

    async def _use_menu(self, request: web.Request) -> web.Response:
        given = await request.post()
        menu, _, number = str(given.get("use", "")).partition(":")
        if menu not in _MENUS or not number.isdecimal():
            raise web.HTTPNotFound
        try:
            said = await self._stage.use_menu(str(given.get("who")), _MENUS[menu], int(number))
        except LookupError:
            raise web.HTTPNotFound from None
        except TimeoutError:
            said = "The press is busy; look into the room in a moment."
        return self._done(request, said)

    async def _skip(self, request: web.Request) -> web.Response:
        try:
            await self._stage.skip(timedelta(hours=1))
        except TimeoutError:
            return self._done(request, "So much falls into this hour that it takes a while.")
        return self._done(request, "An hour has passed.")

    async def _drop(self, request: web.Request) -> web.Response:
        if self._press is None or self._press.is_empty:
            return self._done(request, "The author has told everything there is to tell.")
        try:
            title = await self._press.drop()
        except TimeoutError:
            return self._done(request, "A chapter dropped; its announcement takes a while.")
        return self._done(request, f"“{title}” dropped. Look into #{NEWS}.")

    async def _restart(self, request: web.Request) -> web.Response:
        try:
            await self._stage.restart()
        except OperatorError as error:
            return self._done(request, f"The bot did not come back: {error}")
        return self._done(request, f"{BOT_NAME} was restarted. Old buttons still answer.")

    def _done(self, request: web.Request, notice: str) -> web.Response:
        """Answer the script with what happened; show it on the page to those without one."""
        if "application/json" in request.headers.get("Accept", ""):
            return web.json_response({**self._moment(), "notice": notice})
        self._notice = notice
        raise web.HTTPSeeOther("/")

    def _moment(self) -> dict[str, str]:
        now = self._stage.now()
        return {
            "iso": now.isoformat(timespec="seconds"),
            "time": f"{now:%H:%M}",
            "date": f"{now:%A}, {now.day} {now:%B} {now.year}",
        }

    def _drop_button(self) -> str:
        if self._press is None:
            return ""
        return (
            '<form method="post" action="/press/drop" class="press drop">'
            f'<input type="hidden" name="token" value="{self._token}">'
            "<button>Drop the next chapter</button></form>"
        )

    def _messages(self) -> str:
        return "".join(_message(each) for each in self._stage.messages())

    def _channels(self) -> str:
        return "".join(self._channel(name, topic) for name, topic in TOPICS.items())

    def _channel(self, name: str, topic: str) -> str:
        about = f"<strong>#{escape(name)}</strong><span>{escape(topic)}</span>"
        if name == FORUM:
            return f'<li class="shut">{about}<em>a forum; nobody has posted yet</em></li>'
        current = ' aria-current="true"' if name == self._stage.channel else ""
        return (
            f'<li data-channel="{escape(name)}"{current}>'
            f'<form method="post" action="/channels/{escape(name)}" target="reading-room">'
            f'<input type="hidden" name="token" value="{self._token}">'
            f"<button>{about}</button></form></li>"
        )


def _askers() -> str:
    return "".join(
        f'<option value="{escape(person.key)}">{escape(person.name)}</option>' for person in PEOPLE
    )


def _message(message: discord.Message) -> str:
    said = " ".join(message.content.split())
    buttons = "".join(
        f'<button name="use" value="{key}:{message.id}">{escape(name)}</button>'
        for key, name in _MENUS.items()
    )
    name = escape(message.author.display_name)
    return f"<li><p><strong>{name}</strong> {escape(said[:_SHOWN])}</p><div>{buttons}</div></li>"


def _people() -> str:
    rows = (
        f'<li><img src="/portraits/{escape(person.key)}.png" alt="" width="48" height="48">'
        f"<div><strong>{escape(person.name)}</strong><span>{escape(person.line)}</span></div></li>"
        for person in PEOPLE
    )
    return "".join(rows)


def _tries() -> str:
    return "".join(_try(*row) for row in _TRIES)


def _try(command: str, text: str, remark: str) -> str:
    # The room's composer takes a command from its menu only, so the option alone is copied.
    copy = f'<button class="copy" type="button" hidden data-copy="{escape(text)}">Copy</button>'
    typed = f"<code><b>{escape(command)}</b> {escape(text)}</code>"
    return f"<li>{copy if text else ''}{typed}<p>{remark}</p></li>"
