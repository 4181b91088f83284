"""Documents that a server's admins gave the bot, for that server alone."""
