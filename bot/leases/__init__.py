"""Who does what, when several processes share a database."""
