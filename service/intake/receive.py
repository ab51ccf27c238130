"""The only way in for an interaction: content kept, rows written in one transaction, then the bell rung."""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Literal
from uuid import UUID

import structlog

from service.errors import Conflict, InvalidInput
from service.intake.identify import identifiers
from service.intake.ledger import Ledger
from service.intake.mail_head import Address
from service.intake.metadata import Metadata
from service.intake.spool import Spool
from service.intake.transcript_documents import media_type_of
from service.jobs import Jobs
from service.settings import Settings
from service.store import customers, idempotency, interactions, receipts, tasks, threads
from service.store.blobs import Blob
from service.store.customers import Identifier
from service.store.database import Database, Session, now
from service.store.interactions import NewInteraction
from service.store.tables import Channel, Direction, InteractionRow
from service.store.threads import MailPlace

log = structlog.get_logger()

# Lower goes first. Where one worker serves both job queues, a mail does not wait behind an hour of calls.
_PRIORITIES = {"text": 0, "speech": 10}


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One interaction as it arrives: what is said about it, else what its content tells.

    ``is_transcript`` where the content itself is a transcript; ``transcript`` is one that came along.
    """

    channel: str
    media_type: str
    job_queue: Literal["speech", "text"]
    metadata: Metadata
    file_name: str | None = None
    external_id: str | None = None
    started_at: datetime | None = None
    direction: str | None = None
    thread: str | None = None
    customer: Address | None = None
    customer_party: str | None = None
    is_transcript: bool = False
    transcript: bytes | None = None
    place: MailPlace | None = None  # what tells the thread of a mail
    is_contact: bool = True
    priority: int | None = None  # default: that of its job queue

    def in_thread(self, thread: str) -> "Arrival":
        """The same, belonging to others that came with it."""
        return replace(self, thread=thread)

    def transcript_key(self, digest: str) -> str | None:
        """The key under which the transcript is kept, for content with this digest."""
        if self.transcript is not None:
            return sha256(self.transcript).hexdigest()
        return digest if self.is_transcript else None


@dataclass(frozen=True, slots=True)
class RequestKey:
    """An Idempotency-Key and whose it is."""

    caller: str
    key: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """What the sender is given; ``created`` is False where it had come before."""

    task_id: UUID
    interaction_id: UUID
    created: bool


def accompanied(arrival: Arrival, transcript: bytes) -> Arrival:
    """A recording with a transcript that is taken instead of recognising it.

    Raises InvalidInput(unexpected_transcript, empty_file), UnsupportedMedia(unsupported_transcript).
    """
    if arrival.channel != Channel.VOICE or arrival.is_transcript:
        raise InvalidInput(
            "unexpected_transcript",
            "Only a recording takes a transcript beside it.",
            "Leave the part `transcript` out.",
        )
    media_type_of(transcript)
    return replace(arrival, transcript=transcript)


def receive(
    database: Database,
    ledger: Ledger,
    jobs: Jobs,
    *,
    content: Spool,
    arrival: Arrival,
    settings: Settings,
    request_key: RequestKey | None = None,
) -> Accepted:
    """Keep the content, enter the interaction, its customer and its task, then ring.

    The same (source, external_id) with the same content is no new work. Raises Conflict(external_id_conflict)
    where the content is another, InvalidInput(idempotency_key_reused), and what identifiers raise.
    """
    known_by = identifiers(arrival.metadata, arrival.customer, region=settings.phone_region)
    fingerprint = _fingerprint(arrival, content.sha256)
    with database.reading() as session:
        before = _before(session, arrival, content.sha256, fingerprint, request_key)
    if before is not None:
        return before
    blob = content.commit()  # before the row that names it
    if arrival.transcript is not None:
        content.keep(arrival.transcript)

    def entered(session: Session) -> Accepted:
        accepted = _answered(session, fingerprint, request_key)
        if accepted is None:
            accepted = enter(session, blob, arrival, known_by, settings)
            if request_key is not None:
                _remember(session, request_key, fingerprint, accepted)
        return accepted

    accepted = ledger.enter(entered)
    if accepted.created:
        jobs.ring(accepted.task_id, arrival.job_queue)
    return accepted


def _before(
    session: Session, arrival: Arrival, digest: str, fingerprint: str, request_key: RequestKey | None
) -> Accepted | None:
    """What was answered to this request, or to this interaction, when it came before."""
    answered = _answered(session, fingerprint, request_key)
    if answered is not None:
        return answered
    external_id = _external_id(arrival, digest)
    row = interactions.find_by_external_id(session, arrival.metadata.source, external_id)
    return None if row is None else _known(session, row, arrival, digest)


def _answered(session: Session, fingerprint: str, request_key: RequestKey | None) -> Accepted | None:
    if request_key is None:
        return None
    row = idempotency.find(session, request_key.caller, request_key.key)
    if row is None:
        return None
    idempotency.check(row, fingerprint)
    return Accepted(row.task_id, row.interaction_id, created=False)


def _known(session: Session, row: InteractionRow, arrival: Arrival, digest: str) -> Accepted:
    _check_content((row.blob_key, row.transcript_key), (digest, arrival.transcript_key(digest)))
    return Accepted(receipts.first_task(session, row.id), row.id, created=False)


def enter(
    session: Session, blob: Blob, arrival: Arrival, known_by: list[Identifier], settings: Settings
) -> Accepted:
    """The rows of one arrival whose content is kept; whoever calls rings the bell. Raises Conflict."""
    customer_id = _customer(session, arrival, known_by)
    new = _new_interaction(blob, arrival, settings, customer_id)
    row, created = interactions.add(session, new)
    if not created:  # another process was quicker by a moment
        return _known(session, row, arrival, blob.sha256)
    if arrival.place is not None:
        threads.join(session, row, arrival.place)
    task = tasks.add(
        session,
        "transcribe",
        row.id,
        arrival.job_queue,
        priority=_PRIORITIES[arrival.job_queue] if arrival.priority is None else arrival.priority,
        max_attempts=settings.max_attempts,
    )
    return Accepted(task.id, row.id, created=True)


def _customer(session: Session, arrival: Arrival, known_by: list[Identifier]) -> UUID | None:
    if not known_by:
        return None
    hint = arrival.metadata.customer
    name = (hint.name if hint else None) or (arrival.customer.name if arrival.customer else None)
    resolved = customers.resolve(session, known_by, name=name)
    if resolved.conflicts:
        log.warning(
            "customer_conflict",
            customer=str(resolved.customer.id),
            kinds=[one.kind.value for one in resolved.conflicts],
        )
    return resolved.customer.id


def _new_interaction(
    blob: Blob, arrival: Arrival, settings: Settings, customer_id: UUID | None
) -> NewInteraction:
    said = arrival.metadata
    started_at = said.started_at or arrival.started_at or now()
    return NewInteraction(
        channel=arrival.channel,
        source=said.source,
        external_id=_external_id(arrival, blob.sha256),
        started_at=started_at,
        day=interactions.day_of(started_at, time_zone=settings.time_zone),
        blob_key=blob.key,
        blob_bytes=blob.size,
        media_type=arrival.media_type,
        file_name=arrival.file_name,
        direction=said.direction or arrival.direction,
        language=said.language,
        agent=said.agent,
        queue=said.queue,
        campaign=said.campaign,
        disposition=said.disposition,
        thread=arrival.thread,
        customer_id=customer_id,
        customer_party=arrival.customer_party,
        is_contact=arrival.is_contact and (said.direction or arrival.direction) != Direction.INTERNAL,
        transcript_key=arrival.transcript_key(blob.sha256),
        channel_map=said.channel_map,
        pauses=[[pause.start_ms, pause.end_ms] for pause in said.pauses] or None,
        attributes=said.attributes,
    )


def _external_id(arrival: Arrival, digest: str) -> str:
    return arrival.metadata.external_id or arrival.external_id or digest


def _fingerprint(arrival: Arrival, digest: str) -> str:
    said = arrival.metadata.model_dump_json(exclude_none=True)
    contents = f"{digest} {arrival.transcript_key(digest) or ''}".rstrip()
    return sha256(f"{arrival.channel}\n{contents}\n{said}".encode()).hexdigest()


def _remember(session: Session, request_key: RequestKey, fingerprint: str, accepted: Accepted) -> None:
    idempotency.remember(
        session,
        request_key.caller,
        request_key.key,
        fingerprint=fingerprint,
        task_id=accepted.task_id,
        interaction_id=accepted.interaction_id,
    )


def _check_content(known: tuple[str, str | None], sent: tuple[str, str | None]) -> None:
    if known != sent:
        raise Conflict(
            "external_id_conflict",
            "The source already has an interaction with this external_id and other content.",
            "Give each interaction its own external_id within its source.",
        )
