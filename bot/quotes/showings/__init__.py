"""Our messages that show a quote."""
