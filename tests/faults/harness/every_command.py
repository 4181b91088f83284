"""Every command that Discord was told, with something in each of its options."""

from loopback import payloads
from loopback.payloads import CHANNEL_ID, ROLE_ID

SUBCOMMANDS = {1, 2}
STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, NUMBER, ATTACHMENT = 3, 4, 5, 6, 7, 8, 10, 11
USER_MENU, MESSAGE_MENU = 2, 3


def leaves(standin):
    """Yield (words, options, command) of every command; *command* is the whole that was told."""

    def below(part, words, command):
        options = part.get("options") or []
        if any(option["type"] in SUBCOMMANDS for option in options):
            for option in options:
                yield from below(option, f"{words} {option['name']}", command)
        else:
            yield words, options, command

    for some in standin.commands.values():
        for command in some:
            yield from below(command, command["name"], command)


def is_admins(command):
    """Tell whether Discord shows *command* to those with a permission only."""
    return command.get("default_member_permissions") is not None


def interaction(reader, leaf, said=None, *, only_needed=False):
    """Return the interaction by which *reader* uses *leaf*; *said*: name of an option → text."""
    words, options, command = leaf
    if command.get("type", 1) != 1:
        return payloads.interaction(2, reader, _menu(reader, command))
    resolved, given = {}, []
    for option in options:
        if option.get("required") or not only_needed:
            value = _value(reader, option, said or {}, resolved)
            given.append({"name": option["name"], "type": option["type"], "value": value})
    for part in reversed(words.split()[1:]):
        given = [{"name": part, "type": 1, "options": given}]
    data = {"id": command["id"], "name": command["name"], "type": 1, "options": given}
    return payloads.interaction(2, reader, data | ({"resolved": resolved} if resolved else {}))


def _value(reader, option, said, resolved):
    kind, name = option["type"], option["name"]
    if option.get("choices"):
        return option["choices"][0]["value"]
    if kind == STRING:
        return said.get(name, said.get("*", "1"))[: option.get("max_length") or 6000]
    if kind in {INTEGER, NUMBER}:
        return max(1, option.get("min_value") or 0)
    if kind == BOOLEAN:
        return True
    number, part, thing = _picked(reader, kind)
    resolved.setdefault(part, {})[number] = thing
    return number


def _picked(reader, kind):
    """Return what is picked for an option of *kind*: id, where it is resolved, and what it is."""
    if kind == USER:
        return reader.person["id"], "users", reader.person
    if kind == CHANNEL:
        channel = payloads.channel(CHANNEL_ID) | {"permissions": payloads.EVERYTHING}
        return CHANNEL_ID, "channels", channel
    if kind == ROLE:
        (role,) = [each for each in payloads.guild()["roles"] if each["id"] == ROLE_ID]
        return ROLE_ID, "roles", role
    number = payloads.snowflake()
    return number, "attachments", _attachment(number)


def _attachment(number):
    nowhere = f"http://127.0.0.1:9/{number}/a.txt"
    return {"id": number, "filename": "a.txt", "size": 5, "url": nowhere, "proxy_url": nowhere}


def _menu(reader, command):
    data = {"id": command["id"], "name": command["name"], "type": command["type"]}
    if command["type"] == USER_MENU:
        number = reader.person["id"]
        return data | {"target_id": number, "resolved": {"users": {number: reader.person}}}
    message = payloads.posted({"content": "Words worth keeping."}, CHANNEL_ID)
    message |= {"author": reader.person}
    return data | {"target_id": message["id"], "resolved": {"messages": {message["id"]: message}}}
