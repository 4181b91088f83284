"""Channels of the stand-in: messages with their nonces, history, threads, publishing, pins, DMs."""

import re

from loopback import payloads
from loopback.refusals import RefusalError, refuse_if
from loopback.rules import faults_of_message, faults_of_new_message

NONCE_WINDOW = 180.0
"""Seconds for which Discord knows a nonce again: "the past few minutes"."""
MENTION = re.compile(r"<@(&?)(\d+)>")


class Channels:
    """What was posted, as readers see it.

    *forbidden*: channels the bot may not post in; *gone*: deleted ones.
    """

    def __init__(self):
        self.messages = {}
        self.pings = []
        self.threads = {}
        self.published = set()
        self.forbidden = set()
        self.gone = set()
        self.blind = set()
        self.closed_to_messages = set()
        self._nonces = {}

    def of(self, channel_id):
        """Return the messages of a channel, oldest first."""
        return [each for each in self.messages.values() if each["channel_id"] == channel_id]

    def known_again(self, channel_id, nonce, at):
        """Return the message that was made with this nonce a short while ago."""
        made = self._nonces.get((channel_id, nonce))
        if nonce is None or made is None or at - made[0] > NONCE_WINDOW:
            return None
        return self.messages.get(made[1])

    def keep(self, message, nonce, at):
        self.messages[message["id"]] = message
        self._nonces[message["channel_id"], nonce] = (at, message["id"])
        return message

    def forget_nonces(self):
        """Let the minutes go by after which Discord does not know a nonce any more."""
        self._nonces.clear()


async def post_message(standin, call):
    channels, channel_id = standin.channels, call.match["channel_id"]
    _may_post(channels, channel_id)
    refuse_if(faults_of_new_message(call.payload))
    nonce = call.payload.get("nonce") if call.payload.get("enforce_nonce") else None
    if (again := channels.known_again(channel_id, nonce, call.at)) is not None:
        return 200, again
    message = payloads.posted(call.payload, channel_id)
    channels.pings.extend(_rung(call.payload))
    return 200, channels.keep(message, nonce, call.at)


def _may_post(channels, channel_id):
    known = channel_id in {*payloads.CHANNELS, payloads.TWIN_CHANNEL_ID} or channel_id.startswith(
        "77"
    )
    if not known or channel_id in channels.gone:
        raise RefusalError(404, 10003, "Unknown Channel")
    if channel_id in channels.forbidden:
        raise RefusalError(403, 50013, "Missing Permissions")
    if channel_id in channels.closed_to_messages:
        raise RefusalError(403, 50007, "Cannot send messages to this user")


def _rung(data):
    """Yield whom a message notifies: what is written in it and allowed."""
    allowed = data.get("allowed_mentions") or {}
    for kind, number in MENTION.findall(data.get("content") or ""):
        if number in (allowed.get("roles" if kind else "users") or ()):
            yield number


async def history(standin, call):
    channel_id = call.match["channel_id"]
    if channel_id in standin.channels.blind:
        raise RefusalError(403, 50001, "Missing Access")
    after = int(call.query.get("after", 0))
    later = [each for each in standin.channels.of(channel_id) if int(each["id"]) > after]
    limit = int(call.query.get("limit", 50))
    return 200, list(reversed(later[:limit]))


def _message(standin, call):
    wanted = call.match["message_id"]
    # The answer to a command is a message of its channel like any other.
    message = standin.channels.messages.get(wanted) or standin.messages.get(wanted)
    if message is None:
        raise RefusalError(404, 10008, "Unknown Message")
    return message


async def edit_message(standin, call):
    if call.match["channel_id"] in standin.channels.gone:
        raise RefusalError(404, 10003, "Unknown Channel")
    old = _message(standin, call)
    refuse_if(faults_of_message(call.payload))
    made = payloads.changed(old, call.payload) | {"edited_timestamp": payloads.timestamp()}
    kept = standin.channels.messages if old["id"] in standin.channels.messages else standin.messages
    kept[old["id"]] = made
    return 200, made


async def open_thread(standin, call):
    message = _message(standin, call)
    name = call.payload.get("name") or ""
    refuse_if([] if 1 <= len(name) <= 100 else [f"a thread's name of {len(name)} characters"])
    if message["id"] in standin.channels.threads:
        raise RefusalError(400, 160004, "A thread has already been created for this message")
    standin.channels.threads[message["id"]] = name
    return 201, payloads.thread(message["id"], message["channel_id"], name)


async def publish(standin, call):
    message = _message(standin, call)
    if message["id"] in standin.channels.published:
        raise RefusalError(400, 40033, "This message has already been crossposted.")
    standin.channels.published.add(message["id"])
    return 200, message | {"flags": message["flags"] | 1}


async def open_private(standin, call):
    reader = call.payload["recipient_id"]
    return 200, payloads.private_channel(f"77{reader}"[:19], reader)


_CHANNEL = "/channels/{channel_id}"
_MESSAGE = f"{_CHANNEL}/messages/{{message_id}}"
ROUTES = {
    ("POST", f"{_CHANNEL}/messages"): post_message,
    ("GET", f"{_CHANNEL}/messages"): history,
    ("PATCH", _MESSAGE): edit_message,
    ("POST", f"{_MESSAGE}/threads"): open_thread,
    ("POST", f"{_MESSAGE}/crosspost"): publish,
    ("POST", "/users/@me/channels"): open_private,
}
