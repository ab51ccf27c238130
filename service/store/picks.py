"""Summaries: issue, outcome and next action of an interaction, kept as places in its turns."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import delete, insert, select

from service.store import archive_runs
from service.store.database import Session
from service.store.tables import AnalysisRow, ArchiveRunRow, PickRow, TaskRow, TurnRow

KINDS = ("issue", "outcome", "next_action")
AGAIN = "summaries"  # the kind of task that makes the summaries of the archive


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPick:
    """One pick; names as in ``PickRow``."""

    kind: str
    turn: int
    start_char: int
    end_char: int
    score: float


@dataclass(frozen=True, slots=True)
class ShownPick:
    """A pick with its words, who said them and when."""

    row: PickRow
    text: str
    party: str
    start_ms: int | None


def replace(session: Session, interaction_id: UUID, picks: Sequence[NewPick]) -> int:
    """Write the summary of an interaction in place of the one before; gives how many picks that had."""
    gone = delete(PickRow).where(PickRow.interaction_id == interaction_id).returning(PickRow.kind)
    before = len(session.execute(gone).all())
    if picks:
        values = [{**asdict(pick), "interaction_id": interaction_id} for pick in picks]
        session.execute(insert(PickRow), values)
    return before


def of(session: Session, interaction_id: UUID) -> dict[str, ShownPick]:
    """The picks of an interaction by kind; a kind of which nothing was picked is not there."""
    return of_many(session, [interaction_id])[interaction_id]


def of_many(session: Session, interaction_ids: Iterable[UUID]) -> dict[UUID, dict[str, ShownPick]]:
    """The picks of several interactions in one query, each in the order of ``KINDS``."""
    found: dict[UUID, dict[str, ShownPick]] = {key: {} for key in interaction_ids}
    query = (
        select(PickRow, TurnRow.text, TurnRow.party, TurnRow.start_ms)
        .join(
            TurnRow, (TurnRow.interaction_id == PickRow.interaction_id) & (TurnRow.position == PickRow.turn)
        )
        .where(PickRow.interaction_id.in_(list(found)))
    )
    for row, text, party, start_ms in sorted(
        session.execute(query), key=lambda one: KINDS.index(one[0].kind)
    ):
        said = text[row.start_char : row.end_char]
        found[row.interaction_id][row.kind] = ShownPick(row, said, party, start_ms)
    return found


def set_version(session: Session, interaction_id: UUID, version: str) -> None:
    """Say with the analysis by what its summary was made."""
    row = session.get(AnalysisRow, interaction_id)
    if row is not None:
        row.models = {**row.models, "summary": version}


def begin_again(session: Session) -> tuple[ArchiveRunRow, TaskRow]:
    """Make the summaries of the whole archive anew; whoever calls rings the bell after the commit."""
    return archive_runs.begin(session, AGAIN, counts={"picks_before": 0, "picks_after": 0})
