"""Which turns of a transcript the models may read, and in which of them reasons are sought."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nlp.analysis.models import Languages
from nlp.call_reasons import Conversation
from nlp.transcript import Party, Transcript, Turn

LANGUAGES = frozenset({"en"})  # what the text models understand
LONGEST_TURN = 50_000  # characters of one turn that are read; what is after them changes no reason
# A subject that was there before: it belongs to the history of the thread, as quoted text does.
ANSWER = re.compile(
    r"\s*(re|aw|sv|antw|fwd?|wg|vá|tr|rv|res|odp|תשובה|הועבר)\s*(\[\d+\])?\s*:", re.IGNORECASE
)

UNRELIABLE = "unreliable"
NO_TEXT = "no_text"
NOT_SUPPORTED = "language_not_supported"
ABSTAINED = "abstained"


@dataclass(frozen=True)
class Plan:
    """Which turns of a transcript the models may read, and why no reason can be found (if so)."""

    language: str | None
    read: tuple[bool, ...]
    conversation: Conversation
    shift: int  # how many entries of the conversation come before the first turn: a mail's subject
    no_reason: str | None


def plan(transcript: Transcript, languages: Languages) -> Plan:
    """What of a transcript is read; one that is not reliable is not read at all."""
    written = " ".join(turn.text for turn in transcript.turns)[:LONGEST_TURN]
    language = transcript.language or languages.identify(written)[0]
    said = [bool(turn.text.strip()) and turn.party != Party.SYSTEM for turn in transcript.turns]
    if transcript.reliable is False:
        return Plan(language, tuple(False for _ in said), (), 0, UNRELIABLE)
    supported = [
        is_said and _supported(turn, language, languages)
        for turn, is_said in zip(transcript.turns, said, strict=True)
    ]
    conversation, shift = _conversation(transcript, supported)
    no_reason = None
    if not any(text.strip() for _, text in conversation):
        anything = any(text.strip() for _, text in _conversation(transcript, said)[0])
        no_reason = NOT_SUPPORTED if anything else NO_TEXT
    return Plan(language, tuple(supported), conversation, shift, no_reason)


def _supported(turn: Turn, language: str | None, languages: Languages) -> bool:
    """A turn too short to tell is taken to be in the interaction's language."""
    own = languages.identify(turn.text[:LONGEST_TURN])[0]
    return (own or language or "en") in LANGUAGES


def _conversation(transcript: Transcript, said: Sequence[bool]) -> tuple[Conversation, int]:
    """What call reasons are sought in: the turns, after a mail's subject.

    An agent who is alone on a recording states no reason of the customer's; alone in writing it is a note.
    """
    parties = {turn.party for turn, is_said in zip(transcript.turns, said, strict=True) if is_said}
    recorded = any(turn.start_ms is not None for turn in transcript.turns)
    turns = [
        (turn.party, turn.text[:LONGEST_TURN] if is_said else "")
        for turn, is_said in zip(transcript.turns, said, strict=True)
    ]
    if parties <= {Party.AGENT} and (recorded or not parties):
        return (), 0
    if not transcript.subject or ANSWER.match(transcript.subject):
        return tuple(turns), 0
    author = next(party for party in (Party.CUSTOMER, Party.UNKNOWN, Party.AGENT) if party in parties)
    return ((author, transcript.subject), *turns), 1
