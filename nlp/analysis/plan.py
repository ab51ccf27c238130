"""Which turns of a transcript the models may read, and in which of them reasons are sought."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from nlp.analysis.models import Languages
from nlp.call_reasons import Conversation
from nlp.language import is_latin
from nlp.transcript import Party, Transcript, Turn

LONGEST_TURN = 50_000  # characters of one turn that are read; what is after them changes no reason
# A subject that was there before: it belongs to the history of the thread, as quoted text does.
ANSWER = re.compile(
    r"\s*(re|aw|sv|antw|fwd?|wg|vá|tr|rv|res|odp|תשובה|הועבר)\s*(\[\d+\])?\s*:", re.IGNORECASE
)

LATIN = frozenset({"en", "hu"})  # languages of the models that are written in Latin letters
UNDETERMINED = "und"  # ISO 639-2's word for it: no model knows it

UNRELIABLE = "unreliable"
NO_TEXT = "no_text"
NOT_SUPPORTED = "language_not_supported"
ABSTAINED = "abstained"


@dataclass(frozen=True)
class Plan:
    """Which turns of a transcript may be read, and why no reason can be found (if so).

    ``languages`` holds one entry per turn: what it is written in, None where it is not to be read.
    """

    language: str | None
    languages: tuple[str | None, ...]
    conversation: Conversation
    shift: int  # how many entries of the conversation come before the first turn: a mail's subject
    no_reason: str | None


def plan(transcript: Transcript, languages: Languages, *, reasons: Collection[str]) -> Plan:
    """What of a transcript is read; one that is not reliable is not read at all.

    ``reasons`` are the languages in which reasons can be sought.
    """
    written = " ".join(turn.text for turn in transcript.turns)[:LONGEST_TURN]
    language = transcript.language or languages.identify(written)[0]
    said = [bool(turn.text.strip()) and turn.party != Party.SYSTEM for turn in transcript.turns]
    if transcript.reliable is False:
        return Plan(language, (None,) * len(said), (), 0, UNRELIABLE)
    spoken = tuple(
        _language(turn, language, languages) if is_said else None
        for turn, is_said in zip(transcript.turns, said, strict=True)
    )
    conversation, shift = _conversation(transcript, [one in reasons for one in spoken])
    no_reason = None
    if not any(text.strip() for _, text in conversation):
        anything = any(text.strip() for _, text in _conversation(transcript, said)[0])
        no_reason = NOT_SUPPORTED if anything else NO_TEXT
    return Plan(language, spoken, conversation, shift, no_reason)


def _language(turn: Turn, language: str | None, languages: Languages) -> str:
    """A turn too short to tell is in the interaction's language, unless its letters are not that one's."""
    own = languages.identify(turn.text[:LONGEST_TURN])[0]
    taken = own or language or "en"
    return taken if own or taken not in LATIN or is_latin(turn.text) else UNDETERMINED


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
