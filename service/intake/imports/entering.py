"""Drafts into interactions: content kept, then a batch in one transaction, each under a savepoint."""

from dataclasses import dataclass, field

from service.errors import InvalidInput, ServiceError
from service.intake.identify import identifiers
from service.intake.imports.drafts import Draft
from service.intake.imports.rows import BadRows
from service.intake.receive import Accepted, Arrival, enter
from service.settings import Settings
from service.store.blobs import Blob, Blobs
from service.store.customers import Identifier
from service.store.database import Session
from service.store.imports import PRIORITY

_PRIORITY = PRIORITY + 1  # the rest of the file goes in first, so that its report is there soon


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft whose content is kept, ready to be entered."""

    draft: Draft
    blob: Blob
    arrival: Arrival
    known_by: list[Identifier]


@dataclass(slots=True)
class Entered:
    """What became of a batch; ``reached`` is its last line."""

    reached: int = 0
    accepted: list[Accepted] = field(default_factory=list)
    bad: list[BadRows] = field(default_factory=list)

    @property
    def imported(self) -> int:
        """New interactions."""
        return sum(1 for one in self.accepted if one.created)

    @property
    def existing(self) -> int:
        """Those that had come before."""
        return len(self.accepted) - self.imported


def keep(found: Draft | BadRows, blobs: Blobs, settings: Settings) -> Kept | BadRows:
    """Keep the content of a draft; one with an identifier that is none becomes a line of the report."""
    if isinstance(found, BadRows):
        return found
    document = found.document
    metadata = document.metadata()
    try:
        known_by = identifiers(metadata, None, region=settings.phone_region)
    except InvalidInput as error:
        return BadRows(found.first, found.last, error.code, error.detail)
    first = next((one.sent_at for one in document.messages if one.sent_at), None)
    arrival = Arrival(
        channel=document.channel,
        media_type="application/json",
        job_queue="text",
        metadata=metadata,
        started_at=first,
        priority=_PRIORITY,
    )
    with blobs.begin() as writer:
        writer.write(found.content)
        return Kept(found, writer.commit(), arrival, known_by)


def enter_batch(session: Session, batch: list[Kept | BadRows], settings: Settings) -> Entered:
    """Enter a batch; what contradicts an interaction that is there is reported."""
    entered = Entered()
    for one in batch:
        if isinstance(one, BadRows):
            entered.bad.append(one)
            entered.reached = max(entered.reached, one.last)
            continue
        entered.reached = max(entered.reached, one.draft.last)
        try:
            with session.begin_nested():
                accepted = enter(session, one.blob, one.arrival, one.known_by, settings)
            entered.accepted.append(accepted)
        except ServiceError as error:
            entered.bad.append(BadRows(one.draft.first, one.draft.last, error.code, error.detail))
    return entered
