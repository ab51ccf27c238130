"""What killed workers leave on the disk: checkpoints of finished tasks, unfinished files, begun blobs."""

import shutil
import time
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from service.store import task_lists
from workers.context import Context

DAY_SECONDS = 24 * 3600.0


def remove_leftovers(context: Context) -> int:
    """Remove what nobody will need any more; gives how many files and folders.

    A checkpoint holds words that are not redacted: it goes with its task, but stays a day beside a dead one,
    which may be re-driven.
    """
    removed = context.blobs.sweep(older_than=DAY_SECONDS)
    for path in _forgotten_checkpoints(context):
        path.unlink(missing_ok=True)
        removed += 1
    for path in _listed(context.settings.tmp_dir):
        with suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > DAY_SECONDS:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
                removed += 1
    return removed


def _forgotten_checkpoints(context: Context) -> list[Path]:
    named = {path: _task_id(path) for path in _listed(context.settings.checkpoints_dir)}
    if not named:
        return []
    known = [task_id for task_id in named.values() if task_id is not None]
    with context.database.reading() as session:
        needed = task_lists.unfinished(session, known, dead_within_ms=int(DAY_SECONDS * 1000))
    return [path for path, task_id in named.items() if task_id not in needed]


def _task_id(path: Path) -> UUID | None:
    try:
        return UUID(path.name)
    except ValueError:
        return None


def _listed(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []
