"""Sample recordings and mails that the project made itself."""
