"""A canon as a website: static files, readable without a server of ours."""
