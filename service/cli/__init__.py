"""The overtone command."""
