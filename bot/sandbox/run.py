"""`python -m bot sandbox`: the real bot in a simulated Discord, shown in the browser.

Imported without the extra `sandbox`; what needs it is imported once it is known to be there.
"""

import asyncio
import logging
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec

from bot.errors import OperatorError
from bot.settings import Settings

DEFAULT_PORT = 8780

_HOST = "127.0.0.1"
_MORE_PORTS = 20

# The extra, by the names of its modules.
_NEEDED = ("simcord", "aiohttp", "PIL", "markdown_it", "linkify_it", "regex")


async def run_sandbox(
    settings: Settings, *, port: int, open_browser: bool, say: Callable[[str], None]
) -> None:
    """Serve the lobby on *port* (the room on the next) until SIGINT or SIGTERM, then tidy up.

    Of *settings* only the seeds are used: the data are new, temporary and thrown away at the end.
    When a port is taken the following ones are tried. *say* is handed each line that the person at
    the terminal should read.

    Raises:
        OperatorError: the extra is missing, no port is free, or the seeds are at fault.
    """
    require_extra()
    # Imported, simcord makes a bare client to see how it is built, and discord.py warns of it.
    logging.disable(logging.WARNING)
    from bot.sandbox.house import keep_house  # noqa: PLC0415 (needs the extra)

    logging.disable(logging.NOTSET)
    free = free_pair(port)
    with _signals() as stopped:
        stop = asyncio.create_task(stopped.wait())
        house = asyncio.create_task(keep_house(settings, free, say, open_browser=open_browser))
        try:
            await asyncio.wait({stop, house}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stop.cancel()
            house.cancel()
            await asyncio.wait({house})
    if not house.cancelled():
        house.result()


def require_extra() -> None:
    """Refuse in words when the extra is not installed.

    Raises:
        OperatorError: names what is missing and how to get it.
    """
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise OperatorError(
            f"The sandbox needs {', '.join(missing)}:"
            " pip install 'samizdat[sandbox]', or make demo in a checkout."
        )


def free_pair(port: int) -> int:
    """Return the first port from *port* on that is free together with the one after it.

    Raises:
        OperatorError: none of the first 21 is, or this account may not use them.
    """
    for candidate in range(port, min(port + _MORE_PORTS, 65534) + 1):
        with suppress(OSError):
            _try_to_bind(candidate)
            _try_to_bind(candidate + 1)
            return candidate
    raise OperatorError(
        f"No two neighbouring ports from {port} to {port + _MORE_PORTS + 1} are free on {_HOST}:"
        " choose others with --port."
    )


def _try_to_bind(port: int) -> None:
    with socket.socket() as probe:
        if sys.platform != "win32":  # there it would share the port with whoever has it
            # As asyncio's servers do: a port whose last connections still linger is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((_HOST, port))
        probe.listen()


@contextmanager
def _signals() -> Iterator[asyncio.Event]:
    """Yield what is set when the person (Ctrl-C) or the system asks the program to end."""
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.getsignal(number) for number in numbers}
    for number in numbers:
        try:
            loop.add_signal_handler(number, stopped.set)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stopped.set))
    try:
        yield stopped
    finally:
        for number in numbers:
            with suppress(NotImplementedError):
                loop.remove_signal_handler(number)
            signal.signal(number, before[number])
