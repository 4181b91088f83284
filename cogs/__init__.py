"""The commands: each cog parses, asks a service and shows the answer."""

EXTENSIONS = (
    "cogs.lore",
    "cogs.stories",
    "cogs.feeds",
    "cogs.chapters",
    "cogs.subscriptions",
    "cogs.soviet",
    "cogs.setup",
    "cogs.canon",
    "cogs.presence",
    "cogs.quotes",
    "cogs.privacy",
    "cogs.status",
    "cogs.help",
)
"""What the bot loads, in this order."""
