"""Rows with sensible defaults for the tests of the store."""

import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

from service.store import analyses, interactions
from service.store.analyses import NewAnalysis
from service.store.database import Session
from service.store.interactions import NewInteraction
from service.store.tables import InteractionRow

MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday
_number = itertools.count()


def new_interaction(**known: Any) -> NewInteraction:
    """What arrives: a voice interaction of ``MORNING``; its day is that of ``started_at`` in UTC."""
    started_at = known.pop("started_at", MORNING)
    values = {
        "channel": "voice",
        "source": "test",
        "external_id": f"call-{next(_number)}",
        "started_at": started_at,
        "day": started_at.date(),
        "blob_key": "0" * 64,
        "blob_bytes": 1,
        "media_type": "audio/wav",
    }
    return NewInteraction(**(values | known))


def make_interaction(session: Session, **known: Any) -> InteractionRow:
    """Add an interaction."""
    row, _ = interactions.add(session, new_interaction(**known))
    return row


def later(minutes: float) -> datetime:
    """So many minutes after ``MORNING``."""
    return MORNING + timedelta(minutes=minutes)


def run_together(work: Callable[[], None], *, times: int) -> None:
    """Run the same work in so many threads at once; the first failure is raised."""
    with ThreadPoolExecutor(times) as pool:
        for future in [pool.submit(work) for _ in range(times)]:
            future.result()


def make_analyzed(
    session: Session, *, analysis: NewAnalysis, finished: bool = True, **known: Any
) -> InteractionRow:
    """Add an interaction with its findings; it counts once it is finished."""
    row = make_interaction(session, **known)
    analyses.replace(session, row.id, analysis)
    return interactions.mark_analyzed(session, row.id) if finished else row
