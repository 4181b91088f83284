"""The link by which the bot is added to a server, with the least it needs there."""

import discord

LEAST = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    create_public_threads=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
)
"""What announcing, voting and drawing take. Nothing that moderates, and no ping of everyone."""


def invite_url(application_id: int) -> str:
    """Return the link."""
    return discord.utils.oauth_url(
        application_id, permissions=LEAST, scopes=("bot", "applications.commands")
    )
