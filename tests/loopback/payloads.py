"""What Discord sends: users, guilds, interactions and messages, in the JSON of API v10."""

import base64
import itertools
import time
from datetime import UTC, datetime

APPLICATION_ID = "1100000000000000001"
OWNER = "1100000000000000009"
GUILD_ID = "1100000000000000002"
CHANNEL_ID = "1100000000000000003"
NEWS_ID = "1100000000000000006"
ROLE_ID = "1100000000000000007"
OWN_ROLE_ID = "1100000000000000008"
# A second server, of the other of two shards: see `shard_of`.
TWIN_GUILD_ID = "1100000000004194306"
TWIN_CHANNEL_ID = "1100000000004194307"
CHANNELS = {CHANNEL_ID: "lounge", NEWS_ID: "announcements"}
# Of the shape of a real one, so that whatever strikes tokens from logs is put to the test.
TOKEN = "MTEwMDAwMDAwMDAwMDAwMDAwMQ.GxWire.u7Yk2Lp0QnVb4Rt9Zs1Xc6Md3Hf8Jg5Ka0Le2"
EVERYTHING = str(2**50 - 1)
ORDINARY = str(1 << 10 | 1 << 11 | 1 << 31)

_EPOCH = 1420070400000
_counter = itertools.count()


def snowflake():
    """Return a new id that carries the present moment, as Discord's do."""
    return str((int(time.time() * 1000) - _EPOCH) << 22 | next(_counter) % (1 << 22))


def shard_of(guild_id, count):
    """Return which of *count* shards a server belongs to, by Discord's own rule."""
    return (int(guild_id) >> 22) % count


def timestamp():
    return datetime.now(UTC).isoformat()


def user(user_id, name, *, bot=False):
    return {
        "id": user_id,
        "username": name,
        "discriminator": "0",
        "global_name": None if bot else name.title(),
        "avatar": None,
        "bot": bot,
        "flags": 0,
        "public_flags": 0,
        "locale": "en-US",
        "mfa_enabled": False,
        "primary_guild": None,
    }


def itself():
    return user(APPLICATION_ID, "samizdat", bot=True)


def member(person, permissions):
    return {
        "user": person,
        "nick": None,
        "avatar": None,
        "banner": None,
        "roles": [],
        "joined_at": "2026-01-01T00:00:00+00:00",
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
        "communication_disabled_until": None,
        "permissions": permissions,
    }


def application():
    return {
        "id": APPLICATION_ID,
        "name": "Samizdat",
        "icon": None,
        "description": "",
        "summary": "",
        "type": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "flags_new": "0",
        "eligible_oauth2_scopes": [],
        "hook": True,
        "team": None,
        "owner": user(OWNER, "founder"),
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "explicit_content_filter": 0,
        "approximate_guild_count": 1,
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "integration_types_config": {},
    }


def channel(channel_id=CHANNEL_ID):
    return {
        "id": channel_id,
        "guild_id": TWIN_GUILD_ID if channel_id == TWIN_CHANNEL_ID else GUILD_ID,
        "type": 5 if channel_id == NEWS_ID else 0,
        "name": CHANNELS.get(channel_id, "twin"),
        "position": 0,
        "permission_overwrites": [],
        "parent_id": None,
        "topic": None,
        "nsfw": False,
        "last_message_id": None,
        "rate_limit_per_user": 0,
        "flags": 0,
    }


def guild(number=GUILD_ID):
    everyone = {
        "id": number,
        "name": "@everyone",
        "permissions": ORDINARY,
        "position": 0,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }
    readers = everyone | {"id": ROLE_ID, "name": "Red readers", "permissions": "0"}
    readers |= {"position": 1, "mentionable": True}
    own = everyone | {"id": OWN_ROLE_ID, "name": "Samizdat", "permissions": EVERYTHING}
    own |= {"position": 2, "managed": True}
    empty = ("emojis", "stickers", "features", "threads", "voice_states", "presences")
    scheduled = ("stage_instances", "guild_scheduled_events", "soundboard_sounds")
    numbers = ("verification_level", "default_message_notifications", "explicit_content_filter")
    more = ("mfa_level", "premium_tier", "nsfw_level", "system_channel_flags")
    places = [TWIN_CHANNEL_ID] if number == TWIN_GUILD_ID else CHANNELS
    return {
        "id": number,
        "name": "The Reading Room",
        "icon": None,
        "owner_id": OWNER,
        "afk_channel_id": None,
        "afk_timeout": 300,
        "preferred_locale": "en-US",
        "joined_at": "2026-01-01T00:00:00+00:00",
        "large": False,
        "unavailable": False,
        "member_count": 5,
        "members": [member(itself(), EVERYTHING) | {"roles": [OWN_ROLE_ID]}],
        "channels": [channel(each) for each in places],
        "roles": [everyone, readers, own],
        **{name: [] for name in (*empty, *scheduled)},
        **dict.fromkeys((*numbers, *more), 0),
    }


