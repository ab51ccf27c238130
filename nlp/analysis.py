"""The second pipeline: redacted turns become call reasons, emotions, sentiment and characteristics."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from nlp.call_reasons import Conversation, ReasonScore, Taxonomy, Thresholds, open_call_reasons
from nlp.characteristics import Characteristics, characteristics
from nlp.characteristics import Thresholds as MeasureThresholds
from nlp.emotion import EmotionScore, open_emotion
from nlp.encoder import open_encoder
from nlp.language import LanguageIdentifier
from nlp.sentiment import PartySentiment, by_party, open_sentiment, overall
from nlp.transcript import Party, Transcript, Turn

LANGUAGES = frozenset({"en"})  # what the text models understand
LONGEST_TURN = 50_000  # characters of one turn that are read; what is after them changes no reason
NEUTRAL = "neutral"
# A subject that was there before: it belongs to the history of the thread, as quoted text does.
ANSWER = re.compile(
    r"\s*(re|aw|sv|antw|fwd?|wg|vá|tr|rv|res|odp|תשובה|הועבר)\s*(\[\d+\])?\s*:", re.IGNORECASE
)
MEASURED_FROM = MeasureThresholds()

UNRELIABLE = "unreliable"
NO_TEXT = "no_text"
NOT_SUPPORTED = "language_not_supported"
ABSTAINED = "abstained"


@dataclass(frozen=True, slots=True)
class TurnFindings:
    """What was found in one turn; sentiment -5..+5, None where it was not measured."""

    emotions: tuple[EmotionScore, ...] = ()
    sentiment: float | None = None


@dataclass(frozen=True)
class Analysis:
    """What was found in one interaction, by which models and thresholds.

    A party's emotions are those of its turns, each as strong as in its strongest turn, neutral only where
    there is no other; the interaction's are the customer's, all parties' where no turn is the customer's.
    ``sentiment`` likewise. ``no_reason`` says why there is no call reason: unreliable, no_text,
    language_not_supported or abstained.
    """

    call_reasons: tuple[ReasonScore, ...]
    emotions: tuple[EmotionScore, ...]
    emotions_by_party: Mapping[str, tuple[EmotionScore, ...]]
    sentiment: float | None
    sentiment_by_party: Mapping[str, PartySentiment]
    turns: tuple[TurnFindings, ...]
    characteristics: Characteristics
    models: Mapping[str, str]
    thresholds: Mapping[str, float]
    no_reason: str | None
    language: str | None


@dataclass(frozen=True)
class _Plan:
    """Which turns of a transcript the models may read, and why no reason can be found (if so)."""

    language: str | None
    read: tuple[bool, ...]
    conversation: Conversation
    shift: int  # how many entries of the conversation come before the first turn: a mail's subject
    no_reason: str | None


class Reasons(Protocol):
    """Finds call reasons: ``nlp.call_reasons.ReasonModel``."""

    version: str
    taxonomy: Taxonomy
    thresholds: Thresholds

    def predict(self, conversations: Sequence[Conversation]) -> list[tuple[ReasonScore, ...]]:
        """The reasons of each conversation."""


class Emotions(Protocol):
    """Finds emotions: ``nlp.emotion.EmotionModel``."""

    version: str
    thresholds: dict[str, float]

    def predict(self, texts: Sequence[str]) -> list[tuple[EmotionScore, ...]]:
        """The emotions of each text, best first."""


class Sentiments(Protocol):
    """Scores texts: ``nlp.sentiment.SentimentModel``."""

    version: str

    def predict(self, texts: Sequence[str]) -> list[float]:
        """The sentiment of each text."""


class Languages(Protocol):
    """Names languages: ``nlp.language.LanguageIdentifier``."""

    minimum_confidence: float

    def identify(self, text: str) -> tuple[str | None, float]:
        """ISO 639-1 code or None, and how sure it is."""


class AnalysisPipeline:
    """Composes the models; transcripts in, analyses out."""

    def __init__(
        self,
        reasons: Reasons,
        emotion: Emotions,
        sentiment: Sentiments,
        *,
        language: Languages,
        encoder_version: str,
        measured_from: MeasureThresholds = MEASURED_FROM,
    ) -> None:
        self._reasons = reasons
        self._emotion = emotion
        self._sentiment = sentiment
        self._language = language
        self._measured_from = measured_from
        self.models = {
            "encoder": encoder_version,
            "call_reasons": reasons.version,
            "emotion": emotion.version,
            "sentiment": sentiment.version,
        }
        limits = reasons.thresholds
        self.thresholds = {
            "call_reasons.primary": limits.primary,
            "call_reasons.sub": limits.sub,
            "call_reasons.further": limits.further,
            "language": language.minimum_confidence,
            "longest_turn": float(LONGEST_TURN),
            **{f"emotion.{label}": value for label, value in emotion.thresholds.items()},
        }

    @property
    def taxonomy(self) -> Taxonomy:
        """The call reasons that can be found."""
        return self._reasons.taxonomy

    def analyze(self, transcript: Transcript) -> Analysis:
        """Analyse one interaction."""
        return self.analyze_many([transcript])[0]

    def analyze_many(self, transcripts: Sequence[Transcript]) -> list[Analysis]:
        """Analyse many interactions: the texts of all are encoded together, in batches of like length."""
        plans = [self._plan(transcript) for transcript in transcripts]
        texts = [
            turn.text[:LONGEST_TURN]
            for transcript, plan in zip(transcripts, plans, strict=True)
            for turn, read in zip(transcript.turns, plan.read, strict=True)
            if read
        ]
        scores = zip(self._emotion.predict(texts), self._sentiment.predict(texts), strict=True)
        found = iter([TurnFindings(emotions, sentiment) for emotions, sentiment in scores])
        reasons = self._reasons.predict([plan.conversation for plan in plans])
        return [
            self._analysis(
                transcript, plan, tuple(next(found) if read else TurnFindings() for read in plan.read), scored
            )
            for transcript, plan, scored in zip(transcripts, plans, reasons, strict=True)
        ]

    def _plan(self, transcript: Transcript) -> _Plan:
        written = " ".join(turn.text for turn in transcript.turns)[:LONGEST_TURN]
        language = transcript.language or self._language.identify(written)[0]
        said = [bool(turn.text.strip()) and turn.party != Party.SYSTEM for turn in transcript.turns]
        if transcript.reliable is False:
            return _Plan(language, tuple(False for _ in said), (), 0, UNRELIABLE)
        supported = [
            is_said and self._supported(turn, language)
            for turn, is_said in zip(transcript.turns, said, strict=True)
        ]
        conversation, shift = _conversation(transcript, supported)
        no_reason = None
        if not any(text.strip() for _, text in conversation):
            anything = any(text.strip() for _, text in _conversation(transcript, said)[0])
            no_reason = NOT_SUPPORTED if anything else NO_TEXT
        return _Plan(language, tuple(supported), conversation, shift, no_reason)

    def _supported(self, turn: Turn, language: str | None) -> bool:
        """A turn too short to tell is taken to be in the interaction's language."""
        own = self._language.identify(turn.text[:LONGEST_TURN])[0]
        return (own or language or "en") in LANGUAGES

    def _analysis(
        self,
        transcript: Transcript,
        plan: _Plan,
        found: tuple[TurnFindings, ...],
        reasons: Sequence[ReasonScore],
    ) -> Analysis:
        sentiments = by_party(transcript.turns, [finding.sentiment for finding in found])
        emotions = _emotions_by_party(transcript.turns, found)
        speaker = Party.CUSTOMER if any(turn.party == Party.CUSTOMER for turn in transcript.turns) else None
        return Analysis(
            call_reasons=tuple(_placed(reason, plan.shift) for reason in reasons),
            emotions=emotions.get(speaker, ()) if speaker else _strongest(found),
            emotions_by_party={party.value: scores for party, scores in emotions.items()},
            sentiment=_sentiment(sentiments, speaker),
            sentiment_by_party={party.value: scores for party, scores in sentiments.items()},
            turns=found,
            characteristics=characteristics(transcript, self._measured_from),
            models=self.models,
            thresholds=self.thresholds,
            no_reason=None if reasons else plan.no_reason or ABSTAINED,
            language=plan.language,
        )


