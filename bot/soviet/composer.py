"""What the chamber says aloud: handed in from above, so that no Discord is known here."""

from typing import Protocol

from bot.outbox.models import Post
from bot.soviet.models import Motion
from bot.soviet.results import Outcome


class Composer(Protocol):
    """Makes the posts of the chamber; pure functions, called inside a transaction.

    *channel_id* is where the motion was moved, else the channel the server chose for the Soviet;
    with neither nothing is asked for. None: nothing is to be said. No post may ping anybody. The
    language spoken is the server's.
    """

    def tabled(self, motion: Motion, channel_id: int) -> Post | None:
        """Return the post of a motion that the Soviet tabled by itself (quota, thanks)."""
        ...

    def opened(self, motion: Motion, channel_id: int) -> Post | None:
        """Return the post that voting has begun."""
        ...

    def closed(self, motion: Motion, outcome: Outcome, channel_id: int) -> Post | None:
        """Return the post of the verdict; *outcome* holds only what may be published."""
        ...
