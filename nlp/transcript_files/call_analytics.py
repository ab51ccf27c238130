"""Call Analytics JSON of Amazon Transcribe and Contact Lens: turns with roles, words with confidence."""

from collections.abc import Mapping
from typing import Any

from nlp.transcript import Party, Word
from nlp.transcript_files.given import MOST_STATEMENTS, MOST_WORDS, Given, Statement, span, words_within
from nlp.transcript_files.json_values import (
    confidence_in,
    entries,
    language_in,
    members,
    name_of,
    text_of,
    time_of,
)
from nlp.transcript_files.voices import party_of

NAME = "aws-call-analytics"
_BOTH_SIDES = 2  # Call Analytics takes recordings with a party on each audio channel, nothing else


def is_call_analytics(document: object) -> bool:
    """Whether the keys are those of Call Analytics."""
    return isinstance(document, Mapping) and {"Transcript", "Participants"} <= document.keys()


def read(document: Mapping[str, Any]) -> Given:
    """The transcript; times are ms in ``BeginOffsetMillis`` and so on. Raises UnreadableTranscript."""
    roles = _roles(document)
    turns = entries(document["Transcript"], "Transcript", most=MOST_STATEMENTS)
    facts = members(document.get("ConversationCharacteristics"), "ConversationCharacteristics")
    duration = facts.get("TotalConversationDurationMillis")
    return Given(
        format=NAME,
        statements=tuple(_statement(turn, number, roles) for number, turn in enumerate(turns)),
        made_by=name_of(document.get("Version")),
        language=language_in(document.get("LanguageCode")),
        duration_ms=None if duration is None else span(0, time_of(duration, "duration"), "duration")[1],
        audio_channels=_BOTH_SIDES,
    )


def _roles(document: Mapping[str, Any]) -> dict[str, str]:
    """The role of each participant by id; a post-call file has roles in the turns themselves."""
    participants = [
        members(entry, "Participants")
        for entry in entries(document["Participants"], "Participants", most=100)
    ]
    return {
        name_of(entry.get("ParticipantId")): name_of(entry.get("ParticipantRole")) for entry in participants
    }


def _statement(entry: object, number: int, roles: Mapping[str, str]) -> Statement:
    place = f"turn {number}"
    turn = members(entry, place)
    identity = name_of(turn.get("ParticipantId"))
    role = name_of(turn.get("ParticipantRole")) or roles.get(identity, identity)
    text = text_of(turn.get("Content"), place)
    start_ms, end_ms = _times(turn, place)
    items = entries(turn.get("Items"), place, most=MOST_WORDS)
    words = tuple(_word(item, place) for item in items if _is_spoken(item, place))
    party = party_of(role)
    return Statement(
        party=party,
        voice=role if party is not Party.UNKNOWN else identity or role,
        text=text,
        start_ms=start_ms,
        end_ms=end_ms,
        words=words_within(text, words),
    )


def _is_spoken(item: object, place: str) -> bool:
    """Punctuation has no times."""
    return members(item, place).get("BeginOffsetMillis") is not None


def _word(item: Mapping[str, Any], place: str) -> Word:
    start_ms, end_ms = _times(item, f"a word of {place}")
    return Word(start_ms, end_ms, text_of(item.get("Content"), place), confidence_in(item.get("Confidence")))


def _times(entry: Mapping[str, Any], place: str) -> tuple[int, int]:
    start, end = (time_of(entry.get(key), place) for key in ("BeginOffsetMillis", "EndOffsetMillis"))
    return span(start, end, place)
