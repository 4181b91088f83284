"""Samizdat: a Discord bot for the readers of alternate-history stories."""
