"""E-mails, chats and notes become turns."""
