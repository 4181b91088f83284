"""What readers say is wrong, and the admins hear of."""
