"""What the workers of the tests do: runs in their processes."""

import os
import time


def open_deeds(greeting):
    def do(request):
        deed, *values = request
        return DEEDS[deed](greeting, *values)

    return do


def _die(_greeting):
    os.abort()


def _sleep(greeting, seconds):
    time.sleep(seconds)
    return greeting


def _print(greeting):
    os.write(1, b"noise on the way\n")
    return greeting


DEEDS = {
    "greet": lambda greeting, name: f"{greeting}, {name}",
    "raise": lambda _greeting: {}["nothing"],
    "abort": _die,
    "sleep": _sleep,
    "print": _print,
    "large": lambda _greeting, count: b"x" * count,
    "unsendable": lambda _greeting: lambda: None,
    "environment": lambda _greeting: dict(os.environ),
    "process": lambda _greeting: os.getpid(),
}
