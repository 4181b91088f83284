"""What the pictures have to reach, judged while it is measured; and the two clocks."""

import time
from collections.abc import Callable

MILLISECONDS = 1000


class Goals:
    """Prints each goal with its figure, and says which were missed."""

    def __init__(self) -> None:
        self._missed: list[str] = []
        self._judged = 0

    def at_most(self, what: str, figure: float, goal: float) -> None:
        """Print whether *figure* is no larger than *goal*."""
        met = figure <= goal
        self._judged += 1
        self._missed += [] if met else [what]
        print(f"  {'PASS' if met else 'FAIL'}  {what}: {figure:.4g} (goal {goal:g})", flush=True)

    def close(self) -> None:
        """Print how many were met."""
        missed = f"; missed: {', '.join(self._missed)}" if self._missed else ""
        print(f"{self._judged - len(self._missed)} of {self._judged} goals met{missed}")


def timed(work: Callable[[], object]) -> float:
    """Return how long *work* took, in milliseconds."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * MILLISECONDS


def busy(work: Callable[[], object]) -> float:
    """Return how long the processor worked on *work*, in milliseconds: neighbours do not count."""
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * MILLISECONDS
