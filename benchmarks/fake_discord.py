"""A Discord at the relay's seam that behaves as badly as the real one may, by a seed.

It keeps nonces for a window, shows messages late, loses replies, limits (also for longer than a
nonce lives), fails and refuses. What was made is kept with its time, so that lost and doubled
messages can be counted.
"""

import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from bot.clock import Clock, Instant, instant
from bot.outbox.models import Outgoing, Picture
from bot.outbox.outcomes import (
    Absent,
    Blind,
    Limited,
    Malformed,
    Outcome,
    Refused,
    Sent,
    Sighting,
    Unknown,
)

NONCE_WINDOW = 180_000


@dataclass(frozen=True)
class Weather:
    """How often what goes wrong: shares of all requests; times in milliseconds."""

    lost_reply: float = 0.0
    never_arrived: float = 0.0
    limited: float = 0.0
    malformed: float = 0.0
    forbidden: float = 0.0
    latest_sight: int = 0


@dataclass
class Message:
    """A message as it was made; *visible* is when a reader of the history sees it."""

    id: int
    key: str
    nonce: str
    at: Instant
    visible: Instant
    body: dict[str, object] = field(default_factory=dict)


class FakeDiscord:
    """Implements `bot.outbox.relay.Sender`."""

    def __init__(self, clock: Clock, seed: int = 0, weather: Weather | None = None) -> None:
        self.messages: dict[int, list[Message]] = defaultdict(list)
        self.threads: Counter[int] = Counter()
        self.published: Counter[int] = Counter()
        self.edits: list[tuple[int, dict[str, object]]] = []
        self.weather = weather or Weather()
        self.closed: dict[int, str] = {}
        self.blind = False
        self.is_ready = True
        self.sees_servers = True
        self.requests = 0
        self._clock = clock
        self._random = random.Random(seed)
        self._ids = 0

    def begin(self, seed: int, weather: Weather) -> None:
        """Have *weather* from here on, as *seed* has it."""
        self._random, self.weather = random.Random(seed), weather

    @property
    def all(self) -> list[Message]:
        """Every message, whichever channel."""
        return [message for channel in self.messages.values() for message in channel]

    def doubled(self) -> int:
        """Return how many messages there are more than there should be."""
        return sum(times - 1 for times in Counter(message.key for message in self.all).values())

    async def send(self, row: Outgoing, _picture: Picture | None) -> Outcome:
        """Do the step of *row*, or something else."""
        self.requests += 1
        trouble = self._trouble(row)
        if trouble is not None:
            return trouble
        outcome = self._do(row)
        if self._random.random() < self.weather.lost_reply:
            return Unknown("the reply was lost")
        return outcome

    async def find(self, row: Outgoing) -> Sighting:
        """Look for the message of *row*."""
        self.requests += 1
        if self.blind:
            return Blind()
        if self._random.random() < self.weather.never_arrived:
            return Unknown("never arrived")
        now = self._now()
        for message in self.messages[row.channel_id]:
            if message.nonce == row.nonce and message.visible <= now:
                return Sent(message.id)
        return Absent()

    def obstacle(self, _guild_id: int, channel_id: int, _step: str) -> str | None:
        """Return why a channel is closed."""
        return self.closed.get(channel_id)

    def _trouble(self, row: Outgoing) -> Outcome | None:
        dice = self._random.random()
        if row.channel_id in self.closed:
            return Refused(50013, self.closed[row.channel_id])
        for share, outcome in (
            (self.weather.never_arrived, Unknown("never arrived")),
            (self.weather.limited, Limited(self._random.uniform(0.5, 240))),
            (self.weather.malformed if row.body.get("components") else 0, Malformed("no")),
            (self.weather.forbidden, Refused(50013, "not now")),
        ):
            if dice < share:
                return outcome
            dice -= share
        return None

    def _do(self, row: Outgoing) -> Outcome:
        now = self._now()
        if row.makes_message:
            return Sent(self._make(row, now).id)
        if row.message_id is None:
            return Refused(10008, "Unknown Message")
        if row.step == "thread":
            self.threads[row.message_id] += 1
            repeated = self.threads[row.message_id] > 1
            self.threads[row.message_id] = 1
            return Refused(160004, "has a thread") if repeated else Sent(row.message_id)
        if row.step == "crosspost":
            repeated = bool(self.published[row.message_id])
            self.published[row.message_id] = 1
            return Refused(40033, "is published") if repeated else Sent(row.message_id)
        self.edits.append((row.message_id, dict(row.body)))
        return Sent(row.message_id)

    def _make(self, row: Outgoing, now: Instant) -> Message:
        for message in self.messages[row.channel_id]:
            if message.nonce == row.nonce and now - message.at < NONCE_WINDOW:
                return message
        self._ids += 1
        visible = Instant(now + self._random.randint(0, self.weather.latest_sight))
        key = f"{row.topic}/{row.step}/{row.channel_id}"
        made = Message(self._ids, key, row.nonce, now, visible, dict(row.body))
        self.messages[row.channel_id].append(made)
        return made

    def _now(self) -> Instant:
        return instant(self._clock.now())
