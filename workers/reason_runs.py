"""Finding reasons anew over the archive with the model in use; the labels before are kept and counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nlp.transcript import Transcript
from service.store import analyses, archive_runs, reason_models, reason_runs, transcripts
from service.store.analyses import NewAnalysis
from service.store.database import Session
from service.store.tables import ArchiveRunRow, InteractionRow
from service.store.tasks import Claim, DueTask
from workers.archive import go_through
from workers.context import Context, Report
from workers.reason_pins import pinned_reasons
from workers.transcript_rows import transcript_of


@dataclass(frozen=True)
class _Read:
    interaction: UUID
    transcript: Transcript
    analysed_at: datetime


@dataclass(frozen=True)
class _Found:
    read: _Read
    reasons: NewAnalysis


def find_again(context: Context, claim: Claim, report: Report) -> tuple[DueTask, ...]:
    """Label anew what another version labelled; a dry run counts only."""
    with context.database.reading() as session:
        parameters = archive_runs.get(session, claim.subject_id).parameters
        model = parameters["model"]
        own = reason_models.pinned(session, UUID(model)) if model else None
    models = context.analysing(own)

    def read(session: Session, run: ArchiveRunRow, rows: Sequence[InteractionRow]) -> list[_Read]:
        found = []
        for row in rows:
            made, analysis = transcripts.get(session, row.id), analyses.get(session, row.id)
            if made is not None and analysis is not None:
                said = transcript_of(row, made, transcripts.turns(session, row.id))
                found.append(_Read(row.id, said, analysis.created_at))
        return found

    def compute(batch: list[_Read]) -> list[_Found]:
        scored = models.find_reasons([one.transcript for one in batch])
        return [
            _Found(one, pinned_reasons(found, why, models, own))
            for one, (found, why) in zip(batch, scored, strict=True)
        ]

    def write(session: Session, run: ArchiveRunRow, found: list[_Found]) -> Mapping[str, int]:
        fresh = [one for one in found if _unchanged(session, one.read)]
        keys = [one.read.interaction for one in fresh]
        before = reason_runs.before(session, keys)
        if not run.parameters["dry_run"]:
            reason_runs.keep_earlier(session, run.id, keys)
            for one in fresh:
                analyses.replace_reasons(session, one.read.interaction, one.reasons)
        run.skipped += len(found) - len(fresh)
        return reason_runs.counted((before[one.read.interaction], _primary(one.reasons)) for one in fresh)

    which = reason_runs.which(parameters)
    return go_through(context, claim, report, read=read, compute=compute, write=write, which=which)


def _unchanged(session: Session, read: _Read) -> bool:
    """Whether nobody has analysed it anew meanwhile: then its labels are of the model in use already."""
    analysis = analyses.get(session, read.interaction)
    return analysis is not None and analysis.created_at == read.analysed_at


def _primary(found: NewAnalysis) -> str | None:
    return next((one.name for one in found.reasons if one.is_primary), None)
