"""What an interaction and an identifier can be: channels, directions, states, kinds."""

from enum import StrEnum


class Channel(StrEnum):
    """How an interaction reached the centre."""

    VOICE = "voice"
    EMAIL = "email"
    CHAT = "chat"
    NOTE = "note"
    COMMENT = "comment"
    SURVEY = "survey"
    SOCIAL = "social"


class Direction(StrEnum):
    """Who began."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"
    INTERNAL = "internal"  # among ourselves: no contact


class Status(StrEnum):
    """How far an interaction has come."""

    RECEIVED = "received"
    TRANSCRIBED = "transcribed"
    ANALYZED = "analyzed"
    FAILED = "failed"


class IdentifierKind(StrEnum):
    """What a customer is known by."""

    PHONE = "phone"  # E.164
    EMAIL = "email"  # lower case
    CRM = "crm"  # the CRM's own id, as it is
