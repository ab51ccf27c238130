"""Interactions as rules see them: read from their rows, many at once, no more of each than is needed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Text, cast, select

from service.phrases import SpokenTurn
from service.rules.conditions import WEEKDAYS
from service.rules.facts import Facts, Heard, Need
from service.store.analyses import NewAnalysis
from service.store.database import Session
from service.store.phrase_hits import spoken_turns
from service.store.tables import (
    AnalysisRow,
    InteractionRow,
    PhraseHitRow,
    PhraseListRow,
    ReasonScoreRow,
    Status,
    TranscriptRow,
    TurnFindingRow,
    TurnRow,
)
from service.store.written_words import WrittenWords


def told(
    row: InteractionRow, *, time_zone: str, language: str | None = None
) -> dict[str, str | float | None]:
    """The fields of conditions; weekday and hour are local."""
    local = row.started_at.astimezone(ZoneInfo(time_zone))
    names = ("channel", "queue", "agent", "campaign", "disposition", "source", "direction")
    return {
        **{name: getattr(row, name) for name in names},
        "language": row.language or language,
        "weekday": WEEKDAYS[local.weekday()],
        "hour": float(local.hour),
        "customer": str(row.customer_id) if row.customer_id else None,
    }


def of_new(
    row: InteractionRow,
    transcript: TranscriptRow,
    turns: Sequence[TurnRow],
    analysis: NewAnalysis,
    *,
    time_zone: str,
    language: str | None = None,
    heard: Sequence[Heard] = (),
) -> Facts:
    """The facts of an interaction that has just been analysed, before anything is written."""
    return Facts(
        told=told(row, time_zone=time_zone, language=language),
        attributes=row.attributes,
        duration_ms=row.duration_ms,
        reliable=transcript.reliable,
        turns=spoken_turns(turns),
        characteristics=analysis.characteristics,
        sentiments=analysis.sentiment_by_party,
        findings=[(one.sentiment, _scores(one.emotions)) for one in analysis.findings],
        reasons=[(one.name, one.parent, one.is_primary, one.turn) for one in analysis.reasons],
        no_reason=analysis.no_reason,
        heard=heard,
    )


def read(
    session: Session, rows: Sequence[InteractionRow], needs: frozenset[Need], *, time_zone: str
) -> dict[UUID, Facts]:
    """The facts of stored interactions, a query for each kind of rows that is needed."""
    ids = [row.id for row in rows]
    facts = {
        row.id: Facts(
            told=told(row, time_zone=time_zone),
            attributes=row.attributes,
            duration_ms=row.duration_ms,
            analysed=row.status == Status.ANALYZED.value,
        )
        for row in rows
    }
    parts: list[Mapping[UUID, Mapping[str, Any]]] = []
    if "turns" in needs:
        parts += [_turns(session, ids, words="words" in needs), _reliable(session, ids)]
    if "analysis" in needs:
        parts.append(_analyses(session, ids))
    if "findings" in needs:
        parts.append(_findings(session, ids))
    if "reasons" in needs:
        parts.append(_reasons(session, ids))
    if "heard" in needs:
        parts.append({key: {"heard": found} for key, found in heard(session, ids).items()})
    for part in parts:
        for key, values in part.items():
            facts[key] = replace(facts[key], **values)
    return facts


def heard(session: Session, ids: Sequence[UUID]) -> dict[UUID, list[Heard]]:
    """What of the phrase lists was found in the sound."""
    query = (
        select(PhraseHitRow, PhraseListRow.name)
        .join(PhraseListRow, PhraseListRow.id == PhraseHitRow.list_id)
        .where(PhraseHitRow.interaction_id.in_(ids), PhraseHitRow.in_sound.is_(True))
        .order_by(PhraseHitRow.start_ms)
    )
    found: dict[UUID, list[Heard]] = defaultdict(list)
    for hit, name in session.execute(query):
        found[hit.interaction_id].append(Heard(name, hit.phrase, hit.start_ms, hit.end_ms))
    return found


def _turns(session: Session, ids: Sequence[UUID], *, words: bool) -> dict[UUID, dict[str, Any]]:
    """Columns, not rows: it is the bulk of what is read; words only where their times are needed.

    Words stay JSON until somebody asks for them, which only turns with something found in them do.
    """
    columns = (TurnRow.interaction_id, TurnRow.party, TurnRow.text, TurnRow.start_ms, TurnRow.end_ms)
    wanted = (*columns, cast(TurnRow.words, Text)) if words else columns
    query = select(*wanted).where(TurnRow.interaction_id.in_(ids))
    found: dict[UUID, list[SpokenTurn]] = defaultdict(list)
    for key, party, text, start, end, *rest in session.execute(
        query.order_by(TurnRow.interaction_id, TurnRow.position)
    ):
        found[key].append(SpokenTurn(party, text, start, end, WrittenWords(rest[0]) if rest else ()))
    return {key: {"turns": turns} for key, turns in found.items()}


def _reliable(session: Session, ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    query = select(TranscriptRow.interaction_id, TranscriptRow.reliable)
    rows = session.execute(query.where(TranscriptRow.interaction_id.in_(ids)))
    return {key: {"reliable": reliable} for key, reliable in rows}


def _analyses(session: Session, ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    columns = (
        AnalysisRow.interaction_id,
        AnalysisRow.characteristics,
        AnalysisRow.sentiment_by_party,
        AnalysisRow.no_reason,
    )
    rows = session.execute(select(*columns).where(AnalysisRow.interaction_id.in_(ids)))
    names = ("characteristics", "sentiments", "no_reason")
    return {key: dict(zip(names, values, strict=True)) for key, *values in rows}


def _findings(session: Session, ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    columns = (TurnFindingRow.interaction_id, TurnFindingRow.sentiment, TurnFindingRow.emotions)
    query = select(*columns).where(TurnFindingRow.interaction_id.in_(ids))
    found: dict[UUID, list[tuple[float | None, dict[str, float] | None]]] = defaultdict(list)
    for key, sentiment, emotions in session.execute(
        query.order_by(TurnFindingRow.interaction_id, TurnFindingRow.position)
    ):
        found[key].append((sentiment, _scores(emotions)))
    return {key: {"findings": findings} for key, findings in found.items()}


def _reasons(session: Session, ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    columns = (
        ReasonScoreRow.interaction_id,
        ReasonScoreRow.name,
        ReasonScoreRow.parent,
        ReasonScoreRow.is_primary,
        ReasonScoreRow.turn,
    )
    found: dict[UUID, list[tuple[str, str | None, bool, int | None]]] = defaultdict(list)
    query = select(*columns).where(ReasonScoreRow.interaction_id.in_(ids))
    for key, name, parent, primary, turn in session.execute(query):
        found[key].append((name, parent, primary, turn))
    return {key: {"reasons": reasons} for key, reasons in found.items()}


def _scores(emotions: Iterable[Mapping[str, Any]] | None) -> dict[str, float] | None:
    return None if emotions is None else {emotion["label"]: emotion["score"] for emotion in emotions}
