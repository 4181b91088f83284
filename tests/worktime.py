"""How long our own work takes, whatever else the machine is doing."""

import time
from contextlib import suppress
from pathlib import Path

_SCHEDULER = Path("/proc/thread-self/schedstat")


def least(work, *given, times=3, enough=0.0):
    """Return the fewest seconds of a processor that *work* took of this thread in some *times*.

    No more are tried once one took less than *enough*.
    """
    best = float("inf")
    for _ in range(times):
        begun = time.thread_time()
        work(*given)
        best = min(best, time.thread_time() - begun)
        if best < enough:
            break
    return best


def queued():
    """Return the seconds for which this thread was ready and no processor free, since it began.

    0 where the system does not tell: then what others took of the machine looks like ours.
    """
    with suppress(OSError, ValueError, IndexError):
        return int(_SCHEDULER.read_text("ascii").split()[1]) / 1e9
    return 0.0
