"""Searches that a worker answers: begun once for those who ask the same, kept for their pages, then gone."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import delete, func, select

from service.errors import NotFound, TooBusy
from service.store import filters as conditions
from service.store import plain, tasks
from service.store.database import Session, new_id, now
from service.store.filters import InteractionFilter
from service.store.tables import InteractionRow, SearchRow, TaskRow, TaskState

KIND = "search"
PRIORITY = -10  # somebody waits for it
KEPT = timedelta(minutes=15)
SAME = timedelta(seconds=15)  # an answer this old is given to the next who asks the same
MOST_WAITING = 50

Mode = Literal["meaning", "both"]
Source = Literal["words", "meaning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A search by meaning, or (``like``) for interactions that are like one, its customer's own left out."""

    text: str = ""
    mode: Mode = "meaning"
    party: str | None = None
    like: UUID | None = None
    filters: InteractionFilter = field(default_factory=InteractionFilter)


@dataclass(frozen=True, slots=True)
class Answer:
    """One interaction found: its score, the turn that stands for it, and by what it was found."""

    interaction_id: UUID
    score: float
    turn: int | None
    sources: tuple[Source, ...]


def begin(session: Session, asked: Asked) -> tuple[SearchRow, TaskRow | None]:
    """The same search if it waits or was just answered, else a new one with its task. Raises TooBusy."""
    written = plain.json(_written(asked))
    fingerprint = hashlib.sha256(json.dumps(written, sort_keys=True).encode()).hexdigest()
    known = session.scalars(
        select(SearchRow)
        .where(SearchRow.fingerprint == fingerprint, SearchRow.created_at > now() - KEPT)
        .order_by(SearchRow.created_at.desc())
        .limit(1)
    ).first()
    if known is not None and (known.answered_at is None or known.answered_at > now() - SAME):
        return known, None
    waiting = select(func.count()).select_from(SearchRow)
    if (session.scalar(waiting.where(SearchRow.answered_at.is_(None))) or 0) >= MOST_WAITING:
        raise TooBusy("too_many_searches", "Too many searches wait for a worker.", "Try again in a while.")
    row = SearchRow(id=new_id(), fingerprint=fingerprint, asked=written, created_at=now())
    session.add(row)
    session.flush()
    return row, tasks.add(session, KIND, row.id, "text", priority=PRIORITY)


def get(session: Session, search_id: UUID) -> SearchRow:
    """The search; raises NotFound("search_not_found") for one that has expired."""
    row = session.get(SearchRow, search_id)
    if row is None:
        raise NotFound("search_not_found", "This search has expired.", "Search again.")
    return row


def failure(session: Session, search_id: UUID) -> str | None:
    """Why no worker will answer it, None while one may."""
    dead = select(TaskRow.error_detail).where(
        TaskRow.subject_id == search_id, TaskRow.kind == KIND, TaskRow.state == TaskState.DEAD
    )
    return session.scalar(dead)


def asked_of(row: SearchRow) -> Asked:
    """What is asked."""
    values = dict(row.asked)
    given = values.pop("filters")
    days = {name: date.fromisoformat(given[name]) for name in ("first", "last") if given.get(name)}
    customer = {"customer_id": UUID(given["customer_id"])} if given.get("customer_id") else {}
    like = values.pop("like")
    return Asked(
        **values,
        like=UUID(like) if like else None,
        filters=InteractionFilter(**{**given, **days, **customer}),
    )


def write(session: Session, search_id: UUID, answers: Sequence[Answer], *, measurable: bool = True) -> None:
    """Write what was found; a search that has expired meanwhile needs no answer."""
    row = session.get(SearchRow, search_id)
    if row is not None:
        row.found = [[str(one.interaction_id), one.score, one.turn, list(one.sources)] for one in answers]
        row.measurable, row.answered_at = measurable, now()


def answers(row: SearchRow) -> list[Answer]:
    """What was found, the best first."""
    return [Answer(UUID(one), score, turn, tuple(sources)) for one, score, turn, sources in row.found or ()]


def allowed(session: Session, asked: Asked) -> set[UUID] | None:
    """The interactions that may be found; None: all."""
    if asked.filters == InteractionFilter():
        return None
    return set(session.scalars(select(InteractionRow.id).where(*conditions.interactions(asked.filters))))


def of_same_customer(session: Session, interaction_id: UUID) -> set[UUID]:
    """The interaction itself and the others of its customer."""
    row = session.get(InteractionRow, interaction_id)
    if row is None or row.customer_id is None:
        return {interaction_id}
    theirs = select(InteractionRow.id).where(InteractionRow.customer_id == row.customer_id)
    return {interaction_id, *session.scalars(theirs)}


def delete_expired(session: Session) -> int:
    """Forget searches nobody pages through any more, with their tasks; gives how many."""
    old = select(SearchRow.id).where(SearchRow.created_at < now() - KEPT)
    gone = list(session.scalars(old))
    if gone:
        session.execute(delete(TaskRow).where(TaskRow.subject_id.in_(gone), TaskRow.kind == KIND))
        session.execute(delete(SearchRow).where(SearchRow.id.in_(gone)))
    return len(gone)


def any_expired(session: Session) -> bool:
    """Whether there is something to forget."""
    query = select(SearchRow.id).where(SearchRow.created_at < now() - KEPT).limit(1)
    return session.scalar(query) is not None


def _written(asked: Asked) -> Mapping[str, Any]:
    values = asdict(asked)
    values["like"] = str(asked.like) if asked.like else None
    values["filters"] = {
        each.name: _plain(getattr(asked.filters, each.name)) for each in fields(asked.filters)
    }
    return values


def _plain(value: Any) -> Any:
    return (
        value.isoformat()
        if isinstance(value, date | datetime)
        else str(value)
        if isinstance(value, UUID)
        else value
    )
