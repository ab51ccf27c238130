"""The second pipeline: redacted turns become call reasons, emotions, sentiment and characteristics."""

from collections.abc import Collection, Mapping, Sequence
from copy import copy
from dataclasses import asdict, replace
from pathlib import Path

from nlp.analysis.emotions import emotions_by_party, emotions_of
from nlp.analysis.models import Emotions, Languages, Reasons, Sentiments, Whole
from nlp.analysis.plan import ABSTAINED, LONGEST_TURN, Plan, plan
from nlp.analysis.values import Analysis, TurnFindings
from nlp.call_reasons import ReasonScore, Taxonomy, TextEncoder, open_call_reasons
from nlp.call_reasons import Thresholds as ReasonThresholds
from nlp.call_reasons.own import open_own
from nlp.call_reasons.values import RETRAIN
from nlp.characteristics import Thresholds as MeasureThresholds
from nlp.characteristics import characteristics
from nlp.emotion import open_emotion
from nlp.encoder import open_encoder
from nlp.errors import MissingArtifact
from nlp.gist import Gist, Gists
from nlp.language import LanguageIdentifier
from nlp.sentiment import PartySentiment, SentimentChoice, by_party, open_sentiment, overall
from nlp.sought import EVERYTHING, Sought
from nlp.summary import LEAST, NOTHING, Asked, Summaries, Summary
from nlp.transcript import Party, Transcript

MEASURED_FROM = MeasureThresholds()
NO_WHOLE = Whole()
EXACT = "float32"  # the precision that models are trained and measured in


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
        encoder: TextEncoder | None = None,
        measured_from: MeasureThresholds = MEASURED_FROM,
        whole: Whole = NO_WHOLE,
    ) -> None:
        self._gists = whole.gists
        self._summaries = whole.summaries
        self._reasons = reasons
        self._emotion = emotion
        self._sentiment = sentiment
        self._language = language
        self._measured_from = measured_from
        self.reads_with = encoder
        self.models = {
            "encoder": encoder_version,
            "call_reasons": reasons.version,
            "emotion": emotion.version,
            "sentiment": sentiment.version,
        }
        if whole.summaries is not None:
            self.models["summary"] = whole.summaries.version
        self.thresholds = {
            **_limits(reasons.thresholds),
            "language": language.minimum_confidence,
            "longest_turn": float(LONGEST_TURN),
            **{f"emotion.{label}": value for label, value in emotion.thresholds.items()},
            **{f"summary.{kind}": value for kind, value in LEAST.items()},
        }

    @property
    def taxonomy(self) -> Taxonomy:
        """The call reasons that can be found."""
        return self._reasons.taxonomy

    def with_reasons(self, folder: Path) -> "AnalysisPipeline":
        """The same, with the reasons that a user trained into a folder; raises MissingArtifact."""
        if self.reads_with is None:
            raise MissingArtifact("missing_artifact", "There is no encoder to read texts with.", RETRAIN)
        other = copy(self)
        other._reasons = open_own(folder, self.reads_with)
        other.models = {**self.models, "call_reasons": other._reasons.version}
        other.thresholds = {**self.thresholds, **_limits(other._reasons.thresholds)}
        return other

    def find_reasons(
        self, transcripts: Sequence[Transcript]
    ) -> list[tuple[tuple[ReasonScore, ...], str | None]]:
        """The reasons of each, the primary first, or why there are none; nothing else is sought."""
        plans = [plan(one, self._language, reasons=self._reasons.languages) for one in transcripts]
        scored = self._reasons.predict([planned.conversation for planned in plans])
        return [
            (
                tuple(_placed(reason, planned.shift) for reason in reasons),
                None if reasons else planned.no_reason or ABSTAINED,
            )
            for planned, reasons in zip(plans, scored, strict=True)
        ]

    def analyze(self, transcript: Transcript) -> Analysis:
        """Analyse one interaction, its gist included."""
        planned = plan(transcript, self._language, reasons=self._reasons.languages)
        return replace(self._of_plans([transcript], [planned], EVERYTHING)[0], gist=self._gist(planned))

    @property
    def encoder(self) -> str:
        """Which encoder makes its vectors: only those of one are comparable."""
        return self.models["encoder"]

    def gist(self, transcript: Transcript) -> Gist | None:
        """What an interaction is about, None where nothing of it can be read."""
        return self._gist(plan(transcript, self._language, reasons=self._reasons.languages))

    def summary(self, transcript: Transcript, evidence: int | None = None) -> Summary:
        """Issue, outcome and next action; ``evidence`` is the turn in which the call reason was found."""
        planned = plan(transcript, self._language, reasons=self._reasons.languages)
        return self._sums([planned], [evidence])[0]

    def query(self, text: str) -> bytes:
        """A query's vector, to be compared with gists. Raises LookupError in a pipeline without gists."""
        if self._gists is None:
            raise LookupError("this pipeline makes no gists")
        return self._gists.of_query(text)

    def analyze_many(
        self, transcripts: Sequence[Transcript], sought: Collection[Sought] = EVERYTHING
    ) -> list[Analysis]:
        """Analyse many interactions: the texts of all are encoded together, in batches of like length.

        What is not sought is as if it were not there.
        """
        plans = [
            plan(transcript, self._language, reasons=self._reasons.languages) for transcript in transcripts
        ]
        return self._of_plans(transcripts, plans, sought)

    def _of_plans(
        self, transcripts: Sequence[Transcript], plans: Sequence[Plan], sought: Collection[Sought]
    ) -> list[Analysis]:
        findings = self._findings(transcripts, plans, sought)
        reasons = (
            self._reasons.predict([planned.conversation for planned in plans])
            if Sought.REASONS in sought
            else [()] * len(plans)
        )
        placed = [
            tuple(_placed(reason, planned.shift) for reason in scored)
            for planned, scored in zip(plans, reasons, strict=True)
        ]
        evidence = [next((one.turn for one in scored if one.primary), None) for scored in placed]
        sums = self._sums(plans, evidence) if Sought.SUMMARY in sought else [NOTHING] * len(plans)
        return [
            replace(self._analysis(transcript, planned, found, scored), summary=summary)
            for transcript, planned, found, scored, summary in zip(
                transcripts, plans, findings, placed, sums, strict=True
            )
        ]

    def _findings(
        self, transcripts: Sequence[Transcript], plans: Sequence[Plan], sought: Collection[Sought]
    ) -> list[tuple[TurnFindings, ...]]:
        """What is found in each turn: by each model only in the languages that it knows."""
        said = [
            (place, number, turn.text[:LONGEST_TURN], language)
            for place, (transcript, planned) in enumerate(zip(transcripts, plans, strict=True))
            for number, (turn, language) in enumerate(zip(transcript.turns, planned.languages, strict=True))
            if language is not None
        ]
        feels, tells = Sought.EMOTION in sought, Sought.SENTIMENT in sought
        felt = [turn for turn in said if feels and turn[3] in self._emotion.languages]
        emotions = self._emotion.predict([turn[2] for turn in felt])
        told = [turn for turn in said if tells and turn[3] in self._sentiment.languages]
        scores = self._sentiment.predict([turn[2] for turn in told], [turn[3] for turn in told])
        emotion_of = {turn[:2]: found for turn, found in zip(felt, emotions, strict=True)}
        score_of = {turn[:2]: score for turn, score in zip(told, scores, strict=True)}
        return [
            tuple(
                TurnFindings(emotion_of.get((place, number)), score_of.get((place, number)))
                for number in range(len(transcript.turns))
            )
            for place, transcript in enumerate(transcripts)
        ]

    def _gist(self, planned: Plan) -> Gist | None:
        if self._gists is None:
            return None
        return self._gists.of(planned.conversation, shift=planned.shift)

    def _sums(self, plans: Sequence[Plan], evidence: Sequence[int | None]) -> list[Summary]:
        """The summaries; ``evidence`` holds the turn of each primary reason."""
        if self._summaries is None:
            return [NOTHING] * len(plans)
        pairs = zip(plans, evidence, strict=True)
        return self._summaries.of_many([Asked(one.conversation[one.shift :], turn) for one, turn in pairs])

    def _analysis(
        self,
        transcript: Transcript,
        planned: Plan,
        found: tuple[TurnFindings, ...],
        placed: tuple[ReasonScore, ...],
    ) -> Analysis:
        sentiments = by_party(transcript.turns, [finding.sentiment for finding in found])
        emotions = emotions_by_party(transcript.turns, found)
        speaker = Party.CUSTOMER if any(turn.party == Party.CUSTOMER for turn in transcript.turns) else None
        return Analysis(
            call_reasons=placed,
            emotions=emotions_of(speaker, transcript.turns, found),
            emotions_by_party={party.value: scores for party, scores in emotions.items()},
            sentiment=_sentiment(sentiments, speaker),
            sentiment_by_party={party.value: scores for party, scores in sentiments.items()},
            turns=found,
            characteristics=characteristics(transcript, self._measured_from),
            models=self.models,
            thresholds=self.thresholds,
            no_reason=None if placed else planned.no_reason or ABSTAINED,
            language=planned.language,
        )


