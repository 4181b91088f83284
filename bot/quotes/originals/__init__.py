"""Whether what was quoted is still there."""
