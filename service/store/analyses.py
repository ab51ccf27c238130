"""Analyses: the findings about an interaction, replaced as a whole."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select

from service.store import plain
from service.store.database import Session, now
from service.store.tables import AnalysisRow, EmotionScoreRow, ReasonScoreRow, TurnFindingRow

ABSTAINED = "abstained"  # it could be read, and no reason was sure enough; any other code: not measurable


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReason:
    """One call reason found; a sub-reason carries its parent, a top reason has none."""

    name: str
    parent: str | None
    score: float
    is_primary: bool
    turn: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEmotion:
    """One emotion of one party, above its threshold."""

    party: str
    label: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFinding:
    """What was found in one turn; emotions as {"label", "score"}, None where they could not be read."""

    sentiment: float | None = None
    emotions: Sequence[Mapping[str, Any]] | None = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAnalysis:
    """What was found in an interaction and by which models; one of ``findings`` for each turn, in order.

    ``taxonomy``, ``taxonomy_version`` and ``model_version`` are what the reasons are pinned to.
    """

    sentiment: float | None = None
    sentiment_by_party: Mapping[str, Any] = field(default_factory=dict)
    characteristics: Mapping[str, Any] = field(default_factory=dict)
    models: Mapping[str, str] = field(default_factory=dict)
    thresholds: Mapping[str, Any] = field(default_factory=dict)
    no_reason: str | None = None
    reasons: Sequence[NewReason] = ()
    emotions: Sequence[NewEmotion] = ()
    findings: Sequence[NewFinding] = ()
    taxonomy: str = ""
    taxonomy_version: str = ""
    model_version: str = ""


def replace(session: Session, interaction_id: UUID, analysis: NewAnalysis) -> AnalysisRow:
    """Write the analysis of an interaction in place of the one it had; without reasons it abstained.

    Raises ValueError unless exactly one of the reasons is primary, or when ``no_reason`` contradicts them.
    """
    _check(analysis)
    for table in (ReasonScoreRow, EmotionScoreRow, TurnFindingRow, AnalysisRow):
        session.execute(delete(table).where(table.interaction_id == interaction_id))
    start, end = _ends(analysis.sentiment_by_party.get("customer"))
    row = AnalysisRow(
        interaction_id=interaction_id,
        sentiment=plain.number(analysis.sentiment),
        sentiment_by_party=plain.json(analysis.sentiment_by_party),
        sentiment_start=start,
        sentiment_end=end,
        characteristics=plain.json(analysis.characteristics),
        models=plain.json(analysis.models),
        thresholds=plain.json(analysis.thresholds),
        no_reason=analysis.no_reason or (None if analysis.reasons else ABSTAINED),
        taxonomy=analysis.taxonomy or None,
        taxonomy_version=analysis.taxonomy_version or None,
        reason_model=analysis.model_version or None,
        created_at=now(),
    )
    session.add(row)
    session.flush()
    for table, values in (
        (ReasonScoreRow, _reasons(analysis)),
        (EmotionScoreRow, _emotions(analysis)),
        (TurnFindingRow, _findings(analysis)),
    ):
        if values:
            session.execute(insert(table), [{"interaction_id": interaction_id, **value} for value in values])
    return row


def replace_reasons(session: Session, interaction_id: UUID, analysis: NewAnalysis) -> None:
    """Write the reasons of an interaction in place of those it had; all else that was found stays.

    ``models`` and ``thresholds`` are added to what is known. Raises ValueError as ``replace`` does.
    """
    _check(analysis)
    row = session.get_one(AnalysisRow, interaction_id)
    session.execute(delete(ReasonScoreRow).where(ReasonScoreRow.interaction_id == interaction_id))
    values = [{"interaction_id": interaction_id, **value} for value in _reasons(analysis)]
    if values:
        session.execute(insert(ReasonScoreRow), values)
    row.models = {**row.models, **plain.json(analysis.models)}
    row.thresholds = {**row.thresholds, **plain.json(analysis.thresholds)}
    row.no_reason = analysis.no_reason or (None if analysis.reasons else ABSTAINED)
    row.taxonomy, row.taxonomy_version = analysis.taxonomy or None, analysis.taxonomy_version or None
    row.reason_model = analysis.model_version or None
    session.flush()


def get(session: Session, interaction_id: UUID) -> AnalysisRow | None:
    """What was found in an interaction as a whole; None before it is analysed."""
    return session.get(AnalysisRow, interaction_id)


def reasons(session: Session, interaction_id: UUID) -> list[ReasonScoreRow]:
    """The call reasons of an interaction, the primary one first, then the surest."""
    return reasons_of(session, [interaction_id])[interaction_id]


def emotions(session: Session, interaction_id: UUID) -> list[EmotionScoreRow]:
    """The emotions of every party of an interaction, the strongest first."""
    return emotions_of(session, [interaction_id])[interaction_id]


def turn_findings(session: Session, interaction_id: UUID) -> list[TurnFindingRow]:
    """What was found in each turn, in their order."""
    query = select(TurnFindingRow).where(TurnFindingRow.interaction_id == interaction_id)
    return list(session.scalars(query.order_by(TurnFindingRow.position)))


def reasons_of(session: Session, interaction_ids: Iterable[UUID]) -> dict[UUID, list[ReasonScoreRow]]:
    """The call reasons of several interactions in one query."""
    found: dict[UUID, list[ReasonScoreRow]] = {key: [] for key in interaction_ids}
    query = select(ReasonScoreRow).where(ReasonScoreRow.interaction_id.in_(list(found)))
    order = (ReasonScoreRow.is_primary.desc(), ReasonScoreRow.score.desc(), ReasonScoreRow.name)
    for row in session.scalars(query.order_by(*order)):
        found[row.interaction_id].append(row)
    return found


def emotions_of(session: Session, interaction_ids: Iterable[UUID]) -> dict[UUID, list[EmotionScoreRow]]:
    """The emotions of several interactions in one query."""
    found: dict[UUID, list[EmotionScoreRow]] = {key: [] for key in interaction_ids}
    query = select(EmotionScoreRow).where(EmotionScoreRow.interaction_id.in_(list(found)))
    for row in session.scalars(query.order_by(EmotionScoreRow.score.desc(), EmotionScoreRow.label)):
        found[row.interaction_id].append(row)
    return found


def _ends(customer: Mapping[str, Any] | None) -> tuple[float | None, float | None]:
    """The first and the last quarter that has a score; (None, None) unless there are two."""
    known = [plain.number(score) for score in (customer or {}).get("quarters") or () if score is not None]
    return (known[0], known[-1]) if len(known) > 1 else (None, None)


def _check(analysis: NewAnalysis) -> None:
    primary = sum(reason.is_primary for reason in analysis.reasons)
    if primary != (1 if analysis.reasons else 0):
        raise ValueError(f"{primary} of {len(analysis.reasons)} reasons are primary; exactly one must be")
    if analysis.reasons and analysis.no_reason:
        raise ValueError("an analysis with reasons says why it has none")


def _reasons(analysis: NewAnalysis) -> list[dict[str, Any]]:
    return [
        {
            "name": reason.name,
            "parent": reason.parent,
            "score": reason.score,
            "is_primary": reason.is_primary,
            "turn": reason.turn,
            "taxonomy": analysis.taxonomy,
            "taxonomy_version": analysis.taxonomy_version,
            "model_version": analysis.model_version,
        }
        for reason in analysis.reasons
    ]


def _emotions(analysis: NewAnalysis) -> list[dict[str, Any]]:
    return [{"party": str(e.party), "label": e.label, "score": e.score} for e in analysis.emotions]


def _findings(analysis: NewAnalysis) -> list[dict[str, Any]]:
    return [
        {
            "position": position,
            "sentiment": plain.number(finding.sentiment),
            "emotions": plain.json(finding.emotions),
        }
        for position, finding in enumerate(analysis.findings)
    ]
