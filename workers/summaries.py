"""Summaries for the archive: what was analysed before there were any, or by an earlier version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nlp.transcript import Transcript
from service.store import analyses, picks, transcripts
from service.store.database import Session
from service.store.picks import NewPick
from service.store.tables import ArchiveRunRow, InteractionRow
from service.store.tasks import Claim, DueTask
from workers.archive import go_through
from workers.context import Context, Report
from workers.picks import picked
from workers.transcript_rows import transcript_of


@dataclass(frozen=True)
class _Read:
    interaction: UUID
    transcript: Transcript
    evidence: int | None
    analysed_at: datetime


def sum_up_archive(context: Context, claim: Claim, report: Report) -> tuple[DueTask, ...]:
    """Pick anew from every analysed interaction; counts the picks before and now."""

    def read(session: Session, run: ArchiveRunRow, rows: Sequence[InteractionRow]) -> list[_Read]:
        found = []
        for row in rows:
            made, analysis = transcripts.get(session, row.id), analyses.get(session, row.id)
            if made is not None and analysis is not None:
                said = transcript_of(row, made, transcripts.turns(session, row.id))
                reasons = analyses.reasons(session, row.id)
                evidence = next((one.turn for one in reasons if one.is_primary), None)
                found.append(_Read(row.id, said, evidence, analysis.created_at))
        return found

    def compute(batch: list[_Read]) -> list[tuple[_Read, list[NewPick]]]:
        summary = context.analysis.summary
        return [(one, picked(summary(one.transcript, one.evidence))) for one in batch]

    def write(
        session: Session, run: ArchiveRunRow, found: list[tuple[_Read, list[NewPick]]]
    ) -> Mapping[str, int]:
        before = after = 0
        for one, new in found:
            if not _unchanged(session, one):
                run.skipped += 1
                continue
            before += picks.replace(session, one.interaction, new)
            after += len(new)
            picks.set_version(session, one.interaction, context.analysis.models.get("summary", ""))
        return {"picks_before": before, "picks_after": after}

    return go_through(context, claim, report, read=read, compute=compute, write=write)


def _unchanged(session: Session, read: _Read) -> bool:
    """Whether it is there still and nobody has analysed it anew meanwhile: that made its summary."""
    row = session.get(InteractionRow, read.interaction, with_for_update=True)
    analysis = analyses.get(session, read.interaction) if row is not None else None
    return analysis is not None and analysis.created_at == read.analysed_at
