"""Every button and menu that outlives the process, and how somebody forges one."""

from loopback import payloads
from loopback.payloads import CHANNEL_ID

BUTTON, STRINGS, CHANNELS = 2, 3, 8


def controls(bot):
    """Return the registered items: template → class."""
    return dict(bot._connection._view_store._dynamic_items)


def forged(reader, custom_id, kind=BUTTON, values=("1",)):
    """Return the interaction by which *reader* uses a component that no honest client has."""
    part = {"type": kind, "custom_id": custom_id}
    if kind == BUTTON:
        part |= {"style": 2, "label": "x"}
    if kind == STRINGS:
        part["options"] = [{"label": "x", "value": value or "x"} for value in values]
    data = {"custom_id": custom_id, "component_type": kind}
    if kind != BUTTON:
        data["values"] = list(values)
    if kind == CHANNELS:
        channel = payloads.channel(CHANNEL_ID) | {"permissions": payloads.EVERYTHING}
        data |= {"values": [CHANNEL_ID], "resolved": {"channels": {CHANNEL_ID: channel}}}
    message = payloads.posted({"content": "x"}, CHANNEL_ID)
    message["components"] = [{"type": 1, "id": 1, "components": [part | {"id": 2}]}]
    return payloads.interaction(3, reader, data, message)


def form(reader, custom_id, text="Because."):
    """Return the interaction by which *reader* hands in a form that they never got."""
    field = {"type": 4, "id": 2, "custom_id": "text", "value": text}
    rows = [{"type": 1, "id": 1, "components": [field]}]
    return payloads.interaction(5, reader, {"custom_id": custom_id, "components": rows})
