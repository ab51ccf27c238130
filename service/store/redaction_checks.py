"""The job that searches all that is stored for what should be masked, or was, and what it has found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from service.store import archive_runs
from service.store.database import Session
from service.store.tables import ArchiveRunRow, TaskRow

KIND = "verify_redaction"
MOST_INTERACTIONS = 1000  # that a report names
_NAMED = "interactions"


@dataclass(frozen=True, slots=True)
class Remains:
    """How many values of a kind are left in a place ("turns.text").

    ``known`` were masked when they came in and are stored elsewhere;
    the others look as if they should be masked.
    """

    place: str
    kind: str
    known: bool
    count: int


def begin(session: Session) -> tuple[ArchiveRunRow, TaskRow]:
    """Begin one; whoever calls rings the bell after the commit."""
    return archive_runs.begin(session, KIND, parameters={_NAMED: []})


def get(session: Session, run_id: UUID) -> ArchiveRunRow:
    """The job; raises NotFound, also where it is of another kind."""
    run = archive_runs.get(session, run_id)
    if run.kind != KIND:
        raise archive_runs.no_such_run()
    return run


def key(place: str, kind: str, *, known: bool) -> str:
    """Under which name a job counts."""
    return f"{'known' if known else 'found'}|{kind}|{place}"


def add_interactions(run: ArchiveRunRow, found: Iterable[UUID]) -> None:
    """Name interactions in the report, each once."""
    named = dict.fromkeys([*run.parameters.get(_NAMED, ()), *map(str, found)])
    run.parameters = {**run.parameters, _NAMED: list(named)[:MOST_INTERACTIONS]}


def interactions(run: ArchiveRunRow) -> list[UUID]:
    """The interactions in which something was found, at most a thousand."""
    return [UUID(one) for one in run.parameters.get(_NAMED, ())]


def remains(counts: Mapping[str, int]) -> list[Remains]:
    """What a job has counted, most first."""
    found = []
    for name, count in counts.items():
        basis, _, rest = name.partition("|")
        kind, _, place = rest.partition("|")
        if place:
            found.append(Remains(place, kind, basis == "known", int(count)))
    return sorted(found, key=lambda one: (-one.count, one.place, one.kind))
