"""Vectors of interactions: written with their analysis, read by the workers that compare them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, func, insert, select

from service.store import archive_runs
from service.store.database import Session
from service.store.tables import ArchiveRunRow, EmbeddingRow, TaskRow

KIND = "embeddings"  # of the job that makes them for the archive


@dataclass(frozen=True, slots=True)
class Stored:
    """One vector and what it belongs to."""

    id: int
    interaction_id: UUID
    turn: int | None
    vector: bytes


def replace(
    session: Session, interaction_id: UUID, *, encoder: str, turn: int | None, vector: bytes | None
) -> None:
    """Write the vector of an interaction in place of the one before; None: it has none."""
    session.execute(delete(EmbeddingRow).where(EmbeddingRow.interaction_id == interaction_id))
    if vector is not None:
        values = {"interaction_id": interaction_id, "encoder": encoder, "turn": turn, "vector": vector}
        session.execute(insert(EmbeddingRow).values(values))


def ids(session: Session, encoder: str, *, after: int) -> list[int]:
    """Ids of an encoder's vectors beyond one, in their order."""
    query = select(EmbeddingRow.id).where(EmbeddingRow.encoder == encoder, EmbeddingRow.id > after)
    return list(session.scalars(query.order_by(EmbeddingRow.id)))


def count(session: Session, encoder: str) -> int:
    """How many interactions have a vector of an encoder."""
    query = select(func.count()).select_from(EmbeddingRow).where(EmbeddingRow.encoder == encoder)
    return session.scalar(query) or 0


def read(session: Session, wanted: Sequence[int]) -> Iterable[Stored]:
    """The vectors with these ids; those that are gone are left out."""
    query = select(EmbeddingRow.id, EmbeddingRow.interaction_id, EmbeddingRow.turn, EmbeddingRow.vector)
    for row in session.execute(query.where(EmbeddingRow.id.in_(wanted))):
        yield Stored(row.id, row.interaction_id, row.turn, row.vector)


def of(session: Session, interaction_id: UUID) -> EmbeddingRow | None:
    """The vector of one interaction."""
    query = select(EmbeddingRow).where(EmbeddingRow.interaction_id == interaction_id)
    return session.scalars(query).one_or_none()


def begin_all(session: Session) -> tuple[ArchiveRunRow, TaskRow]:
    """Begin the job that makes the vectors of the archive; whoever calls rings the bell after the commit."""
    return archive_runs.begin(session, KIND, counts={"made": 0, "not_measurable": 0})
