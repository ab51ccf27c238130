"""Recordings become 16 kHz samples per audio channel, decoded where a hostile file can do no harm."""
