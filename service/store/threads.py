"""Mail threads: mails that name each other's ids are one thread, in whatever order they come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import func, or_, select, text, update

from service.store import plain
from service.store.database import Session
from service.store.insertion import insert_unless_there
from service.store.tables import InteractionRow, MailIdRow, MailSubjectRow

WINDOW = timedelta(days=14)  # in which a mail without ids belongs to another by subject and parties
_LOCK = 7_301_994_021  # one mail at a time finds its thread, so that two do not found the same one


@dataclass(frozen=True, slots=True)
class MailPlace:
    """What tells a mail's thread: its own id first, then those it names; subject and parties as one text."""

    ids: tuple[str, ...]
    subject_key: str | None
    is_reply: bool


@dataclass(frozen=True, slots=True)
class ThreadPlace:
    """Where an interaction stands in its thread, from 1."""

    position: int
    size: int


def join(session: Session, row: InteractionRow, place: MailPlace) -> str | None:
    """Put a mail into the thread that its ids or its subject tell, joining threads that turn out to be one.

    The thread keeps the name of the one whose first mail was sent earliest.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    digests = [_digest(one) for one in place.ids]
    known = session.scalars(select(MailIdRow.thread).where(MailIdRow.digest.in_(digests)).distinct())
    threads = set(known)
    named = len(place.ids) > 1
    if place.subject_key is not None and not threads and not named:
        threads |= _by_subject(session, row, place, _digest(place.subject_key))
    if not place.ids and place.subject_key is None:
        return None
    thread = _earliest(session, threads) or (place.ids[:2][-1] if place.ids else None) or str(row.id)
    thread = plain.text(thread)[:512]
    _merge(session, threads - {thread}, into=thread)
    for digest in sorted(set(digests)):
        insert_unless_there(session, MailIdRow, {"digest": digest, "thread": thread}, unique=["digest"])
    if place.subject_key is not None:
        session.add(
            MailSubjectRow(
                interaction_id=row.id,
                digest=_digest(place.subject_key),
                is_reply=place.is_reply,
                sent_at=row.started_at,
            )
        )
    row.thread = thread
    session.flush()
    return thread


def places(session: Session, rows: Sequence[InteractionRow]) -> dict[UUID, ThreadPlace]:
    """Where each of these stands in its thread; those that are alone are left out."""
    threads = {row.thread for row in rows if row.thread is not None}
    if not threads:
        return {}
    order = (InteractionRow.started_at, InteractionRow.id)
    counted = (
        select(
            InteractionRow.id,
            func.row_number().over(partition_by=InteractionRow.thread, order_by=order).label("position"),
            func.count().over(partition_by=InteractionRow.thread).label("size"),
        )
        .where(InteractionRow.thread.in_(threads))
        .subquery()
    )
    query = select(counted).where(counted.c.id.in_([row.id for row in rows]), counted.c.size > 1)
    return {found.id: ThreadPlace(found.position, found.size) for found in session.execute(query)}


def of(session: Session, thread: str | None, *, limit: int = 50) -> list[InteractionRow]:
    """The interactions of a thread, the oldest first; none for one that stands alone."""
    if thread is None:
        return []
    query = select(InteractionRow).where(InteractionRow.thread == thread)
    found = list(session.scalars(query.order_by(InteractionRow.started_at, InteractionRow.id).limit(limit)))
    return found if len(found) > 1 else []


def _by_subject(session: Session, row: InteractionRow, place: MailPlace, digest: str) -> set[str]:
    """Threads with the same subject between the same parties, where either mail is an answer."""
    near = MailSubjectRow.sent_at.between(row.started_at - WINDOW, row.started_at + WINDOW)
    query = (
        select(InteractionRow.thread)
        .join(MailSubjectRow, MailSubjectRow.interaction_id == InteractionRow.id)
        .where(MailSubjectRow.digest == digest, near, InteractionRow.thread.is_not(None))
        .order_by(MailSubjectRow.sent_at.desc())
        .limit(1)
    )
    if not place.is_reply:
        query = query.where(or_(MailSubjectRow.is_reply.is_(True)), MailSubjectRow.sent_at >= row.started_at)
    return {thread for thread in session.scalars(query) if thread is not None}


def _earliest(session: Session, threads: Iterable[str]) -> str | None:
    wanted = sorted(threads)
    if len(wanted) < 2:
        return wanted[0] if wanted else None
    query = (
        select(InteractionRow.thread)
        .where(InteractionRow.thread.in_(wanted))
        .order_by(InteractionRow.started_at, InteractionRow.id)
        .limit(1)
    )
    return session.scalars(query).first() or wanted[0]


def _merge(session: Session, threads: set[str], *, into: str) -> None:
    if not threads:
        return
    for table in (InteractionRow, MailIdRow):
        session.execute(
            update(table).where(table.thread.in_(threads)).values(thread=into),
            execution_options={"synchronize_session": False},
        )


def _digest(value: str) -> str:
    return sha256(value.encode("utf-8", "replace")).hexdigest()
