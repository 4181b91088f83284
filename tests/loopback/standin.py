"""A stand-in for Discord on a loopback port: it takes the real discord.py and judges what it sends.

Every request is kept, every violation of Discord's rules is refused as Discord does and remembered.
"""

import asyncio
import json
import socket
import struct
from dataclasses import dataclass, field

from aiohttp import web
from loopback import payloads
from loopback.gateway import RESUME_PATH, Gateway
from loopback.readers import Answer, Reader
from loopback.rest import ROUTES, Call, RefusalError, needs_token, routed
from loopback.schemas import faults_of_answer, faults_of_request

API = "/api/v10"


@dataclass(eq=False)
class Request:
    """A request as it came, and what was answered (None: the connection was cut)."""

    method: str
    path: str
    payload: object
    at: float
    status: int | None = None


@dataclass(eq=False)
class Trouble:
    """A fault to come: what is answered instead, *times* times."""

    method: str
    ending: str
    status: int | None
    retry_after: float
    times: int
    until: asyncio.Event | None = None
    met: asyncio.Event = field(default_factory=asyncio.Event)


class Standin:
    """Discord, as far as this bot can tell."""

    def __init__(self, token=payloads.TOKEN):
        self.token = token
        self.deadline = 3.0
        self.gateway = Gateway(token)
        self.requests = []
        self.violations = []
        self.own_faults = []
        self.commands = {}
        self.answers = {}
        self.messages = {}
        self._troubles = []
        self._runner = None

    async def __aenter__(self):
        app = web.Application()
        app.router.add_get("/gateway", self.gateway.serve)
        app.router.add_get(RESUME_PATH, self.gateway.serve)
        app.router.add_route("*", API + "/{path:.*}", self._serve)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.port = self._runner.addresses[0][1]
        self.gateway.url = f"ws://127.0.0.1:{self.port}/gateway"
        return self

    async def __aexit__(self, *_):
        for trouble in self._troubles:
            if trouble.until:
                trouble.until.set()
        await self.gateway.hang_up()
        await self._runner.cleanup()

    @property
    def base(self):
        return f"http://127.0.0.1:{self.port}{API}"

    def reader(self, name, permissions=payloads.ORDINARY, place="lounge"):
        """Return somebody who reads in the lounge or elsewhere (payloads.PLACES)."""
        return Reader(self, payloads.user(payloads.snowflake(), name), permissions, place)

    def fail(self, method, ending, status, *, retry_after=0.0, times=1):
        """Answer the next requests whose path ends so with *status*; None resets the connection."""
        self._troubles.append(Trouble(method, ending, status, retry_after, times))

    def hold(self, method, ending):
        """Keep the next such request waiting until the returned `until` is set; `met`: it came."""
        trouble = Trouble(method, ending, 0, 0.0, 1, asyncio.Event())
        self._troubles.append(trouble)
        return trouble

    def made(self, method, ending):
        """Return the requests whose path ends so."""
        return [
            each for each in self.requests if each.method == method and each.path.endswith(ending)
        ]

    async def ask(self, interaction):
        """Send an interaction to the bot and return where its answer will be."""
        answer = self.expect(interaction)
        await self.gateway.dispatch("INTERACTION_CREATE", interaction)
        return answer

    def expect(self, interaction):
        """Take an answer to *interaction* from now on, and return where it will be."""
        now = asyncio.get_running_loop().time()
        return self.answers.setdefault(interaction["token"], Answer(self, interaction, now))

    def keep(self, message):
        self.messages[message["id"]] = message
        return message

    async def _serve(self, request):
        at = asyncio.get_running_loop().time()
        path, text = request.path.removeprefix(API), await request.text()
        payload = json.loads(text) if text else None
        noted = Request(request.method, path, payload, at)
        self.requests.append(noted)
        if (answered := await self._trouble(request, noted)) is not None:
            return answered
        try:
            status, body = await self._handle(request, noted)
        except RefusalError as refusal:
            if refusal.code == 50035:
                self.violations.append(f"{request.method} {path}: {refusal.reason}")
            status, body = refusal.status, refusal.body()
        noted.status = status
        return _json(status, body)

    async def _handle(self, request, noted):
        if request.headers.get("Authorization", f"Bot {self.token}") != f"Bot {self.token}":
            raise RefusalError(401, 0, "401: Unauthorized")
        template, match = routed(request.method, noted.path)
        if needs_token(template) and "Authorization" not in request.headers:
            raise RefusalError(401, 0, "401: Unauthorized")
        call = Call(request.method, template, match, request.query, noted.payload, noted.at)
        if faults := faults_of_request(call.method, template, call.payload):
            raise RefusalError(400, 50035, "; ".join(faults))
        status, body = await ROUTES[call.method, template](self, call)
        self.own_faults.extend(faults_of_answer(call.method, template, status, body))
        return status, body

    async def _trouble(self, request, noted):
        """Do what `fail` or `hold` asked for; return the response that stands for the real one."""
        for trouble in self._troubles:
            fits = trouble.method == noted.method and noted.path.endswith(trouble.ending)
            if fits and trouble.times > 0:
                break
        else:
            return None
        trouble.times -= 1
        trouble.met.set()
        if trouble.until is not None:
            await trouble.until.wait()
            return None
        noted.status = trouble.status
        if trouble.status is None:
            _reset(request.transport)
        return _refused(trouble.status or 500, trouble.retry_after)


def _refused(status, retry_after):
    if status == 429:
        body = {
            "message": "You are being rate limited.",
            "retry_after": retry_after,
            "global": False,
        }
        return _json(429, body, {"Retry-After": str(retry_after), "X-RateLimit-Scope": "user"})
    return _json(status, {"message": f"{status}: trouble", "code": 0})


def _json(status, body, headers=None):
    # "Via" is how discord.py tells Discord's own 429 from one of the wall before it. The content
    # type it compares bare, without a charset.
    named = {"Content-Type": "application/json", "Via": "1.1 google", **(headers or {})}
    if body is None:
        return web.Response(status=status)
    return web.Response(status=status, body=json.dumps(body).encode(), headers=named)


def _reset(transport):
    # Without lingering, closing sends RST: the other side reads ECONNRESET.
    wire = transport.get_extra_info("socket")
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
