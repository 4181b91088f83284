"""The quote book: what members said, with their leave.

Knows no Discord. `rules` decides, `changes` writes what was decided, `repository` reads; a cog asks
the `service`.
"""
