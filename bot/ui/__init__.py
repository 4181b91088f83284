"""How things look in Discord: models in, embeds and views out."""
