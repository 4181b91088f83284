"""Being a decent guest: one request at a time to a host, and a pause after it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

_REMEMBERED = 500


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0
    guests: int = 0


class Manners:
    """Who may ask which host when; waiting for one host holds up nobody else's."""

    def __init__(self) -> None:
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str, gap: float) -> AsyncIterator[None]:
        """Wait for *host* to be free; it is free again *gap* seconds after the block has ended."""
        self._forget_the_idle()
        known = self._hosts.setdefault(host, _Host())
        loop = asyncio.get_running_loop()
        known.guests += 1
        try:
            async with known.lock:
                await asyncio.sleep(max(0.0, known.free_at - loop.time()))
                try:
                    yield
                finally:
                    known.free_at = loop.time() + gap
        finally:
            known.guests -= 1

    def _forget_the_idle(self) -> None:
        if len(self._hosts) <= _REMEMBERED:
            return
        now = asyncio.get_running_loop().time()
        for name, host in list(self._hosts.items()):
            if not host.guests and host.free_at <= now:
                del self._hosts[name]
