"""Jobs of the search: the full-text index of the archive, made anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from service.store import search_index, transcripts
from service.store.database import Session
from service.store.search_index import Entry
from service.store.tables import ArchiveRunRow, InteractionRow, TurnRow
from service.store.tasks import Claim, DueTask
from workers.archive import go_through
from workers.context import Context, Report


@dataclass(frozen=True, slots=True)
class _Text:
    """What is indexed of an interaction, and of which transcript it is."""

    subject: str | None
    transcribed: datetime | None
    entries: Sequence[Entry]


def index_archive(context: Context, claim: Claim, report: Report) -> tuple[DueTask, ...]:
    """Write the words of every transcript and subject in place of those before, batch by batch."""
    return go_through(context, claim, report, read=_read, compute=_compute, write=_write)


def _read(
    session: Session, run: ArchiveRunRow, rows: Sequence[InteractionRow]
) -> list[tuple[InteractionRow, list[TurnRow]]]:
    return [(row, transcripts.turns(session, row.id)) for row in rows]


def _compute(read: list[tuple[InteractionRow, list[TurnRow]]]) -> dict[UUID, _Text]:
    return {
        row.id: _Text(row.subject, row.transcribed_at, search_index.entries(turns)) for row, turns in read
    }


def _write(session: Session, run: ArchiveRunRow, made: dict[UUID, _Text]) -> Mapping[str, int]:
    """What was erased or transcribed again meanwhile is left alone: its own transaction wrote the index."""
    written = 0
    for one, text in made.items():
        row = session.get(InteractionRow, one, with_for_update=True)
        if row is None or row.transcribed_at != text.transcribed:
            continue
        search_index.write(session, one, text.entries)
        search_index.set_parties(session, one, transcripts.turns(session, one))
        search_index.write_subject(session, one, text.subject)
        written += len(text.entries)
    return {"entries": written}
