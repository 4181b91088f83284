"""What one decision about a quote reads and writes, all within its transaction."""
