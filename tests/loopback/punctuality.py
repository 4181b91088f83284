"""How soon answers have to be there. Apart from the fixtures, which pytest wants to load itself."""

import sys

LONGEST_WAIT = 1.0
"""Seconds to the acknowledgement of an interaction; Discord allows 3."""


def late(standin):
    """Return the waits that were too long; none where a tracer (`make coverage`) slows all down."""
    if sys.gettrace():
        return []
    waits = (each.waited or 0.0 for each in standin.answers.values())
    return [waited for waited in waits if waited > LONGEST_WAIT]
