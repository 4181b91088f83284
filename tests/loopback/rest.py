"""The HTTP half: the routes of API v10 that the bot uses, and what Discord refuses on each."""

import re

from loopback import channels, guilds, payloads, uploads
from loopback.payloads import APPLICATION_ID
from loopback.refusals import RefusalError, refuse_if
from loopback.rules import (
    faults_of_callback,
    faults_of_commands,
    faults_of_message,
    faults_of_new_message,
)

MESSAGE, DEFERRED, DEFERRED_EDIT, EDIT, CHOICES = 4, 5, 6, 7, 8


class Call:
    """One request on its way through: what the handlers need of it."""

    def __init__(self, method, template, match, query, payload, at):
        self.method, self.template, self.match = method, template, match
        self.query, self.payload, self.at = query, payload, at
        self.files = []


async def gateway(standin, _call):
    return 200, {"url": standin.gateway.url}


async def gateway_bot(standin, _call):
    limit = {"total": 1000, "remaining": 999, "reset_after": 1000, "max_concurrency": 1}
    return 200, {"url": standin.gateway.url, "shards": 1, "session_start_limit": limit}


async def own_user(_standin, _call):
    return 200, payloads.itself()


async def own_application(_standin, _call):
    return 200, payloads.application()


async def list_commands(standin, call):
    return 200, standin.commands.get(call.match.get("guild_id"), [])


async def put_commands(standin, call):
    guild = call.match.get("guild_id")
    refuse_if(faults_of_commands(call.payload))
    standin.commands[guild] = [_registered(command, guild) for command in call.payload]
    return 200, standin.commands[guild]


def _registered(command, guild):
    stated = {name: value for name, value in command.items() if value is not None}
    if "default_member_permissions" in stated:  # taken as a number, told as a text
        stated["default_member_permissions"] = str(stated["default_member_permissions"])
    return {
        "type": 1,
        "description": "",
        "default_member_permissions": None,
        **stated,
        **({"guild_id": guild} if guild else {}),
        "id": payloads.snowflake(),
        "application_id": APPLICATION_ID,
        "version": payloads.snowflake(),
    }


async def callback(standin, call):
    answer = standin.answers.get(call.match["interaction_token"])
    if answer is None or answer.asked["id"] != call.match["interaction_id"]:
        raise RefusalError(404, 10062, "Unknown interaction")
    answer.acknowledged(call.at)
    kind, data = call.payload["type"], call.payload.get("data") or {}
    try:
        _check(standin, call, answer)
        refuse_if(faults_of_callback(kind, data))
    except RefusalError as refusal:
        answer.refused(refusal.code)
        raise
    message = _message_of(standin, call, answer, kind, data)
    answer.given(kind, data, message)
    if call.query.get("with_response") in {"1", "true"}:
        return 200, _callback_response(answer, kind, message)
    return 204, None


def _check(standin, call, answer):
    if call.at - answer.sent_at > standin.deadline:
        raise RefusalError(404, 10062, "Unknown interaction")
    if answer.kind is not None:
        raise RefusalError(400, 40060, "Interaction has already been acknowledged.")


def _message_of(standin, call, answer, kind, data):
    if kind in {MESSAGE, DEFERRED}:
        made = payloads.message(data, answer.asked)
        return standin.keep(_with_files(standin, call, None, made))
    if kind in {DEFERRED_EDIT, EDIT}:
        old = answer.asked["message"]
        return standin.keep(_with_files(standin, call, old, payloads.changed(old, data)))
    return None


def _with_files(standin, call, old, made):
    return made | {"attachments": uploads.attached(standin, old, call.payload, call.files)}


def _callback_response(answer, kind, message):
    told = {"id": answer.asked["id"], "type": answer.asked["type"]}
    if message is None:
        return {"interaction": told}
    told |= {
        "response_message_id": message["id"],
        "response_message_loading": kind == DEFERRED,
        "response_message_ephemeral": bool(message["flags"] & 64),
    }
    if kind not in {MESSAGE, EDIT}:
        return {"interaction": told}
    return {"interaction": told, "resource": {"type": kind, "message": message}}


