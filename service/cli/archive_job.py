"""Waiting in the terminal for a job over the archive."""

import time
from uuid import UUID

from rich.console import Console
from rich.progress import Progress

from service.errors import InvalidInput
from service.store import archive_runs, archive_walk, tasks
from service.store.database import Database
from service.store.tables import ArchiveRunRow

_PAUSE_SECONDS = 0.3


def wait_for(database: Database, run_id: UUID) -> ArchiveRunRow:
    """The job when a worker has done it, its progress shown meanwhile; raises InvalidInput if it failed."""
    with Progress(console=Console(stderr=True)) as progress:
        bar = progress.add_task("interactions")
        while True:
            with database.reading() as session:
                run = archive_runs.get(session, run_id)
                view = tasks.view(session, archive_walk.task_of(session, run_id).id)
            progress.update(bar, completed=run.done, total=max(run.total, 1))
            if view.state == "done":
                return run
            if view.state in ("failed", "cancelled"):
                raise InvalidInput(view.error_code or view.state, view.error_detail or "The job was ended")
            time.sleep(_PAUSE_SECONDS)
