"""For tests only: a Python that starts with this folder on its path takes a port for Discord."""

import os

import discord
import yarl

from bot.chapters.following import rules

# Two minutes are long in a test; whoever uses it imports it after this.
rules.HOLD = int(os.environ.get("SAMIZDAT_TEST_HOLD", rules.HOLD))
_PORT = os.environ["SAMIZDAT_TEST_DISCORD_PORT"]
discord.http.Route.BASE = f"http://127.0.0.1:{_PORT}/api/v10"
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://127.0.0.1:{_PORT}/gateway")