async def follow_up(standin, call):
    answer = _acknowledged(standin, call)
    refuse_if(faults_of_new_message(call.payload))
    made = payloads.message(call.payload, answer.asked)
    message = standin.keep(_with_files(standin, call, None, made))
    answer.followed(message)
    return (200, message) if call.query.get("wait") else (204, None)


async def read_message(standin, call):
    return 200, _message(standin, call)


async def edit_message(standin, call):
    old = _message(standin, call)
    refuse_if(faults_of_message(call.payload))
    made = payloads.changed(old, call.payload)
    message = standin.keep(_with_files(standin, call, old, made))
    _acknowledged(standin, call).edited(message)
    return 200, message


async def delete_message(standin, call):
    del standin.messages[_message(standin, call)["id"]]
    return 204, None


async def read_post(standin, call):
    """A message of a channel: without the intent, the words of others are left out."""
    number = call.match["message_id"]
    found = standin.messages.get(number) or standin.posts.get(number)
    if found is None:
        raise RefusalError(404, 10008, "Unknown Message")
    ours = found["author"]["id"] == APPLICATION_ID
    return 200, found if ours else found | {"content": ""}


async def delete_post(standin, call):
    if standin.messages.pop(call.match["message_id"], None) is None:
        raise RefusalError(404, 10008, "Unknown Message")
    return 204, None


async def read_member(standin, call):
    member = standin.members.get(call.match["user_id"])
    if member is None:
        raise RefusalError(404, 10007, "Unknown Member")
    return 200, {name: value for name, value in member.items() if name != "permissions"}


def _acknowledged(standin, call):
    answer = standin.answers.get(call.match["webhook_token"])
    if answer is None or answer.kind is None:
        raise RefusalError(404, 10015, "Unknown Webhook")
    return answer


def _message(standin, call):
    answer = _acknowledged(standin, call)
    wanted = call.match.get("message_id") or (answer.message or {}).get("id")
    if wanted not in standin.messages:
        raise RefusalError(404, 10008, "Unknown Message")
    return standin.messages[wanted]


_COMMANDS = "/applications/{application_id}/commands"
_GUILD_COMMANDS = "/applications/{application_id}/guilds/{guild_id}/commands"
CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"
_WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"

# As openapi.json names them, for it is asked by these.
ROUTES = {
    ("GET", "/gateway"): gateway,
    ("GET", "/gateway/bot"): gateway_bot,
    ("GET", "/users/@me"): own_user,
    ("GET", "/oauth2/applications/@me"): own_application,
    ("GET", "/applications/@me"): own_application,
    ("GET", _COMMANDS): list_commands,
    ("PUT", _COMMANDS): put_commands,
    ("GET", _GUILD_COMMANDS): list_commands,
    ("PUT", _GUILD_COMMANDS): put_commands,
    ("GET", "/channels/{channel_id}/messages/{message_id}"): read_post,
    ("DELETE", "/channels/{channel_id}/messages/{message_id}"): delete_post,
    ("GET", "/guilds/{guild_id}/members/{user_id}"): read_member,
    ("POST", CALLBACK): callback,
    ("POST", _WEBHOOK): follow_up,
    ("GET", f"{_WEBHOOK}/messages/@original"): read_message,
    ("PATCH", f"{_WEBHOOK}/messages/@original"): edit_message,
    ("DELETE", f"{_WEBHOOK}/messages/@original"): delete_message,
    ("GET", f"{_WEBHOOK}/messages/{{message_id}}"): read_message,
    ("PATCH", f"{_WEBHOOK}/messages/{{message_id}}"): edit_message,
    ("DELETE", f"{_WEBHOOK}/messages/{{message_id}}"): delete_message,
    **channels.ROUTES,
    **guilds.ROUTES,
}


def needs_token(template):
    """Tell whether the bot must say who it is; elsewhere the secret is in the path."""
    return template != "/gateway" and not template.startswith((CALLBACK, _WEBHOOK))


_PATTERNS = [
    (method, template, re.compile(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", template)))
    for method, template in ROUTES
]


def routed(method, path):
    """Return the template that *path* fits and its parts; @original fits before an id."""
    for known, template, pattern in _PATTERNS:
        if known == method and (match := pattern.fullmatch(path)):
            return template, match.groupdict()
    raise RefusalError(404, 0, "404: Not Found")