def open_analysis(models_dir: Path, measured_from: MeasureThresholds = MEASURED_FROM) -> AnalysisPipeline:
    """Load all text models of a models folder; raises MissingArtifact.

    ``measured_from`` says how long silence and overlap must be to count among the characteristics.
    """
    encoder = open_encoder(models_dir)
    return AnalysisPipeline(
        open_call_reasons(models_dir, encoder),
        open_emotion(models_dir, encoder),
        open_sentiment(models_dir, encoder),
        language=LanguageIdentifier(),
        encoder_version=encoder.version,
        measured_from=measured_from,
    )


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


def _placed(reason: ReasonScore, shift: int) -> ReasonScore:
    turn = None if reason.turn is None or reason.turn < shift else reason.turn - shift
    return ReasonScore(reason.name, reason.parent, reason.score, reason.primary, turn)


def _emotions_by_party(
    turns: Sequence[Turn], found: Sequence[TurnFindings]
) -> dict[Party, tuple[EmotionScore, ...]]:
    by_party: dict[Party, list[TurnFindings]] = {}
    for turn, finding in zip(turns, found, strict=True):
        by_party.setdefault(turn.party, []).append(finding)
    strongest = {party: _strongest(findings) for party, findings in by_party.items()}
    return {party: emotions for party, emotions in strongest.items() if emotions}


def _strongest(found: Sequence[TurnFindings]) -> tuple[EmotionScore, ...]:
    """Each emotion as strong as in its strongest turn, best first; neutral only where there is no other."""
    best: dict[str, float] = {}
    for finding in found:
        for emotion in finding.emotions:
            best[emotion.label] = max(emotion.score, best.get(emotion.label, 0.0))
    if len(best) > 1:
        best.pop(NEUTRAL, None)
    return tuple(EmotionScore(label, best[label]) for label in sorted(best, key=lambda name: -best[name]))


def _sentiment(scores: Mapping[Party, PartySentiment], speaker: Party | None) -> float | None:
    """The customer's where there is a customer, else the mean of the parties'."""
    if speaker is not None:
        return scores[speaker].score if speaker in scores else None
    return overall([party.score for party in scores.values()])
