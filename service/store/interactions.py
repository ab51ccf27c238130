"""Interactions: one contact each, added once, found by filters, newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from service.errors import NotFound
from service.store import filters as conditions
from service.store import pages, plain, search_index
from service.store.database import Session, new_id, now
from service.store.filters import InteractionFilter
from service.store.insertion import insert_unless_there
from service.store.pages import Page
from service.store.tables import InteractionRow, Status

__all__ = [
    "Choices",
    "InteractionFilter",
    "NewInteraction",
    "Page",
    "add",
    "choices",
    "day_of",
    "fail",
    "find",
    "find_by_external_id",
    "get",
    "mark_analyzed",
    "mark_automatic",
    "mark_contact",
    "mark_transcribed",
    "reopen",
    "set_status",
    "with_ids",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewInteraction:
    """What is known of an interaction when it arrives; names as in ``InteractionRow``."""

    channel: str
    source: str
    external_id: str
    started_at: datetime
    day: date
    blob_key: str
    blob_bytes: int
    media_type: str
    file_name: str | None = None
    direction: str | None = None
    duration_ms: int | None = None
    language: str | None = None
    agent: str | None = None
    queue: str | None = None
    campaign: str | None = None
    disposition: str | None = None
    subject: str | None = None
    thread: str | None = None
    customer_id: UUID | None = None
    customer_party: str | None = None
    transcript_key: str | None = None
    channel_map: Mapping[str, Any] | None = None
    pauses: Sequence[Sequence[int]] | None = None  # [start_ms, end_ms]
    is_contact: bool = True
    automatic: str | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choices:
    """What occurs, for lists to choose from."""

    channels: list[str]
    queues: list[str]
    agents: list[str]
    sources: list[str]


def day_of(moment: datetime, *, time_zone: str) -> date:
    """The local day of a moment in an IANA time zone."""
    return moment.astimezone(ZoneInfo(time_zone)).date()


def add(session: Session, new: NewInteraction) -> tuple[InteractionRow, bool]:
    """Add an interaction unless its (source, external_id) is there already.

    Gives the row that is there now and whether this call made it; an older row is left as it is.
    Raises InvalidInput("value_too_long").
    """
    values = plain.values(asdict(new), InteractionRow)
    values |= {"id": new_id(), "status": Status.RECEIVED.value, "received_at": now()}
    row = insert_unless_there(session, InteractionRow, values, unique=["source", "external_id"])
    if row is not None:
        return row, True
    known = find_by_external_id(session, new.source, new.external_id)
    if known is None:
        raise NotFound("interaction_not_found", "The interaction was erased while it was sent again.")
    return known, False


def get(session: Session, interaction_id: UUID, *, hold: bool = False) -> InteractionRow:
    """The interaction, held against other writers if wished; raises NotFound("interaction_not_found")."""
    row = session.get(InteractionRow, interaction_id, with_for_update=True if hold else None)
    if row is None:
        raise NotFound("interaction_not_found", "There is no interaction with this id.")
    return row


def with_ids(session: Session, ids: Sequence[UUID]) -> list[InteractionRow]:
    """Those of the interactions that are there, in no order."""
    return list(session.scalars(select(InteractionRow).where(InteractionRow.id.in_(ids))))


def read_id(written: str) -> UUID:
    """An id as it is written; raises NotFound for what is none."""
    try:
        return UUID(written)
    except ValueError:
        raise NotFound("interaction_not_found", "There is no interaction with this id.") from None


def find_by_external_id(session: Session, source: str, external_id: str) -> InteractionRow | None:
    """The interaction that a source knows by this id."""
    query = select(InteractionRow).where(
        InteractionRow.source == plain.text(source), InteractionRow.external_id == plain.text(external_id)
    )
    return session.scalars(query).one_or_none()


def find(
    session: Session,
    *,
    filters: InteractionFilter | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[InteractionRow]:
    """A page of interactions, newest first.

    Interactions that arrive meanwhile are never shown twice and make none be left out.
    Raises InvalidInput("bad_cursor"), InvalidInput("bad_limit").
    """
    pages.check_limit(limit)
    query = select(InteractionRow).where(*conditions.interactions(filters or InteractionFilter()))
    if cursor is not None:
        query = query.where(conditions.after(*pages.decode(cursor)))
    query = query.order_by(InteractionRow.started_at.desc(), InteractionRow.id.desc()).limit(limit + 1)
    rows = session.scalars(query).all()
    return pages.cut(rows, limit=limit, place=lambda row: (row.started_at, row.id))


def choices(session: Session, *, limit: int = 500) -> Choices:
    """The channels, queues, agents and sources that occur, each in order, at most ``limit`` of each."""
    columns = (InteractionRow.channel, InteractionRow.queue, InteractionRow.agent, InteractionRow.source)
    found = []
    for column in columns:
        query = select(column).distinct().where(column.is_not(None)).order_by(column).limit(limit)
        found.append([str(value) for value in session.scalars(query)])
    return Choices(*found)


def mark_transcribed(  # noqa: PLR0913 - each is a fact of the transcript
    session: Session,
    interaction_id: UUID,
    *,
    duration_ms: int | None = None,
    language: str | None = None,
    subject: str | None = None,
    playback_key: str | None = None,
    channel_map: Mapping[str, str] | None = None,
    keep_original: bool | None = None,
    attachments: Sequence[Mapping[str, Any]] | None = None,
) -> InteractionRow:
    """Its turns are written; what is None here is left as it was."""
    row = get(session, interaction_id)
    row.status, row.transcribed_at = Status.TRANSCRIBED.value, now()
    row.failure_code = row.failure_detail = None
    row.duration_ms = duration_ms if duration_ms is not None else row.duration_ms
    row.language = language or row.language
    row.subject = plain.optional(subject) or row.subject
    row.playback_key = playback_key or row.playback_key
    row.channel_map = dict(channel_map) if channel_map else row.channel_map
    row.keep_original = keep_original if keep_original is not None else row.keep_original
    row.attachments = plain.json(attachments) if attachments is not None else row.attachments
    session.flush()
    search_index.write_subject(session, row.id, row.subject)
    return row


def mark_automatic(session: Session, interaction_id: UUID, kind: str, *, is_contact: bool) -> None:
    """No person wrote it: nobody's opinion, and no contact unless a voice came with it."""
    row = get(session, interaction_id)
    row.automatic, row.customer_id, row.is_contact = kind, None, is_contact
    session.flush()


