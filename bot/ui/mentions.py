"""Whom a message that is sent directly may ping. Nobody, unless it says so with this."""

from dataclasses import dataclass
from typing import Any

import discord


@dataclass(frozen=True, slots=True)
class _Mentioned:
    """Somebody who may be pinged. Discord describes ids as texts; discord.py sends numbers."""

    id: str


def only(user_id: int) -> discord.AllowedMentions:
    """Return what lets a message ping that reader and nobody else."""
    reader: Any = _Mentioned(str(user_id))
    return discord.AllowedMentions(everyone=False, users=[reader], roles=False, replied_user=False)
