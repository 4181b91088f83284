"""Which feeds tell of which stories, and what is made of what they tell."""
