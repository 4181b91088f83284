"""Chapters: from a story's address to the list of its chapters, and from there to one ping."""
