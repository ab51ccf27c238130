"""Originals that policy deletes: found, deleted unless someone still needs the bytes, marked as gone."""

from sqlalchemy import and_, or_, select, text
from sqlalchemy.orm import aliased

from service.errors import NotFound
from service.store.blobs import Blobs
from service.store.database import Session, now
from service.store.tables import InteractionRow

BATCH = 100
GRACE_SECONDS = 300.0  # an upload of the same bytes may be between its blob and its row


def original_deleted() -> NotFound:
    """The error of whoever asks for what is gone."""
    return NotFound(
        "original_deleted",
        "The original was deleted after its transcription, as the policy of its source says.",
        "Ask the source for it again; it can be sent under another external_id.",
    )


# In the words of the index for it, else SQLite would look at every interaction each time.
DUE = (
    text("NOT interactions.keep_original"),
    InteractionRow.original_deleted_at.is_(None),
    InteractionRow.transcribed_at.is_not(None),
)


def any_due(session: Session) -> bool:
    """Whether there is an original to delete; most rounds end here, without the lock of a writer."""
    return session.scalar(select(InteractionRow.id).where(*DUE).limit(1)) is not None


def delete_due(session: Session, blobs: Blobs, *, grace_seconds: float = GRACE_SECONDS) -> int:
    """Delete the originals that are not to be kept, and transcripts sent with them; how many lost theirs.

    Safe to repeat and to interrupt: a file that is gone already is only marked. A file that another
    interaction shares stays until nobody needs it, one written a moment ago until later: the same bytes may
    just be arriving again.
    """
    row, other = InteractionRow, aliased(InteractionRow)
    shared = (
        other.blob_key.in_((row.blob_key, row.transcript_key)),
        other.transcript_key.in_((row.blob_key, row.transcript_key)),
    )
    reads_it = and_(
        or_(*shared),
        other.original_deleted_at.is_(None),
        or_(other.keep_original.is_(None), other.keep_original.is_(True), other.transcribed_at.is_(None)),
    )
    played = other.playback_key == row.blob_key
    needed = select(other.id).where(or_(reads_it, played)).exists()
    query = select(row).where(*DUE, ~needed).order_by(row.transcribed_at).limit(BATCH)
    deleted = 0
    for found in session.scalars(query.with_for_update(skip_locked=True)).all():
        keys = {found.blob_key, found.transcript_key or found.blob_key}
        if all(blobs.delete_unless_new(key, seconds=grace_seconds) for key in sorted(keys)):
            found.original_deleted_at = now()
            deleted += 1
    session.flush()
    return deleted
