"""Hashes: of the rules a motion is held under, and of the ballots it was decided by. Pure."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict

from bot.soviet.models import Choice, Motion


def rules_hash(motion: Motion) -> str:
    """Return the SHA-256 over everything that decides an open motion, as canonical JSON.

    People are not in it: a reader who is forgotten must not break it. Nor is what came later.
    """
    sealed = {
        "number": motion.number,
        "text": motion.text,
        "rules": asdict(motion.rules),
        "opened_at": motion.opened_at,
        "closes_at": motion.closes_at,
        "until_chapter": motion.story_id if motion.until_chapter else None,
        "repeals": motion.repeals,
        "order_change": None if motion.order_change is None else asdict(motion.order_change),
        "amends": motion.amends_id,
        "roll": motion.roll,
        "orders": motion.orders_version,
    }
    return hashlib.sha256(canonical(sealed).encode()).hexdigest()


def fingerprint(ballots: Mapping[Choice, int]) -> str:
    """Return the SHA-256 over what the ballots say and how often, whoever cast them."""
    lines = sorted([list(choice), weight] for choice, weight in ballots.items() if weight)
    return hashlib.sha256(canonical(lines).encode()).hexdigest()


def opaque_voter(key: bytes, voter_id: int) -> str:
    """Return the id under which a secret ballot lies; without *key* it leads to nobody."""
    return hmac.new(key, str(voter_id).encode(), hashlib.sha256).hexdigest()


def canonical(value: object) -> str:
    """Return *value* as the one JSON text it has here: keys sorted, no blanks, no escapes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
