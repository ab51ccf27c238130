"""What arrives becomes a blob, a row and a task in one transaction."""
