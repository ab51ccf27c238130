"""The analysis document: what ``overtone analyze`` prints, with its published schema."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field

from nlp.transcript import Transcript, Turn

if TYPE_CHECKING:  # at run time it would load the models' libraries, which the schema does not need
    from nlp.analysis import Analysis, TurnFindings
    from nlp.emotion import EmotionScore
    from nlp.facts import Fact


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class EmotionPart(_Part):
    """An emotion above its threshold."""

    label: str = Field(description="One of the 28 labels of GoEmotions")
    score: float = Field(ge=0, le=1)


class TurnPart(_Part):
    """One party's uninterrupted stretch, redacted."""

    party: str = Field(description="agent, customer, system or unknown")
    start_ms: int | None = Field(description="From the beginning; null where nothing says when")
    end_ms: int | None
    text: str
    confidence: float | None = Field(description="The recogniser's, 0-1; null in writing")
    audio_channel: int | None = Field(description="The side of the recording; null in writing")
    speaker: int | None = Field(description="Number of the voice where audio channels do not tell them apart")
    emotions: tuple[EmotionPart, ...] | None = Field(
        description="Empty: none stood out; null: not measured, as in languages other than English"
    )
    sentiment: float | None = Field(description="-5 to +5; null where it was not measured")


class ReasonPart(_Part):
    """Why the customer made contact."""

    name: str = Field(description="A sub-reason, or a top reason where no sub-reason is sure")
    parent: str | None = Field(description="The sub-reason's top reason")
    score: float = Field(ge=0, le=1, description="Calibrated")
    primary: bool
    turn: int | None = Field(description="Number of the turn it is stated in; null: a mail's subject")


class TurningPart(_Part):
    """The turn from which a party's sentiment was another."""

    turn: int = Field(description="Number of the turn")
    before: float = Field(description="Mean of the party's turns before it")
    after: float = Field(description="Mean of its turns from there on")


class PartySentimentPart(_Part):
    """One party's sentiment over the interaction."""

    score: float | None
    quarters: tuple[float | None, ...] = Field(description="Null where the party said nothing")
    shift: float | None = Field(description="Last quarter with a score minus the first; -10 to +10")
    turned: TurningPart | None = Field(description="Where it changed for good; null where it did not")


class RedactionPart(_Part):
    """What was masked; offsets in characters of the turn's original text."""

    kind: str
    turn: int
    start: int
    end: int


class FactPart(_Part):
    """Something that was named: a term of a list, an amount, a day, a reference, a switch intent."""

    turn: int
    start: int = Field(description="Place in the characters of the turn's redacted text")
    end: int
    kind: str = Field(
        description="product, competitor, place, term, amount, date, reference or switch_intent"
    )
    name: str = Field(description="The term, the currency, what a reference is of, the competitor")
    value: str | None = Field(description="Amount, ISO date or reference")


class PickPart(_Part):
    """A stretch of a turn, exactly as it stands there."""

    turn: int
    start: int = Field(description="Place in the characters of the turn's redacted text")
    end: int
    text: str
    score: float = Field(ge=0, le=1, description="Orders picks of one kind; no probability")


class SummaryPart(_Part):
    """What was said that sums the interaction up; nothing in it was written by a model."""

    issue: PickPart | None = Field(description="The customer's; null where nothing states one")
    outcome: PickPart | None = Field(description="Null where nothing tells of one")
    next_action: PickPart | None = Field(description="What somebody is to do; null where nothing says")


class NoticePart(_Part):
    """Something the reader must know."""

    code: str
    detail: str


class AttachmentPart(_Part):
    """A file that came with a mail."""

    name: str = Field(description="Redacted; empty if none")
    media_type: str
    size: int = Field(description="Bytes, decoded")
    inline: bool = Field(description="Shown within the text")


class StretchPart(_Part):
    """A part of a recording; ms from its start."""

    start_ms: int
    end_ms: int


class SoundPart(_Part):
    """What was measured in the recording itself; keys are audio channels."""

    loudness: dict[int, tuple[int, ...]] = Field(description="0-100 for each second")
    speech: dict[int, tuple[StretchPart, ...]] = Field(description="Where someone speaks")
    holds: tuple[StretchPart, ...] = Field(description="Hold music or ring tone")
    gaps: tuple[StretchPart, ...] = Field(description="What could not be decoded")
    pauses: tuple[StretchPart, ...] = Field(description="Where the telephony paused the recording")


class SpokenPhrasePart(_Part):
    """A phrase found in the sound itself."""

    phrase: str
    start_ms: int
    end_ms: int
    score: float = Field(ge=0, le=1)
    audio_channel: int
    party: str


