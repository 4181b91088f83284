"""The engine that several processes share: PostgreSQL, spoken to by asyncpg (extra `postgres`)."""
