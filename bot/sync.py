"""Telling Discord which commands exist: only when they changed since it was last told.

Discord allows 200 command creations a day and a guild, and a sync takes seconds; so the tree's hash
is kept, for each application and place. A sync that fails never keeps the bot from running.
"""

import json
import logging
from hashlib import sha256

import aiohttp
import discord

from bot.app import Samizdat
from bot.clock import instant

log = logging.getLogger(__name__)


async def sync_commands(bot: Samizdat) -> bool:
    """Send the command tree if it is not the one sent last; return whether it was sent."""
    guild = discord.Object(bot.dev_guild_id) if bot.dev_guild_id else None
    if guild is not None:
        bot.tree.copy_global_to(guild=guild)
    key = f"commands:{bot.application_id}:{bot.dev_guild_id or 'everywhere'}"
    digest = await tree_digest(bot, guild)
    if await bot.services.state.get(key) == digest:
        return False
    try:
        sent = await bot.tree.sync(guild=guild)
    except (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError) as error:
        log.error("Discord did not take the commands, the old ones stay: %s", error)  # noqa: TRY400
        return False
    await bot.services.state.put(key, digest, instant(bot.services.clock.now()))
    log.info("told Discord about %d commands", len(sent))
    return True


async def tree_digest(bot: Samizdat, guild: discord.Object | None) -> str:
    """Return a hash of everything Discord would be told, in all languages."""
    tree, translator = bot.tree, bot.tree.translator
    told = [
        await command.get_translated_payload(tree, translator)
        if translator is not None
        else command.to_dict(tree)
        for command in tree.get_commands(guild=guild)
    ]
    told.sort(key=lambda command: (command["type"], command["name"]))
    return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
