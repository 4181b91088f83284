"""The commands: each cog parses, asks a service and shows the answer."""
