"""How often Python's garbage collector looks, and at what: each look stops the event loop.

Looking through all that stays for good (modules, the canon's names, the servers) takes 0.1 s and
more, so that is set aside; what comes and goes is looked at often, in portions of few milliseconds.
"""

import gc


class Garbage:
    """The collector of this process. One a process."""

    def __init__(self) -> None:
        self._knew_servers = False

    def settle(self) -> None:
        """Set aside what the start has made. Takes its time: nobody waits yet."""
        gc.collect()
        gc.freeze()
        gc.set_threshold(2_000, 20, 50)

    async def on_ready(self) -> None:
        """Set the servers aside; when they have come anew, let go of the old ones first."""
        if self._knew_servers:
            gc.unfreeze()
            gc.collect()
        gc.freeze()
        self._knew_servers = True
