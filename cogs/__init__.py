"""The commands: each cog parses, asks a service and shows the answer."""

EXTENSIONS = ("cogs.lore", "cogs.canon", "cogs.status", "cogs.help")
"""What the bot loads, in this order."""
