"""Readers, who use the bot as people do, and the answers they get.

answer = await vera.slash("event", query="1932")
answer = await vera.click(answer, "▶")
"""

import asyncio

from loopback import payloads
from loopback.layouts import parts_of
from loopback.rest import CHOICES, DEFERRED, DEFERRED_EDIT, EDIT
from worktime import queued

COMMAND, COMPONENT, AUTOCOMPLETE = 2, 3, 4
SUBCOMMAND = 1
CHANNEL, ROLE = 7, 8
MESSAGE_MENU = 3
BUTTON, MENU = 2, 3
EPHEMERAL = 64
PATIENCE = 10
_TYPES = {str: 3, int: 4, bool: 5}


class Picked:
    """A channel or a role that is picked for an option."""

    def __init__(self, number):
        self.number = number
        self.is_role = number == payloads.ROLE_ID

    def resolved(self):
        if self.is_role:
            (role,) = [each for each in payloads.guild()["roles"] if each["id"] == self.number]
            return {"roles": {self.number: role}}
        channel = payloads.channel(self.number) | {"permissions": payloads.EVERYTHING}
        return {"channels": {self.number: channel}}


class Answer:
    """What came back on one interaction; it fills while the bot speaks."""

    def __init__(self, standin, asked, sent_at):
        self.standin = standin
        self.asked = asked
        self.sent_at = sent_at
        self.took = None
        self.waited = None
        self.kind = None
        self.data = {}
        self.message = None
        self.refusals = []
        self.followups = []
        self._queued = queued()
        self._complete = asyncio.Event()

    def acknowledged(self, at):
        """Note when the first word came, also one that is refused.

        *took*: seconds by the clock. *waited*: less those that this machine gave to others.
        """
        if self.took is None:
            self.took = at - self.sent_at
            self.waited = max(self.took - (queued() - self._queued), 0.0)

    def given(self, kind, data, message):
        self.kind, self.data, self.message = kind, data, message
        if kind not in {DEFERRED, DEFERRED_EDIT}:
            self._complete.set()

    def refused(self, code):
        self.refusals.append(code)
        self._complete.set()

    def followed(self, message):
        self.followups.append(message)
        self._complete.set()

    def edited(self, message):
        self.message = message
        self._complete.set()

    async def whole(self, patience=PATIENCE):
        """Wait until there is something to read (or a refusal) and return this answer."""
        async with asyncio.timeout(patience):
            await self._complete.wait()
        return self

    @property
    def ephemeral(self):
        return bool(self.message["flags"] & EPHEMERAL)

    @property
    def in_place(self):
        """Whether the message that was clicked on has changed, rather than a new one come."""
        return self.kind == EDIT

    @property
    def embed(self):
        return self.message["embeds"][0] if self.message["embeds"] else {}

    @property
    def text(self):
        """All that a reader sees of the message, buttons apart."""
        embed = self.embed
        fields = [
            part for each in embed.get("fields", ()) for part in (each["name"], each["value"])
        ]
        ends = [
            (embed.get(part) or {}).get(key)
            for part, key in (("author", "name"), ("footer", "text"))
        ]
        seen = [
            self.message["content"],
            embed.get("title"),
            embed.get("description"),
            *fields,
            *ends,
        ]
        return "\n".join(text for text in seen if text)

    @property
    def choices(self):
        return [choice["value"] for choice in self.data["choices"]]

    @property
    def labels(self):
        return [choice["name"] for choice in self.data["choices"]]

    @property
    def buttons(self):
        """The labels of the buttons that can be pressed."""
        return [part["label"] for part in self._parts(BUTTON) if not part.get("disabled")]

    @property
    def options(self):
        """The values of the menus."""
        return [option["value"] for part in self._parts(MENU) for option in part["options"]]

    def button(self, label):
        """Return the one button whose label has *label* in it."""
        found = [part for part in self._parts(BUTTON) if label in part["label"]]
        if len(found) != 1 or found[0].get("disabled"):
            raise LookupError(f"{len(found)} of {label!r} can be pressed among {self.buttons}")
        return found[0]

    def menu(self, value):
        """Return the menu that offers *value*."""
        for part in self._parts(MENU):
            if value in [option["value"] for option in part["options"]]:
                return part
        raise LookupError(f"{value!r} is not among {self.options}")

    def _parts(self, kind):
        parts = self.message["components"] if self.message else []  # a form is no message
        return [part for part, _ in parts_of(parts) if part["type"] == kind]


