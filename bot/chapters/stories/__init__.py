"""The stories that a server follows."""
