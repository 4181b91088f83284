"""The process that reads bodies: killable, short of CPU and memory, and told no secrets.

A request on standard input is a line of JSON and then the body; the answer on standard output is
lines of JSON (wire.py). After anything unexpected the process ends, and the parent starts another.
"""

import json
import os
import sys
from typing import BinaryIO

from bot.chapters import bodies, wire
from bot.chapters.errors import NotAFeedError

if sys.platform != "win32":
    import resource

    def _limit(memory: int) -> None:
        """Bound the address space; forbid core dumps and files."""
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        os.nice(5)

    def _allow(cpu_seconds: int) -> None:
        """Let this process use *cpu_seconds* more; the kernel ends it when they are used up."""
        used = resource.getrusage(resource.RUSAGE_SELF)
        limit = int(used.ru_utime + used.ru_stime) + 1 + cpu_seconds
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))

else:  # There the parent's deadline alone has to do.

    def _limit(_memory: int) -> None: ...

    def _allow(_cpu_seconds: int) -> None: ...


def main(memory: int, cpu_seconds: int) -> None:
    """Answer requests until the parent hangs up. *memory*: bytes of address space."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not be taken for an answer.
    os.dup2(2, 1)
    _limit(memory)
    while line := requests.readline():
        _allow(cpu_seconds)
        header = json.loads(line)
        body = requests.read(header["length"])
        if not _answer(header, body, answers):
            return


def _answer(header: wire.Message, body: bytes, answers: BinaryIO) -> bool:
    """Answer one request; return whether this process is fit for another."""
    fit = True
    try:
        reading = wire.reading_of(header)
        if header["work"] == wire.POST:
            lines = [wire.message_of_words(bodies.read_post(body, reading, header["post"]))]
        else:
            lines = list(wire.messages_of_page(bodies.read(body, reading)))
    except NotAFeedError as error:
        lines = [wire.message_of_error(error)]
    except Exception:  # noqa: BLE001
        # MemoryError and RecursionError among them: what is left of this process is not trusted.
        lines, fit = [wire.message_of_error(NotAFeedError(wire.UNREADABLE))], False
    for message in (*lines, wire.END):
        answers.write(json.dumps(message, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    answers.flush()
    return fit