class Reader:
    """A person in the lounge, or in *place*: see payloads.PLACES."""

    def __init__(self, standin, person, permissions, place):
        self.standin = standin
        self.person = person
        self.permissions = permissions
        self.place = place
        self.locale = "en-US"

    async def slash(self, command, **options):
        """Send a slash command; `lore sources` is a subcommand."""
        return await (await self.begin(command, **options)).whole()

    async def begin(self, command, **options):
        """Send a slash command and do not wait for the answer."""
        return await self._ask(COMMAND, self._command(command, options))

    async def autocomplete(self, command, **options):
        """Type into the last of *options*; return what Discord offers."""
        answer = await (await self.begin_typing(command, **options)).whole()
        if answer.kind not in {CHOICES, None}:
            raise AssertionError(f"answered typing with a callback of type {answer.kind}")
        return answer

    async def begin_typing(self, command, **options):
        """Type into the last of *options* and do not wait for what is offered."""
        data = self._command(command, options, focused=list(options)[-1])
        return await self._ask(AUTOCOMPLETE, data)

    def says(self, content, **more):
        """Write a message into the lounge (*more*: fields that differ) and return it."""
        said = payloads.post(more.pop("author", self.person), content, **more)
        self.standin.posts[said["id"]] = said
        return said

    async def use_menu(self, name, message):
        """Use a message menu of the bot on *message* (of `says`)."""
        return await (await self.begin_menu(name, message)).whole()

    async def begin_menu(self, name, message):
        """Use a message menu and do not wait for the answer."""
        registered = [each for some in self.standin.commands.values() for each in some]
        known = next((each for each in registered if each["name"] == name), None)
        if known is None or known["type"] != MESSAGE_MENU:
            raise LookupError(f"Discord shows no menu {name!r}")
        resolved = {"messages": {message["id"]: message}}
        data = {"id": known["id"], "name": name, "type": MESSAGE_MENU}
        return await self._ask(COMMAND, data | {"target_id": message["id"], "resolved": resolved})

    async def click(self, answer, label):
        """Press the button of *answer* whose label has *label* in it."""
        return await self._use(answer.message, answer.button(label)["custom_id"], BUTTON)

    async def choose(self, answer, value):
        """Choose *value* from the menu of *answer*."""
        return await self._use(answer.message, answer.menu(value)["custom_id"], MENU, value)

    async def forge(self, answer, custom_id, *values):
        """Use a component that the message of *answer* never had, as no honest client can."""
        kind = MENU if values else BUTTON
        part = {"type": kind, "custom_id": custom_id}
        if kind == MENU:
            part["options"] = [{"label": "x", "value": value} for value in values]
        else:
            part |= {"style": 2, "label": "x"}
        row = {"type": 1, "components": [part]}
        return await self._use(answer.message | {"components": [row]}, custom_id, kind, *values)

    async def _use(self, message, custom_id, kind, *values):
        data = {"custom_id": custom_id, "component_type": kind}
        if kind == MENU:
            data["values"] = list(values)
        return await (await self._ask(COMPONENT, data, message)).whole()

    async def _ask(self, kind, data, message=None):
        return await self.standin.ask(payloads.interaction(kind, self, data, message))

    def _command(self, words, given, focused=None):
        """Return the data of a command, refusing what Discord's client would not let through."""
        name, *path = words.split()
        registered = [each for some in self.standin.commands.values() for each in some]
        command = known = next((each for each in registered if each["name"] == name), None)
        for part in path:
            known = known and next((o for o in known["options"] if o["name"] == part), None)
        if known is None:
            raise LookupError(f"Discord shows no /{words}")
        options = [_option(known, key, value, focused) for key, value in given.items()]
        resolved = {}
        for value in given.values():
            resolved |= value.resolved() if isinstance(value, Picked) else {}
        needed = {each["name"] for each in known.get("options", ()) if each.get("required")}
        if focused is None and not needed <= set(given):
            raise LookupError(f"/{words} needs {needed}")
        for part in reversed(path):
            options = [{"name": part, "type": SUBCOMMAND, "options": options}]
        data = {"id": command["id"], "name": name, "type": 1, "options": options}
        return data | ({"resolved": resolved} if resolved else {})


def _option(command, name, value, focused):
    if isinstance(value, Picked):
        return {"name": name, "type": ROLE if value.is_role else CHANNEL, "value": value.number}
    offered = {option["name"]: option for option in command.get("options", ())}
    if name not in offered or offered[name]["type"] != _TYPES[type(value)]:
        raise LookupError(f"{command['name']} has no option {name!r} for {value!r}")
    if focused == name and not offered[name].get("autocomplete"):
        raise LookupError(f"{name} is not completed")
    option = {"name": name, "type": offered[name]["type"], "value": value}
    return option | ({"focused": True} if focused == name else {})
