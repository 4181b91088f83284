"""Servers the bot was removed from, and when their data go."""
