"""The commands: each cog parses, asks a service and shows the answer."""

EXTENSIONS = (
    "cogs.lore",
    "cogs.canon",
    "cogs.stories",
    "cogs.feeds",
    "cogs.chapters",
    "cogs.subscriptions",
    "cogs.soviet",
    "cogs.help",
)
"""What the bot loads, in this order."""
