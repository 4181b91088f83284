"""What the admins of a server must mend: told once, and kept as long as it lasts."""
