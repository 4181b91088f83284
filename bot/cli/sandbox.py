"""`sandbox`: the bot in a simulated Discord, in the browser."""

import asyncio
from argparse import Namespace

from bot.clock import Clock
from bot.sandbox.run import run_sandbox
from bot.settings import Settings


def sandbox(options: Namespace, settings: Settings, _clock: Clock) -> int:
    """Open the sandbox until Ctrl-C; it keeps nothing."""
    asyncio.run(
        run_sandbox(settings, port=options.port, open_browser=not options.no_browser, say=print)
    )
    return 0