def mark_contact(session: Session, interaction_id: UUID) -> None:
    """Whatever its head says: somebody's voice came with it."""
    get(session, interaction_id).is_contact = True
    session.flush()


def mark_analyzed(session: Session, interaction_id: UUID) -> InteractionRow:
    """Its findings are written."""
    row = get(session, interaction_id)
    row.status, row.analyzed_at = Status.ANALYZED.value, now()
    row.failure_code = row.failure_detail = None
    session.flush()
    return row


def set_status(session: Session, interaction_id: UUID, status: Status) -> None:
    """Set how far it has come, nothing else; raises NotFound."""
    statement = update(InteractionRow).where(InteractionRow.id == interaction_id).values(status=status.value)
    if not session.execute(statement.returning(InteractionRow.id)).first():
        raise NotFound("interaction_not_found", "There is no interaction with this id.")


def fail(session: Session, interaction_id: UUID, code: str, detail: str) -> InteractionRow:
    """It cannot be worked on: a stable code and a sentence say why."""
    row = get(session, interaction_id)
    row.status, row.failure_code, row.failure_detail = Status.FAILED.value, code[:64], plain.text(detail)
    session.flush()
    return row


def reopen(session: Session, interaction_id: UUID) -> InteractionRow:
    """Forget a failure, so that its task can be tried again: back to what was reached before."""
    row = get(session, interaction_id)
    row.status = (Status.TRANSCRIBED if row.transcribed_at is not None else Status.RECEIVED).value
    row.failure_code = row.failure_detail = None
    session.flush()
    return row