class Document(_Part):
    """One interaction, transcribed and analysed."""

    engine: str
    language: str | None = Field(description="ISO 639-1, null where it could not be told")
    duration_ms: int | None
    reliable: bool | None = Field(description="False: the words are guesses; null: there are none")
    confidence: float | None = Field(description="The recogniser's over all turns, 0-1; null in writing")
    audio_channels: int | None = Field(description="Sides of the recording; null in writing")
    languages: dict[int, str] = Field(description="Spoken on each audio channel")
    role_confidence: float | None = Field(
        description="How sure it is which voice is the agent's, 0-1; null where nothing was inferred"
    )
    sound: SoundPart | None = Field(description="Null in writing")
    spoken_phrases: tuple[SpokenPhrasePart, ...]
    turns: tuple[TurnPart, ...]
    summary: SummaryPart
    call_reasons: tuple[ReasonPart, ...]
    emotions: tuple[EmotionPart, ...] | None = Field(
        description="The customer's, else all parties'; null where none of these turns could be read"
    )
    sentiment: float | None = Field(description="The customer's, else all parties'; -5 to +5")
    sentiment_by_party: dict[str, PartySentimentPart]
    characteristics: dict[str, Any] = Field(description="Null where the recording cannot support them")
    facts: tuple[FactPart, ...] = Field(description="Empty where the words are guesses")
    redactions: tuple[RedactionPart, ...]
    notices: tuple[NoticePart, ...]
    automatic: str | None = Field(
        description="What machine sent a mail: auto_reply, bounce, bulk, receipt, calendar; null: a person"
    )
    attachments: tuple[AttachmentPart, ...] = Field(description="A mail's")
    models: dict[str, str] = Field(description="Versions")
    thresholds: dict[str, float] = Field(description="What was in force")
    no_reason: str | None = Field(
        description="Why there is no call reason: abstained, unreliable, no_text, language_not_supported"
    )


def document(transcript: Transcript, analysis: "Analysis", facts: Sequence["Fact"] = ()) -> Document:
    """Join what both pipelines found."""
    pairs = zip(transcript.turns, analysis.turns, strict=True)
    return Document(
        engine=transcript.engine,
        language=transcript.language or analysis.language,
        duration_ms=transcript.duration_ms,
        reliable=transcript.reliable,
        confidence=transcript.confidence,
        audio_channels=transcript.audio_channels,
        languages=dict(transcript.languages),
        role_confidence=transcript.role_confidence,
        sound=None if transcript.sound is None else SoundPart(**asdict(transcript.sound)),
        spoken_phrases=tuple(SpokenPhrasePart(**asdict(phrase)) for phrase in transcript.spoken_phrases),
        turns=tuple(_turn(turn, found) for turn, found in pairs),
        summary=SummaryPart.model_validate(asdict(analysis.summary)),
        call_reasons=tuple(ReasonPart(**asdict(reason)) for reason in analysis.call_reasons),
        emotions=_emotions(analysis.emotions),
        sentiment=analysis.sentiment,
        sentiment_by_party={
            party: PartySentimentPart(**asdict(value)) for party, value in analysis.sentiment_by_party.items()
        },
        characteristics=asdict(analysis.characteristics),
        facts=tuple(FactPart(**asdict(fact)) for fact in facts),
        redactions=tuple(RedactionPart(**asdict(redaction)) for redaction in transcript.redactions),
        notices=tuple(NoticePart(**asdict(notice)) for notice in transcript.notices),
        automatic=transcript.automatic,
        attachments=tuple(AttachmentPart(**asdict(file)) for file in transcript.attachments),
        models=dict(analysis.models),
        thresholds={**transcript.thresholds, **analysis.thresholds},
        no_reason=analysis.no_reason,
    )


def schema() -> dict[str, Any]:
    """JSON Schema of the document."""
    return Document.model_json_schema()


def _turn(turn: Turn, found: "TurnFindings") -> TurnPart:
    return TurnPart(
        party=turn.party.value,
        start_ms=turn.start_ms,
        end_ms=turn.end_ms,
        text=turn.text,
        confidence=turn.confidence,
        audio_channel=turn.audio_channel,
        speaker=turn.speaker,
        emotions=_emotions(found.emotions),
        sentiment=found.sentiment,
    )


def _emotions(found: "Sequence[EmotionScore] | None") -> tuple[EmotionPart, ...] | None:
    return None if found is None else tuple(EmotionPart(**asdict(emotion)) for emotion in found)
