"""Waiting in the terminal for a job over the archive."""

import time
from uuid import UUID

from rich.console import Console
from rich.progress import Progress

from service.errors import InvalidInput
from service.store import archive_runs, tasks
from service.store.database import Database
from service.store.tables import ArchiveRunRow


def until_done(database: Database, run_id: UUID, task_id: UUID) -> ArchiveRunRow:
    """Wait until a worker has done the job; raises InvalidInput with its code where it failed."""
    with Progress(console=Console(stderr=True)) as progress:
        bar = progress.add_task("interactions", total=1)
        while True:
            with database.reading() as session:
                run, view = archive_runs.get(session, run_id), tasks.view(session, task_id)
            progress.update(bar, total=max(run.total, 1), completed=run.done)
            if view.state in ("done", "failed", "cancelled"):
                break
            time.sleep(0.5)
    if view.state != "done":
        raise InvalidInput(view.error_code or view.state, view.error_detail or "The job was ended")
    return run
