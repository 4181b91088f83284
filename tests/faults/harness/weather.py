"""What Discord, or whatever stands before it, does to a request: for a real client, over sockets.

    weather.strikes("POST", "/callback", "429 of the route")

A fault takes (standin, request, noted) and returns the response, or cuts the line. A module that
names this one among its `pytest_plugins` has the fixture `weather`.
"""

import asyncio
import json

import pytest
from aiohttp import web
from loopback.standin import _reset

JSON = "application/json"
HTML = "<html><title>502</title><body>cloudflare</body></html>"


def answering(status, body=None, *, via="1.1 google", kind=JSON, **headers):
    """Answer *status* without having done anything."""

    async def fault(_standin, _request, noted):
        noted.status = status
        return _response(status, body, via, kind, headers)

    return fault


def limited(scope, seconds=0.01, *, via="1.1 google"):
    """Answer 429, of the limit of a route (*scope* user), of all (shared), or of the bot."""
    told = {
        "message": "You are being rate limited.",
        "retry_after": seconds,
        "global": scope == "global",
    }
    more = {"X-RateLimit-Global": "true"} if scope == "global" else {}
    headers = {"X-RateLimit-Scope": scope, "Retry-After": str(seconds), **more}
    return answering(429, told, via=via, **headers)


def refusing(status, code):
    """Answer Discord's refusal *code*."""
    return answering(status, {"message": f"refused ({code})", "code": code})


def garbled(body, kind=JSON):
    """Do what is asked and answer 200 with *body*."""

    async def fault(standin, request, noted):
        await standin._handle(request, noted)
        return _response(200, body, "1.1 google", kind, {})

    return fault


async def cut_before(_standin, request, _noted):
    """Reset the line before anything is done."""
    _reset(request.transport)
    return web.Response()


async def hung_up(_standin, request, _noted):
    """Close the line in an orderly way, without a word."""
    request.transport.close()
    return web.Response()


async def cut_after(standin, request, noted):
    """Do what is asked, and reset the line instead of answering."""
    await standin._handle(request, noted)
    return await cut_before(standin, request, noted)


async def hang(_standin, request, _noted):
    """Answer nothing for as long as somebody waits."""
    while not request.transport.is_closing():  # noqa: ASYNC110 - nothing tells of it
        await asyncio.sleep(0.02)
    return web.Response()


async def hang_after(standin, request, noted):
    """Do what is asked and never say so."""
    await standin._handle(request, noted)
    return await hang(standin, request, noted)


class Weather:
    """Stands before a stand-in; each strike hits one request, in the order they were foretold."""

    def __init__(self, standin):
        self._standin = standin
        self._calm = standin._trouble
        self._coming = []

    def strikes(self, method, ending, name, times=1):
        """Let the fault called so in `FAULTS` hit the next requests whose path ends so."""
        self._coming += [(method, ending, FAULTS[name])] * times

    def strikes_with(self, method, ending, fault):
        """Let a *fault* of one's own hit the next request whose path ends so."""
        self._coming.append((method, ending, fault))

    @property
    def is_over(self):
        return not self._coming

    async def trouble(self, request, noted):
        for strike in self._coming:
            method, ending, fault = strike
            if method == noted.method and noted.path.endswith(ending):
                self._coming.remove(strike)
                return await fault(self._standin, request, noted)
        return await self._calm(request, noted)


def _response(status, body, via, kind, headers):
    named = {"Content-Type": kind, **({"Via": via} if via else {}), **headers}
    if body is None:
        body = {"message": f"{status}: trouble", "code": 0}
    text = body if isinstance(body, str) else json.dumps(body)
    return web.Response(status=status, body=text.encode(), headers=named)


_WALL = {"via": None, "kind": "text/html"}
FAULTS = {
    "429 of the route": limited("user"),
    "429 of the bot": limited("global"),
    "429 shared by all": limited("shared"),
    "429 of an hour": limited("user", 3600),
    "429 of a wall": answering(429, HTML, **_WALL),
    "500": answering(500),
    "502": answering(502),
    "502 of a wall": answering(502, HTML, **_WALL),
    "503": answering(503),
    "520": answering(520),
    "524": answering(524),
    "reset before": cut_before,
    "reset after": cut_after,
    "hung up": hung_up,
    "hangs": hang,
    "hangs after": hang_after,
    "a page instead of JSON": garbled(HTML, "text/html"),
    "half a JSON": garbled('{"id'),
    "another JSON": garbled("[1, 2]"),
    "400 a fault of ours": refusing(400, 50035),
    "401": refusing(401, 0),
    "10003 unknown channel": refusing(404, 10003),
    "10008 unknown message": refusing(404, 10008),
    "10015 unknown webhook": refusing(404, 10015),
    "50027 token expired": refusing(401, 50027),
    "10062 unknown interaction": refusing(404, 10062),
    "40060 acknowledged": refusing(400, 40060),
    "50001 missing access": refusing(403, 50001),
    "50013 missing permissions": refusing(403, 50013),
}


@pytest.fixture
def weather(standin, monkeypatch):
    """The weather over the stand-in of a test."""
    weather = Weather(standin)
    monkeypatch.setattr(standin, "_trouble", weather.trouble)
    return weather
