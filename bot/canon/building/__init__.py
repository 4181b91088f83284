"""From documents to a canon file."""
