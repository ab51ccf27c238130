"""What a command of the user wrote about an interaction: kept apart from what was picked."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete

from service.store import plain
from service.store.database import Session, now
from service.store.tables import WrittenSummaryRow


@dataclass(frozen=True, slots=True)
class Written:
    """A text and what wrote it, or a code that says why there is none."""

    made_by: str
    text: str | None = None
    error: str | None = None


def replace(session: Session, interaction_id: UUID, written: Written | None) -> None:
    """Write it in place of the one before; None: no command is set, what one wrote before is gone."""
    session.execute(delete(WrittenSummaryRow).where(WrittenSummaryRow.interaction_id == interaction_id))
    if written is not None:
        session.add(
            WrittenSummaryRow(
                interaction_id=interaction_id,
                text=plain.optional(written.text),
                error=written.error,
                made_by=plain.text(written.made_by)[:200],
                created_at=now(),
            )
        )
        session.flush()


def of(session: Session, interaction_id: UUID) -> WrittenSummaryRow | None:
    """What was written about an interaction."""
    return session.get(WrittenSummaryRow, interaction_id)
