"""What killed workers leave on the disk goes; what someone may still need stays."""

import os
import time
from pathlib import Path
from uuid import UUID

from service.store import tasks
from service.store.database import new_id
from service.store.tables import TaskRow
from tests.workers.conftest import accept
from workers.context import Context
from workers.leftovers import remove_leftovers
from workers.loop import drain

TWO_DAYS = 2 * 24 * 3600


def left(context: Context, task_id: UUID | str) -> Path:
    """A checkpoint of a task."""
    folder = context.settings.checkpoints_dir
    folder.mkdir(parents=True, exist_ok=True)
    (folder / str(task_id)).write_text("words")
    return folder / str(task_id)


def aged(path: Path) -> Path:
    then = time.time() - TWO_DAYS
    os.utime(path, (then, then))
    return path


def test_a_checkpoint_goes_with_its_task(context: Context) -> None:
    done = accept(context, "agent: Hello", channel="voice")
    dead = accept(context, "agent: fail permanently", channel="voice")
    drain(context)
    long_dead = accept(context, "agent: fail permanently at once", channel="voice")
    drain(context)
    with context.database.transaction() as session:
        row = session.get(TaskRow, long_dead)
        assert row is not None
        assert row.finished_at is not None
        row.finished_at -= TWO_DAYS * 1000
        waiting = tasks.add(session, "analyze", new_id(), "text").id
    stays = [left(context, waiting), left(context, dead)]
    goes = [left(context, name) for name in (done, long_dead, new_id(), "stranger")]
    assert remove_leftovers(context) == 4
    assert [path.exists() for path in stays] == [True, True], "a dead task may be re-driven for a day"
    assert [path.exists() for path in goes] == [False] * 4


def test_a_transcription_leaves_no_checkpoint_behind(context: Context) -> None:
    accept(context, "agent: Hello", channel="voice")
    drain(context)
    assert list(context.settings.checkpoints_dir.iterdir()) == []


def test_unfinished_files_go_after_a_day(context: Context) -> None:
    folder = context.settings.tmp_dir
    (folder / "of-a-killed-worker").mkdir(parents=True)
    (folder / "of-a-killed-worker" / "playback.wav").write_bytes(b"x")
    (folder / "decoded").write_bytes(b"x")
    begun = context.settings.blobs_dir / "tmp" / "begun"
    begun.parent.mkdir(parents=True, exist_ok=True)
    begun.write_bytes(b"x")
    assert remove_leftovers(context) == 0
    for path in (folder / "of-a-killed-worker", folder / "decoded", begun):
        aged(path)
    assert remove_leftovers(context) == 3
    assert list(folder.iterdir()) == []
