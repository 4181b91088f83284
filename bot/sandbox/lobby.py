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

from aiohttp import web

from bot.errors import OperatorError
from bot.sandbox import lobby_page
from bot.sandbox.menus import MENUS, messages, use_menu
from bot.sandbox.press import PATH, Press
from bot.sandbox.stage import Stage
from bot.sandbox.tour import STEP, STEPS, Tour
from bot.sandbox.world import ADMIN, BOT_NAME, FORUM, NEWS, PEOPLE

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_NOTICE = "Whatever falls due in skipped time happens at once."
_SPANS = {
    "hour": (timedelta(hours=1), "An hour has passed."),
    "days": (timedelta(days=3), "Three days have passed."),
}


class Lobby:
    """The handlers of the page; `application` is what to serve on 127.0.0.1:*port*."""

    def __init__(self, stage: Stage, port: int, press: Press | None = None) -> None:
        self._stage = stage
        self._press = press
        self._tour = Tour(stage, press)
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
                web.get("/room/{name}", self._walk),
                web.get("/portraits/{name}.png", self._portrait),
                web.post("/channels/{name}", self._switch),
                web.post("/people/{name}", self._become),
                web.post("/tour/{step}", self._lead),
                web.post("/annex", self._found),
                web.post("/menu", self._use_menu),
                web.post("/skip/{span}", self._skip),
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
        stage, token = self._stage, self._token
        done = await self._tour.done()
        page = self._page.substitute(
            nonce=nonce,
            hidden=lobby_page.hidden(token),
            notice=escape(self._notice),
            steps=lobby_page.steps(token, done),
            people=lobby_page.people(token, stage.viewer),
            askers=lobby_page.askers(stage.viewer),
            **self._moment(),
            **await self._shown(),
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
        done = sorted(await self._tour.done())
        viewer = self._stage.viewer
        return web.json_response(
            {**self._moment(), **await self._shown(), "done": done, "viewer": viewer}
        )

    async def _shown(self) -> dict[str, str]:
        """Return the parts of the page that change while one looks at it."""
        stage, token = self._stage, self._token
        has_annex = stage.annex is not None
        feed = self._press.address if self._press is not None else ""
        done = await self._tour.done()
        return {
            "channels": lobby_page.channels(token, stage.channel, annex=has_annex),
            "messages": lobby_page.quotable(messages(stage)),
            "branch": lobby_page.branch(token, feed, annex=has_annex),
            "progress": f"{len(done)} of {len(STEPS)} done" if done else "",
        }

    async def _enter(self, _request: web.Request) -> web.Response:
        raise web.HTTPFound(await self._stage.address())

    async def _walk(self, request: web.Request) -> web.Response:
        """Lead from one channel of the room to another: the links of its own page."""
        if request.headers.get("Sec-Fetch-Site") == "cross-site":
            raise web.HTTPForbidden(text="This link was followed from another site.")
        raise web.HTTPFound(await self._stage.show(self._channel_of(request)))

    async def _portrait(self, request: web.Request) -> web.Response:
        picture = self._stage.pictures.get(request.match_info["name"])
        if picture is None:
            raise web.HTTPNotFound
        return web.Response(body=picture, content_type="image/png")

    async def _switch(self, request: web.Request) -> web.Response:
        raise web.HTTPSeeOther(await self._stage.show(self._channel_of(request)))

    def _channel_of(self, request: web.Request) -> str:
        name = request.match_info["name"]
        if name == FORUM or name not in self._stage.channels:
            raise web.HTTPNotFound
        return name

    async def _become(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        if name not in {person.key for person in PEOPLE}:
            raise web.HTTPNotFound
        raise web.HTTPSeeOther(await self._stage.show(self._stage.channel, name))

    async def _lead(self, request: web.Request) -> web.Response:
        """Do a step of the tour, and lead to where its outcome is seen."""
        step = STEP.get(request.match_info["step"])
        if step is None:
            raise web.HTTPNotFound
        try:
            await self._tour.do(step.key)
        except TimeoutError:
            self._notice = "That takes a while; the room shows it when it is done."
        raise web.HTTPSeeOther(await self._stage.show(step.channel))

    async def _found(self, _request: web.Request) -> web.Response:
        await self._stage.found_annex()
        raise web.HTTPSeeOther(await self._stage.show("welcome", ADMIN.key))

    async def _use_menu(self, request: web.Request) -> web.Response:
        given = await request.post()
        menu, _, number = str(given.get("use", "")).partition(":")
        if menu not in MENUS or not number.isdecimal():
            raise web.HTTPNotFound
        try:
            said = await use_menu(self._stage, str(given.get("who")), MENUS[menu], int(number))
        except LookupError:
            raise web.HTTPNotFound from None
        except TimeoutError:
            said = "The press is busy; look into the room in a moment."
        return self._done(request, said)

    async def _skip(self, request: web.Request) -> web.Response:
        span, said = _SPANS.get(request.match_info["span"], (None, ""))
        if span is None:
            raise web.HTTPNotFound
        try:
            await self._stage.skip(span)
        except TimeoutError:
            return self._done(request, "So much falls into this time that it takes a while.")
        return self._done(request, said)

    async def _drop(self, request: web.Request) -> web.Response:
        if self._press is None or self._press.is_empty:
            return self._done(request, "The author has told everything there is to tell.")
        try:
            title = await self._press.drop()
        except TimeoutError:
            return self._done(request, "A chapter dropped; its announcement takes a while.")
        return self._done(request, f"“{title}” dropped. Look into #{NEWS} and #soviet.")

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
