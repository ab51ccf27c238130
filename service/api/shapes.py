"""Rows into wire shapes, where the names alone do not do it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from service.api.schemas import (
    Failure,
    InteractionLine,
    InteractionOut,
    ReasonOut,
    SoundOut,
    StretchOut,
    TaskOut,
)
from service.store.summaries import Summary
from service.store.tables import InteractionRow, ReasonScoreRow
from service.store.tasks import TaskView

_DIFFERENT = frozenset({"failure", "bytes", "has_audio", "pauses", "attachments"})
_SAME = tuple(name for name in InteractionOut.model_fields if name not in _DIFFERENT)


def task(view: TaskView) -> TaskOut:
    """A task as its sender sees it."""
    error = Failure(code=view.error_code, detail=view.error_detail or "") if view.error_code else None
    values = {name: getattr(view, name) for name in TaskOut.model_fields if name != "error"}
    return TaskOut(**values, error=error)


def interaction(row: InteractionRow) -> InteractionOut:
    """An interaction without what was found in it."""
    return InteractionOut.model_validate(interaction_values(row))


def line(summary: Summary) -> InteractionLine:
    """An interaction with what was found in it."""
    found = {
        "call_reasons": reasons(summary.reasons),
        "sentiment": summary.sentiment,
        "sentiment_shift": summary.sentiment_shift,
    }
    values = {**interaction_values(summary.interaction), **found, "no_reason": summary.no_reason}
    if summary.thread is not None:
        values |= {"thread_position": summary.thread.position, "thread_size": summary.thread.size}
    return InteractionLine.model_validate(values)


def interaction_values(row: InteractionRow) -> dict[str, Any]:
    """The fields of ``InteractionOut``."""
    code = row.failure_code
    return {
        **{name: getattr(row, name) for name in _SAME},
        "failure": {"code": code, "detail": row.failure_detail or ""} if code else None,
        "bytes": row.blob_bytes,
        "has_audio": row.playback_key is not None,
        "pauses": stretches(row.pauses or ()),
        "attachments": row.attachments or (),
    }


def stretches(pairs: Iterable[Sequence[int]]) -> list[StretchOut]:
    """Parts of a recording from [start_ms, end_ms]."""
    return [StretchOut(start_ms=start, end_ms=end) for start, end in pairs]


def sound(stored: Mapping[str, Any] | None) -> SoundOut | None:
    """What was measured in a recording, as it is stored."""
    if stored is None:
        return None
    return SoundOut(
        loudness=stored["loudness"],
        speech={number: stretches(pairs) for number, pairs in stored["speech"].items()},
        holds=stretches(stored["holds"]),
        gaps=stretches(stored["gaps"]),
        pauses=stretches(stored.get("pauses", ())),
    )


def reasons(rows: Sequence[ReasonScoreRow]) -> list[ReasonOut]:
    """Call reasons, in their order."""
    return [
        ReasonOut(name=row.name, parent=row.parent, score=row.score, primary=row.is_primary, turn=row.turn)
        for row in rows
    ]