PLACES = ("lounge", "a private message", "a server without the bot", "the twin server")


def interaction(kind, reader, data, message=None):
    """Return an INTERACTION_CREATE of *kind* (2 command, 3 component, 4 autocomplete)."""
    number = snowflake()
    secret = f"interaction:{number}:{'reader' * 12}".encode()
    return {
        "version": 1,
        "id": number,
        "token": base64.urlsafe_b64encode(secret).decode().rstrip("="),
        "application_id": APPLICATION_ID,
        "type": kind,
        "data": data,
        "app_permissions": EVERYTHING,
        "locale": reader.locale,
        "entitlements": [],
        "attachment_size_limit": 10 * 1024 * 1024,
        **_whereabouts(reader),
        **({"message": message} if message else {}),
    }


def _whereabouts(reader):
    if reader.place == "a private message":
        private = {"id": "1100000000000000004", "type": 1, "last_message_id": None, "flags": 0}
        return {
            "user": reader.person,
            "channel_id": private["id"],
            "channel": private | {"recipients": [reader.person]},
            "authorizing_integration_owners": {"0": "0"},
            "context": 1,
        }
    here = reader.place != "a server without the bot"
    twin = reader.place == "the twin server"
    number = (TWIN_GUILD_ID if twin else GUILD_ID) if here else "1100000000000000005"
    place = TWIN_CHANNEL_ID if twin else CHANNEL_ID
    return {
        "guild_id": number,
        "guild": {"id": number, "features": [], "locale": "en-US"},
        "guild_locale": "en-US",
        "channel_id": place,
        "channel": channel(place) | {"guild_id": number},
        "member": member(reader.person, reader.permissions),
        "authorizing_integration_owners": {"0": number} if here else {"1": reader.person["id"]},
        "context": 0,
    }


def _message(channel_id, author, **more):
    """Return an empty message of now."""
    return {
        "id": snowflake(),
        "channel_id": channel_id,
        "author": author,
        "type": 0,
        "timestamp": timestamp(),
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "pinned": False,
        "content": "",
        "embeds": [],
        "components": [],
        "flags": 0,
        **more,
    }


def message(data, asked):
    """Return the message that *data* (of a callback or a follow-up) makes under *asked*."""
    behind = {
        "id": asked["id"],
        "type": asked["type"],
        "user": asked["member"]["user"] if "member" in asked else asked["user"],
        "authorizing_integration_owners": {"0": GUILD_ID},
        **({"interacted_message_id": asked["message"]["id"]} if "message" in asked else {}),
    }
    made = _message(
        asked.get("channel_id", CHANNEL_ID),
        itself(),
        type=20,
        webhook_id=APPLICATION_ID,
        application_id=APPLICATION_ID,
        interaction_metadata=behind,
    )
    return changed(made, data)


def post(author, content, **more):
    """Return a message that somebody wrote in the lounge."""
    return _message(CHANNEL_ID, author, content=content, **more)


def posted(data, channel_id):
    """Return the message that the bot posts by itself."""
    return changed(_message(channel_id, itself()), data)


def thread(message_id, channel_id, name):
    """Return the thread that was opened under a message."""
    return {
        "id": message_id,
        "guild_id": GUILD_ID,
        "parent_id": channel_id,
        "owner_id": APPLICATION_ID,
        "type": 10 if channel_id == NEWS_ID else 11,
        "name": name,
        "last_message_id": None,
        "rate_limit_per_user": 0,
        "flags": 0,
        "message_count": 0,
        "member_count": 1,
        "total_message_sent": 0,
        "thread_metadata": {
            "archived": False,
            "archive_timestamp": timestamp(),
            "auto_archive_duration": 4320,
            "locked": False,
            "create_timestamp": timestamp(),
        },
    }


def private_channel(channel_id, reader):
    """Return the channel of private messages with *reader*."""
    return {
        "id": channel_id,
        "type": 1,
        "last_message_id": None,
        "flags": 0,
        "recipients": [user(reader, "reader")],
    }


def changed(old, data):
    """Return the message *old* with what *data* says put in its place; a null empties."""
    parts = ("content", "embeds", "components", "flags")
    said = {name: data[name] for name in parts if name in data}
    if said.get("embeds"):
        said["embeds"] = [{"type": "rich", **embed} for embed in said["embeds"]]
    empty = {"content": "", "embeds": [], "components": [], "flags": 0}
    made = old | {name: empty[name] if value is None else value for name, value in said.items()}
    made["embeds"] = [{"type": "rich"} | embed for embed in made["embeds"]]
    return made | {"components": list(_numbered(made["components"], itertools.count(1)))}


def _numbered(parts, numbers):
    """Yield components with the ids that Discord gives them."""
    for part in parts:
        below = part.get("components")
        inner = {"components": list(_numbered(below, numbers))} if below else {}
        yield part | {"id": next(numbers)} | inner
