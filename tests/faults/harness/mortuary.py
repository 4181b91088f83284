"""Gives birth to processes that do one operation, and die of it; not a test.

Starting Python costs more than all the rest, so this process imports everything once and forks for
each line on its standard input:

    prepare NAME | FOLDER | URL    do what NAME needs
    finish NAME | FOLDER | URL     go on with what was cut short
    POINT NAME | FOLDER | URL      do NAME and die at POINT (see death.py)

No URL: the database is a file in the folder. It prints `acknowledged` when the operation said that
it is done (`refused …`: or that it cannot be), `lived N` after a whole life of N statements, and
`end`.
"""

import asyncio
import gc
import os
import sys
from pathlib import Path

from faults.harness.death import mortal
from faults.harness.every import EVERY
from faults.harness.house import opened
from pydantic import SecretStr

from bot.errors import BotError

KNOWN = {operation.name: operation for operation in EVERY}


def say(line):
    os.write(1, f"{line}\n".encode())  # one call, unbuffered: what was said before a kill is said


async def live(point, operation, folder, url):
    mortality = mortal(point)
    async with opened(folder, url) as services:
        if point == "prepare":
            await operation.prepare(services)
        elif point == "finish":
            await operation.finish(services)
        else:
            mortality.arm()
            try:
                await operation.act(services)
                say("acknowledged")
            except BotError as refusal:
                say(f"refused {type(refusal).__name__}")
            mortality.armed = False
    say(f"lived {mortality.statements}")


def main():
    gc.freeze()
    for order in sys.stdin:
        what, folder, url = order.rstrip("\n").split(" | ")
        point, name = what.split(" ", 1)
        child = os.fork()
        if child == 0:
            try:
                asyncio.run(live(point, KNOWN[name], Path(folder), SecretStr(url) if url else None))
            except BaseException as error:  # noqa: BLE001 - told to whoever gave the order
                say(f"failed {error!r}")
            os._exit(0)
        os.waitpid(child, 0)
        say("end")


if __name__ == "__main__":
    main()
