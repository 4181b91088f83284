"""What the newsroom keeps about people."""
