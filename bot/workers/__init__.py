"""Processes of our own that do what would hold up the event loop, or might not survive."""
