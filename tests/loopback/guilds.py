"""The guild of the stand-in when it is asked for: how many belong to it, and to its roles."""

from loopback import payloads
from loopback.refusals import RefusalError

MEMBERS, HOLDERS = 41, 7
_NOTHING = (
    *("description", "home_header", "splash", "discovery_splash", "banner", "application_id"),
    *("afk_channel_id", "system_channel_id", "widget_channel_id", "max_presences"),
    *("vanity_url_code", "rules_channel_id", "safety_alerts_channel_id"),
    *("public_updates_channel_id", "incidents_data"),
)
_NUMBERS = ("max_members", "max_stage_video_channel_users", "max_video_channel_users")


def _ours(call):
    if call.match["guild_id"] not in {payloads.GUILD_ID, payloads.TWIN_GUILD_ID}:
        raise RefusalError(404, 10004, "Unknown Guild")


async def guild_with_counts(_standin, call):
    _ours(call)
    guild = payloads.guild(call.match["guild_id"])
    for part in ("channels", "members", "threads", "voice_states", "presences"):
        del guild[part]
    roles = [
        role | {"description": None, "icon": None, "unicode_emoji": None} for role in guild["roles"]
    ]
    return 200, {
        **guild,
        **dict.fromkeys(_NOTHING),
        **dict.fromkeys(_NUMBERS, 100),
        "roles": roles,
        "region": "deprecated",
        "widget_enabled": False,
        "premium_subscription_count": 0,
        "premium_progress_bar_enabled": False,
        "nsfw": False,
        "approximate_member_count": MEMBERS,
        "approximate_presence_count": 1,
    }


async def role_member_counts(_standin, call):
    _ours(call)
    return 200, {payloads.ROLE_ID: HOLDERS}


ROUTES = {
    ("GET", "/guilds/{guild_id}"): guild_with_counts,
    ("GET", "/guilds/{guild_id}/roles/member-counts"): role_member_counts,
}
