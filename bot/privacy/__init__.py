"""What is kept about a person: shown to them, deleted for them, and kept deleted."""
