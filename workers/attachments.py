"""Attachments of mails as they are stored."""

from collections.abc import Mapping
from typing import Any


def is_voicemail(attachment: Mapping[str, Any]) -> bool:
    """Whether an attachment is sound; what is said in it belongs to the mail."""
    return str(attachment["media_type"]).startswith("audio/")
