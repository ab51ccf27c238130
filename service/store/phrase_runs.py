"""Jobs over the archive: begun, gone through batch by batch from the place they have reached, ended."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import insert, select

from service.errors import NotFound
from service.store import archive_walk, plain, tasks
from service.store.archive_walk import Which
from service.store.database import Session, new_id, now
from service.store.tables import (
    Channel,
    InteractionRow,
    PhraseListRow,
    PhraseRunHitRow,
    PhraseRunRow,
    TaskRow,
)

APPLY, SOUND = "phrases", "spoken_phrases"  # kinds of task
_QUEUES = {APPLY: "text", SOUND: "speech"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RunHit:
    """A phrase heard in a recording."""

    phrase: str
    party: str
    start_ms: int
    end_ms: int
    score: float


def begin_apply(session: Session, listed: PhraseListRow) -> tuple[PhraseRunRow, TaskRow]:
    """Apply a list to every interaction that has a transcript; whoever calls rings the bell."""
    return _begin(session, APPLY, kind="apply", list_id=listed.id, phrases=[])


def begin_sound(
    session: Session,
    phrases: Sequence[str],
    *,
    party: str | None = None,
    first: date | None = None,
    last: date | None = None,
) -> tuple[PhraseRunRow, TaskRow]:
    """Seek phrases in the recordings whose originals are kept; whoever calls rings the bell."""
    wanted = plain.json(list(phrases))
    return _begin(session, SOUND, kind="sound", phrases=wanted, party=party, first=first, last=last)


def get(session: Session, run_id: UUID) -> PhraseRunRow:
    """The job; raises NotFound."""
    row = session.get(PhraseRunRow, run_id)
    if row is None:
        raise NotFound("phrase_run_not_found", "There is no such job.")
    return row


def latest(session: Session, *, limit: int) -> list[PhraseRunRow]:
    """The newest jobs."""
    return list(session.scalars(select(PhraseRunRow).order_by(PhraseRunRow.id.desc()).limit(limit)))


def list_name(session: Session, run: PhraseRunRow) -> str | None:
    """The name of the list that a job applies."""
    row = session.get(PhraseListRow, run.list_id) if run.list_id else None
    return row.name if row else None


def following(session: Session, run: PhraseRunRow, *, limit: int) -> list[InteractionRow]:
    """The next interactions of a job, by time."""
    return archive_walk.following(session, run, _which(run), limit=limit)


def add_hits(session: Session, run: PhraseRunRow, interaction_id: UUID, hits: Sequence[RunHit]) -> None:
    """Keep what was heard in one recording."""
    if hits:
        known = {"run_id": run.id, "interaction_id": interaction_id}
        session.execute(insert(PhraseRunHitRow), [{"id": new_id(), **known, **asdict(hit)} for hit in hits])
    run.hits_after += len(hits)


def hits(session: Session, run_id: UUID, *, after: UUID | None, limit: int) -> list[PhraseRunHitRow]:
    """A page of what was heard, as it was found; ``after`` is the last hit of the page before."""
    query = select(PhraseRunHitRow).where(PhraseRunHitRow.run_id == run_id)
    if after is not None:
        query = query.where(PhraseRunHitRow.id > after)
    return list(session.scalars(query.order_by(PhraseRunHitRow.id).limit(limit)))


def _begin(session: Session, task_kind: str, **known: object) -> tuple[PhraseRunRow, TaskRow]:
    counted = {**archive_walk.COUNTED, "hits_before": 0, "hits_after": 0}
    run = PhraseRunRow(id=new_id(), created_at=now(), **counted, **known)
    run.total = archive_walk.count(session, run, _which(run))
    session.add(run)
    session.flush()
    return run, tasks.add(session, task_kind, run.id, _QUEUES[task_kind], priority=archive_walk.PRIORITY)


def _which(run: PhraseRunRow) -> Which:
    if run.kind != "sound":
        return ()
    return (
        InteractionRow.channel == Channel.VOICE.value,
        InteractionRow.original_deleted_at.is_(None),
        InteractionRow.playback_key.is_not(None),  # there is a sound, not a transcript alone
    )
