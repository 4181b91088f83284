"""Who may quote whom."""
