"""The worker's side: `python -m bot.workers.child`, begun by `bot.workers.worker` alone.

The first frame says what to open; each that follows is a request, and is answered in its turn.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import IO, Any

from bot.workers.frames import packed, read

DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def main() -> None:
    """Open what the first frame names, and answer until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the bot, and the bot ends this
    _end_with_the_parent()
    questions, answers = sys.stdin.buffer, _own_output()
    with suppress(EOFError, BrokenPipeError):
        entry, settings = read(questions)
        module, _, name = entry.partition(":")
        work: Callable[[Any], Any] = getattr(import_module(module), name)(settings)
        _send(answers, packed((True, None)))
        while True:
            _send(answers, _answer(work, read(questions)))


def _answer(work: Callable[[Any], Any], request: object) -> bytes:
    try:
        return packed((True, work(request)))
    except Exception as error:  # noqa: BLE001 - told to whoever asked
        return packed((False, f"{type(error).__name__}: {error}"))


def _send(stream: IO[bytes], frame: bytes) -> None:
    stream.write(frame)
    stream.flush()


def _own_output() -> IO[bytes]:
    """Return the pipe to the bot; what anything prints goes to standard error instead."""
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return pipe


def _end_with_the_parent() -> None:
    # At the end of its input it ends anyhow; this is for when it hangs, and the bot is killed.
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(DIES_WITH_PARENT, signal.SIGKILL)


if __name__ == "__main__":
    main()
