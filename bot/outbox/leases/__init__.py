"""The relay's half of the outbox's table."""
