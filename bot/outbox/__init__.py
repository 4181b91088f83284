"""What is to be sent to Discord: decided in one transaction, sent once whatever happens."""
