"""For tests only: a Python that starts with this folder on its path takes a port for Discord."""

import os

import discord
import yarl

_PORT = os.environ["SAMIZDAT_TEST_DISCORD_PORT"]
discord.http.Route.BASE = f"http://127.0.0.1:{_PORT}/api/v10"
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://127.0.0.1:{_PORT}/gateway")
