"""The commands of `python -m bot`, apart from the bot itself."""
