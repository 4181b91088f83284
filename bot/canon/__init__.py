"""The canon: the lore of the works, and every question asked of it."""
