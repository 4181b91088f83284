"""The gateway: one websocket a shard, with heartbeats, resuming, and zlib-stream on request."""

import asyncio
import itertools
import json
import zlib
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web
from loopback import payloads

DISPATCH, HEARTBEAT, IDENTIFY, RESUME = 0, 1, 2, 6
RECONNECT, INVALID_SESSION, HELLO, ACK = 7, 9, 10, 11
WRONG_TOKEN = 4004
RESUME_PATH = "/resume"
"""Discord has sessions resume at another host than they began at."""


@dataclass(eq=False)
class Session:
    """What survives a connection: everything sent, by its number."""

    number: str
    shard: int
    shards: int
    sent: list = field(default_factory=list)

    def has(self, guild_id):
        return payloads.shard_of(guild_id, self.shards) == self.shard


@dataclass(eq=False)
class Line:
    """One connection."""

    socket: web.WebSocketResponse
    squeeze: object = None
    session: Session | None = None

    async def send(self, **frame):
        text = json.dumps(frame)
        if self.squeeze is None:
            await self.socket.send_str(text)
        else:
            squeezed = self.squeeze.compress(text.encode())
            await self.socket.send_bytes(squeezed + self.squeeze.flush(zlib.Z_SYNC_FLUSH))


class Gateway:
    """Takes the bot's connections, remembers what they asked for, hands out events."""

    def __init__(self, token):
        self.token = token
        self.url = ""
        self.guilds = [payloads.GUILD_ID]
        self.lines = []
        self.identifies = []
        self.resumes = 0
        self.heartbeats = 0
        self.closed_to_all = False
        self.resume_is_dead = False
        self.refusal = None
        self._audible = asyncio.Event()
        self._audible.set()
        self.connected = asyncio.Event()
        self.gone = asyncio.Event()
        self._sessions = {}
        self._numbers = itertools.count(1)

    async def serve(self, request):
        if self.closed_to_all or (self.resume_is_dead and request.path == RESUME_PATH):
            raise web.HTTPServiceUnavailable
        socket = web.WebSocketResponse(autoclose=False)
        await socket.prepare(request)
        squeezed = request.query.get("compress") == "zlib-stream"
        line = Line(socket, zlib.compressobj() if squeezed else None)
        self.lines.append(line)
        await line.send(op=HELLO, d={"heartbeat_interval": 41250})
        try:
            async for frame in socket:
                await self._audible.wait()
                if frame.type is WSMsgType.TEXT:
                    await self._take(line, json.loads(frame.data))
            await self._audible.wait()
            await socket.close()
        finally:
            self.lines.remove(line)
            self.connected.clear()
            self.gone.set()
        return socket

    async def dispatch(self, event, data):
        """Send an event to the bot; what it misses while away is sent when it resumes."""
        known = list(self._sessions.values())
        where = data.get("guild_id", data.get("id") if event.startswith("GUILD_") else None)
        own = [each for each in known if where is not None and each.has(where)]
        await self._send((own or known)[-1], event, data)

    async def _send(self, session, event, data):
        frame = {"op": DISPATCH, "t": event, "s": len(session.sent) + 1, "d": data}
        session.sent.append(frame)
        for line in self.lines:
            if line.session is session:
                await line.send(**frame)

    async def ask_to_reconnect(self):
        for line in list(self.lines):
            await line.send(op=RECONNECT, d=None)

    async def invalidate(self):
        self._sessions.clear()
        for line in list(self.lines):
            await line.send(op=INVALID_SESSION, d=False)

    async def hang_up(self, code=4000):
        self._audible.set()
        for line in list(self.lines):
            await line.socket.close(code=code)

    def fall_silent(self):
        """Answer nothing any more, not even that a line is being closed."""
        self._audible.clear()

    async def _take(self, line, frame):
        if frame["op"] == HEARTBEAT:
            self.heartbeats += 1
            await line.send(op=ACK, d=None)
        elif frame["op"] in {IDENTIFY, RESUME} and frame["d"]["token"] != self.token:
            await line.socket.close(code=WRONG_TOKEN, message=b"Authentication failed.")
        elif frame["op"] == IDENTIFY and self.refusal:
            await line.socket.close(code=self.refusal)
        elif frame["op"] == IDENTIFY:
            await self._identify(line, frame["d"])
        elif frame["op"] == RESUME:
            await self._resume(line, frame["d"])

    async def _identify(self, line, wanted):
        self.identifies.append(wanted)
        line.session = Session(f"session{next(self._numbers)}", *wanted.get("shard", [0, 1]))
        self._sessions[line.session.number] = line.session
        await self._send(line.session, "READY", self._ready(line.session))
        for guild_id in filter(line.session.has, self.guilds):
            await self._send(line.session, "GUILD_CREATE", payloads.guild(guild_id))
        self.connected.set()

    def _ready(self, session):
        return {
            "v": 10,
            "user": payloads.itself(),
            "guilds": [
                {"id": guild_id, "unavailable": True}
                for guild_id in filter(session.has, self.guilds)
            ],
            "session_id": session.number,
            "session_type": "normal",
            "resume_gateway_url": self.url.replace("/gateway", RESUME_PATH),
            "shard": [session.shard, session.shards],
            "application": {"id": payloads.APPLICATION_ID, "flags": 0},
        }

    async def _resume(self, line, wanted):
        session = self._sessions.get(wanted["session_id"])
        if session is None:
            await line.send(op=INVALID_SESSION, d=False)
            return
        line.session = session
        missed = session.sent[wanted["seq"] :]
        for frame in missed:
            await line.send(**frame)
        self.resumes += 1
        await self._send(session, "RESUMED", {})
        self.connected.set()
