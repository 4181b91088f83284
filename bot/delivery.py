"""The outbox's Discord: one request a step, over discord.py's own HTTP client.

Raw JSON through `bot.http.request`: what was decided is what is sent, and the nonce is ours.
"""

import io
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import aiohttp
import discord
from discord.http import Route

from bot.clock import moment
from bot.outbox.bodies import with_picture
from bot.outbox.models import CROSSPOST, EDIT, PIN, PRIVATE, THREAD, Outgoing, Picture
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
from bot.ui.permissions import fix_of, obstacle

_PAGES = 3
_PAGE = 100
_BEFORE = timedelta(seconds=60)
"""How much before the first try is looked: this machine's clock may be ahead of Discord's."""
_HISTORY_CLOSED = {50001, 50013}


class DiscordSender:
    """Implements `bot.outbox.relay.Sender` for a bot."""

    def __init__(self, bot: discord.Client) -> None:
        self._bot = bot

    @property
    def is_ready(self) -> bool:
        """Whether the bot has logged in; sending needs no gateway."""
        return self._bot.user is not None and not self._bot.is_closed()

    async def send(self, row: Outgoing, picture: Picture | None) -> Outcome:
        """Do the step of *row*."""
        try:
            return await self._step(row, picture)
        except (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError) as error:
            return self._failed(row, error)

    async def find(self, row: Outgoing) -> Sighting:
        """Look for the message of *row* in its channel."""
        try:
            channel_id = await self._channel(row)
            after = discord.utils.time_snowflake(moment(row.first_try) - _BEFORE)
            for _ in range(_PAGES):
                page = await self._bot.http.request(
                    Route("GET", "/channels/{channel_id}/messages", channel_id=channel_id),
                    params={"after": str(after), "limit": str(_PAGE)},
                )
                for message in page:
                    if self._is_of(row, message):
                        return Sent(int(message["id"]))
                if len(page) < _PAGE:
                    break
                after = max(int(message["id"]) for message in page)
        except (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError) as error:
            failed = self._failed(row, error)
            if isinstance(failed, Refused) and failed.code in _HISTORY_CLOSED:
                return Blind()
            return Unknown(failed.reason) if isinstance(failed, Malformed) else failed
        return Absent()

    def obstacle(self, guild_id: int, channel_id: int, step: str) -> str | None:
        """Return what the cached permissions have against *step* there; None: nothing."""
        if not self._bot.is_ready():
            return "Discord has not told yet which servers there are."
        return obstacle(self._bot, guild_id, channel_id, step)

    async def _step(self, row: Outgoing, picture: Picture | None) -> Outcome:
        if row.makes_message:
            return await self._new_message(row, picture)
        message: dict[str, Any] = {"channel_id": row.channel_id, "message_id": row.message_id}
        path = "/channels/{channel_id}/messages/{message_id}"
        if row.step.startswith(EDIT):
            changed = await self._request(Route("PATCH", path, **message), row.body, picture)
            return Sent(int(changed["id"]))
        if row.step == THREAD:
            made = await self._request(Route("POST", f"{path}/threads", **message), row.body)
            return Sent(int(made["id"]))
        if row.step == CROSSPOST:
            await self._request(Route("POST", f"{path}/crosspost", **message))
        elif row.step == PIN:
            place = "/channels/{channel_id}/messages/pins/{message_id}"
            await self._request(Route("PUT", place, **message))
        else:
            raise ValueError(f"the outbox knows no step {row.step!r}")
        return Sent(row.message_id)

    async def _new_message(self, row: Outgoing, picture: Picture | None) -> Outcome:
        channel_id = await self._channel(row)
        body = {**row.body, "nonce": row.nonce, "enforce_nonce": True, "tts": False}
        if "message_reference" in body and row.message_id is not None:
            body["message_reference"] = {
                **body["message_reference"],
                "message_id": str(row.message_id),
                "fail_if_not_exists": False,
            }
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel_id)
        made = await self._request(route, body, picture)
        return Sent(int(made["id"]))

    async def _request(
        self, route: Route, body: Mapping[str, Any] | None = None, picture: Picture | None = None
    ) -> Any:  # noqa: ANN401 - Discord's JSON
        if picture is None:
            sent: dict[str, Any] = {} if body is None else {"json": body}
            return await self._bot.http.request(route, **sent)
        file = discord.File(io.BytesIO(picture.data), picture.name)
        form: list[dict[str, Any]] = [
            {"name": "payload_json", "value": json.dumps(with_picture(body or {}, picture))},
            {
                "name": "files[0]",
                "value": file.fp,
                "filename": picture.name,
                "content_type": "application/octet-stream",
            },
        ]
        return await self._bot.http.request(route, files=[file], form=form)

    async def _channel(self, row: Outgoing) -> int:
        if row.guild_id != PRIVATE:
            return row.channel_id
        opened = await self._bot.http.request(
            Route("POST", "/users/@me/channels"), json={"recipient_id": str(row.channel_id)}
        )
        return int(opened["id"])

    def _is_of(self, row: Outgoing, message: Mapping[str, Any]) -> bool:
        own = self._bot.user
        if own is None or message["author"]["id"] != str(own.id):
            return False
        if message.get("nonce") is not None:
            return str(message["nonce"]) == row.nonce
        if row.marker and _holds(row.body, row.marker):
            return _holds(message, row.marker)
        answered = (message.get("message_reference") or {}).get("message_id")
        wanted = str(row.message_id) if "message_reference" in row.body else None
        content = str(row.body.get("content", "")).strip()
        return (
            bool(content)
            and message.get("content") == content
            and (wanted is None or answered == wanted)
        )

    def _failed(self, row: Outgoing, error: Exception) -> Limited | Unknown | Refused | Malformed:
        if isinstance(error, discord.RateLimited):
            return Limited(error.retry_after)
        if not isinstance(error, discord.HTTPException) or error.status >= 500:
            return Unknown(type(error).__name__)
        if error.status == 429:
            return Limited(_asked_wait(error))
        if error.code in {50035, 50006} or (error.status == 400 and not error.code):
            return Malformed(error.text[:300])
        return Refused(error.code, fix_of(self._bot, row, error.code))


def _holds(part: Any, marker: str) -> bool:  # noqa: ANN401 - Discord's JSON
    """Tell whether *marker* stands in any text of *part*."""
    if isinstance(part, str):
        return marker in part
    if isinstance(part, Mapping):
        return any(_holds(each, marker) for each in part.values())
    return isinstance(part, list) and any(_holds(each, marker) for each in part)


def _asked_wait(error: discord.HTTPException) -> float:
    """Return the seconds of a 429 that discord.py gave up on."""
    try:
        return float(error.response.headers.get("Retry-After", 5))
    except (AttributeError, ValueError):
        return 5.0
