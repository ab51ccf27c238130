"""Words, segments, turns and transcripts: the values that every model takes and returns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Party(StrEnum):
    """Who speaks or writes."""

    AGENT = "agent"
    CUSTOMER = "customer"
    SYSTEM = "system"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Word:
    """One recognised word; times in ms from the recording's start, confidence 0-1 or None."""

    start_ms: int
    end_ms: int
    text: str
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Segment:
    """What a recogniser emits for one stretch of speech on one audio channel; ``speaker`` as in Turn."""

    start_ms: int
    end_ms: int
    text: str
    words: tuple[Word, ...]
    confidence: float | None
    audio_channel: int
    speaker: int | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a recording; ms from its start."""

    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Sound:
    """What was measured in the recording itself, whatever words were understood.

    ``loudness`` is 0-100 for each second of each audio channel; ``speech`` says where on each audio channel
    someone speaks; ``holds`` are stretches of hold music or ring tone; ``gaps`` could not be decoded; in
    ``pauses`` the telephony paused the recording.
    """

    loudness: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    speech: Mapping[int, tuple[Stretch, ...]] = field(default_factory=dict)
    holds: tuple[Stretch, ...] = ()
    gaps: tuple[Stretch, ...] = ()
    pauses: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class SpokenPhrase:
    """A phrase found in the sound itself, without a transcript; ``score`` 0-1."""

    phrase: str
    start_ms: int
    end_ms: int
    score: float
    audio_channel: int
    party: Party


@dataclass(frozen=True, slots=True)
class Turn:
    """One party's uninterrupted stretch of speech, or one message.

    Times are ms from the interaction's start, None where nothing says when (a mail, a note).
    ``speaker`` numbers the voices of a recording whose audio channels do not tell them apart.
    ``quoted`` and ``signature`` hold what a mail carries beside its new text.
    """

    party: Party
    text: str
    start_ms: int | None = None
    end_ms: int | None = None
    confidence: float | None = None
    words: tuple[Word, ...] = ()
    audio_channel: int | None = None
    speaker: int | None = None
    quoted: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Redaction:
    """One masked span: character offsets in the original text of turn number ``turn``."""

    kind: str
    turn: int
    start: int
    end: int


class Automatic(StrEnum):
    """What kind of machine sent a mail."""

    AUTO_REPLY = "auto_reply"  # out of office, acknowledgements
    BOUNCE = "bounce"
    BULK = "bulk"  # newsletters, notifications
    RECEIPT = "receipt"  # of reading
    CALENDAR = "calendar"  # invitations and answers to them


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a mail, listed but not opened; its bytes by nlp.messages.save_attachment.

    ``name`` is as the sender gave it (redacted on a Transcript), empty if none; ``size`` is in bytes after
    decoding; ``inline`` parts are shown within the text (pictures).
    """

    name: str
    media_type: str
    size: int
    inline: bool = False

    @property
    def audio(self) -> bool:
        """Whether it is sound: a voicemail."""
        return self.media_type.startswith("audio/")


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader of a transcript must know: a stable code and a sentence."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """An interaction as redacted turns, with how it was made.

    ``reliable`` is None where there is nothing to judge (no speech); text channels are reliable.
    ``language`` is the text's, ``languages`` what is spoken on each audio channel (a translation differs).
    ``role_confidence`` says how sure it is which voice is the agent's, None where nothing was inferred.
    ``thresholds`` are the numbers that were in force, ``masked_kinds`` what was masked, stored with the
    result;
    ``masked_values`` are kinds and normalised spellings of what was masked: for hashing, never to be
    stored. ``automatic`` is None for a
    mail that a person wrote; ``attachments`` are a mail's, in its order.
    """

    engine: str
    engine_version: str
    turns: tuple[Turn, ...]
    language: str | None = None
    duration_ms: int | None = None
    reliable: bool | None = None
    confidence: float | None = None
    audio_channels: int | None = None
    languages: Mapping[int, str] = field(default_factory=dict)
    role_confidence: float | None = None
    sound: Sound | None = None
    spoken_phrases: tuple[SpokenPhrase, ...] = ()
    subject: str | None = None
    redactions: tuple[Redaction, ...] = ()
    notices: tuple[Notice, ...] = ()
    thresholds: Mapping[str, float] = field(default_factory=dict)
    masked_kinds: tuple[str, ...] = ()
    masked_values: tuple[tuple[str, str], ...] = field(default=(), repr=False, compare=False)
    automatic: Automatic | None = None
    attachments: tuple[Attachment, ...] = ()
