"""The community database: storage without a word about what is stored."""
