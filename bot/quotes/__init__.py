"""The quote book: what members said, with their leave.

Knows no Discord. `rules` decides, `repository` keeps, `service` is what a cog asks.
"""
