"""How far people have read, and what may therefore be shown to them."""
