"""Facts of interactions: replaced as a whole, shown with their words, counted for filters."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import delete, insert, select

from service.store import archive_runs, plain
from service.store.database import Session, new_id
from service.store.tables import ArchiveRunRow, FactRow, TaskRow, TermListRow, TurnRow

AGAIN = "facts"  # the kind of task that seeks facts in the archive anew
KINDS = ("product", "competitor", "place", "term", "amount", "date", "reference", "switch_intent")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFact:
    """One fact; names as in ``FactRow``."""

    turn: int
    party: str
    start_char: int
    end_char: int
    kind: str
    name: str
    value: str | None = None
    list_id: UUID | None = None
    list_version: int | None = None


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A fact with the words at its place, its turn's time, and the name of its list."""

    row: FactRow
    text: str
    start_ms: int | None
    list_name: str | None


def replace(session: Session, interaction_id: UUID, facts: Sequence[NewFact]) -> int:
    """Write the facts in place of those before; gives how many those were.

    Facts of a list that was deleted meanwhile are left out.
    """
    query = delete(FactRow).where(FactRow.interaction_id == interaction_id).returning(FactRow.id)
    before = len(session.execute(query).all())
    lists = set(session.scalars(select(TermListRow.id)))
    values = [
        plain.values({**asdict(fact), "interaction_id": interaction_id, "id": new_id()}, FactRow)
        for fact in facts
        if fact.list_id is None or fact.list_id in lists
    ]
    if values:
        session.execute(insert(FactRow), values)
    return before


def of(session: Session, interaction_id: UUID) -> list[ShownFact]:
    """The facts of an interaction, in the order in which they were said."""
    query = (
        select(FactRow, TurnRow.text, TurnRow.start_ms, TermListRow.name)
        .outerjoin(
            TurnRow, (TurnRow.interaction_id == FactRow.interaction_id) & (TurnRow.position == FactRow.turn)
        )
        .outerjoin(TermListRow, TermListRow.id == FactRow.list_id)
        .where(FactRow.interaction_id == interaction_id)
        .order_by(FactRow.turn, FactRow.start_char, FactRow.kind)
    )
    return [
        ShownFact(row, (text or "")[row.start_char : row.end_char], start_ms, name)
        for row, text, start_ms, name in session.execute(query)
    ]


def begin_again(session: Session) -> tuple[ArchiveRunRow, TaskRow]:
    """Seek facts in the whole archive with the lists of today; whoever calls rings the bell."""
    return archive_runs.begin(session, AGAIN, counts={"facts_before": 0, "facts_after": 0})
