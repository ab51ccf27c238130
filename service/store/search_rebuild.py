"""The job that makes the full-text index of the whole archive anew; a migration begins the first one."""

from service.store import archive_runs
from service.store.database import Session
from service.store.tables import ArchiveRunRow, TaskRow

KIND = "search_index"


def begin(session: Session) -> tuple[ArchiveRunRow, TaskRow]:
    """Begin it; whoever calls rings the bell after the commit."""
    return archive_runs.begin(session, KIND, counts={"entries": 0})


def unfinished(session: Session) -> ArchiveRunRow | None:
    """The job that still goes through the archive, if there is one: until then not all is found."""
    newest = archive_runs.latest(session, KIND, limit=1)
    return newest[0] if newest and newest[0].finished_at is None else None
