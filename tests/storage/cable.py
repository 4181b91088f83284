"""A cable between the bot and its PostgreSQL that can be cut where it hurts most."""

import asyncio

from pydantic import SecretStr


class Cable:
    """Forwards a port to another; *cuts* says when it breaks."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._writers: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None
        self.cuts = "never"

    async def __aenter__(self) -> "Cable":
        self._server = await asyncio.start_server(self._forward, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_) -> None:
        await self.pull()

    async def pull(self) -> None:
        """Cut it for good: nobody gets through any more."""
        self._server.close()
        self.cut()

    def cut(self) -> None:
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()

    def url(self, database: str) -> SecretStr:
        port = self._server.sockets[0].getsockname()[1]
        return SecretStr(f"postgresql://red@127.0.0.1:{port}/{database}?sslmode=disable")

    async def _forward(self, reader, writer) -> None:
        try:
            there, thither = await asyncio.open_connection("127.0.0.1", self._port)
        except OSError:
            writer.close()
            return
        self._writers |= {writer, thither}
        state = {"committing": False}
        await asyncio.gather(
            self._pump(reader, thither, state, "asked"),
            self._pump(there, writer, state, "answered"),
            return_exceptions=True,
        )

    async def _pump(self, source, target, state, direction) -> None:
        while data := await source.read(65536):
            if direction == "asked" and b"COMMIT\n" in data:
                state["committing"] = True
                if self.cuts == "before the commit":
                    self._cut_once()
                    return
            if direction == "answered" and state["committing"] and b"COMMIT\0" in data:
                if self.cuts.startswith("after the commit"):
                    if self.cuts.endswith("for good"):
                        await self.pull()
                    self._cut_once()
                    return
                state["committing"] = False
            target.write(data)
            await target.drain()
        target.close()

    def _cut_once(self) -> None:
        self.cuts = "never"
        self.cut()
