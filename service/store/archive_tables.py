"""Tables of jobs that go through the archive, and the columns that remember the place they have reached."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from service.store.columns import Base


class ArchiveWalk:
    """A way through interactions by ``started_at`` and id, from the local day ``first`` to ``last``.

    The place it has reached is kept, so that a worker that dies costs a batch. ``total`` is counted at the
    beginning; ``skipped`` could not be worked on.
    """

    first: Mapped[date | None]
    last: Mapped[date | None]
    reached_at: Mapped[datetime | None]  # started_at and id of the last interaction that is done
    reached_id: Mapped[UUID | None]
    total: Mapped[int]
    done: Mapped[int]
    skipped: Mapped[int]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class ArchiveRunRow(ArchiveWalk, Base):
    """A job that applies one thing to the archive: a rule, a version of a taxonomy, a check.

    ``kind`` is that of its task, ``about`` the id of what is applied, ``parameters`` whatever else it needs;
    ``counts`` holds what was counted so far, before and after.
    """

    __tablename__ = "archive_runs"
    __table_args__ = (Index(None, "kind", "id"), Index(None, "about"))
    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    about: Mapped[UUID | None]
    parameters: Mapped[dict[str, Any]]
    counts: Mapped[dict[str, Any]]  # {"matched_before": 3, "matched_after": 5}
