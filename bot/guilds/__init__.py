"""What the admins of a server chose."""