def open_analysis(
    models_dir: Path,
    measured_from: MeasureThresholds = MEASURED_FROM,
    sentiment: SentimentChoice | None = None,
    precision: str = EXACT,
) -> AnalysisPipeline:
    """Load all text models of a models folder; raises MissingArtifact.

    ``measured_from`` says how long silence and overlap must be to count among the characteristics,
    ``sentiment`` names a sentiment model in place of ours, ``precision`` how the encoder multiplies.
    """
    encoder = open_encoder(models_dir, precision=precision)
    reasons = open_call_reasons(models_dir, encoder)
    found = AnalysisPipeline(
        reasons,
        open_emotion(models_dir, encoder),
        open_sentiment(models_dir, encoder, sentiment),
        language=LanguageIdentifier(),
        encoder_version=encoder.version,
        encoder=encoder,
        measured_from=measured_from,
        whole=Whole(Gists(encoder, reasons), Summaries(reasons)),
    )
    if encoder.precision != EXACT:
        found.models["encoder_precision"] = encoder.precision
    return found


def _limits(thresholds: ReasonThresholds) -> dict[str, float]:
    return {f"call_reasons.{name}": float(value) for name, value in asdict(thresholds).items()}


def _placed(reason: ReasonScore, shift: int) -> ReasonScore:
    turn = None if reason.turn is None or reason.turn < shift else reason.turn - shift
    return ReasonScore(reason.name, reason.parent, reason.score, reason.primary, turn)


def _sentiment(scores: Mapping[Party, PartySentiment], speaker: Party | None) -> float | None:
    """The customer's where there is a customer, else the mean of the parties'."""
    if speaker is not None:
        return scores[speaker].score if speaker in scores else None
    return overall([party.score for party in scores.values()])
