"""Themes: which interactions a job reads, what it found, and what becomes of a theme."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from service.errors import NotFound
from service.store import archive_runs, archive_walk, filters, plain
from service.store.analyses import ABSTAINED
from service.store.archive_walk import Which
from service.store.database import Session, new_id
from service.store.filters import InteractionFilter
from service.store.tables import (
    ArchiveRunRow,
    InteractionRow,
    Status,
    TaskRow,
    ThemeMemberRow,
    ThemeRow,
    TranscriptRow,
    TurnRow,
)

KIND = "themes"  # of task
MOST = 3000  # interactions that are read, the newest
_SPEAKERS = ("customer", "unknown", "agent")  # whose words count: the first of them that says anything


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Where themes are sought: among what no reason explains, unless a reason or everything is named."""

    reason: str | None = None
    everything: bool = False
    channel: str | None = None
    queue: str | None = None


@dataclass(frozen=True, slots=True)
class NewTheme:
    """A theme found; members as interaction, turn and text, the most typical first."""

    label: Sequence[str]
    cohesion: float
    members: Sequence[tuple[UUID, int, str]]


@dataclass(frozen=True, slots=True)
class ShownTheme:
    """A theme with its most typical statements."""

    row: ThemeRow
    members: Sequence[ThemeMemberRow]


def begin(
    session: Session, asked: Asked, *, days: tuple[date | None, date | None], fewest: int
) -> tuple[ArchiveRunRow, TaskRow]:
    """Seek themes of at least ``fewest`` interactions; whoever calls rings the bell."""
    return archive_runs.begin(
        session,
        KIND,
        parameters={**asdict(asked), "fewest": fewest},
        counts={"interactions": 0, "themes": 0},
        days=days,
        which=_which(asked),
    )


def read(session: Session, run: ArchiveRunRow) -> list[tuple[UUID, list[tuple[int, str]]]]:
    """Number and text of the turns in each interaction that the job reads, the newest first."""
    given = {name: value for name, value in run.parameters.items() if name != "fewest"}
    asked = Asked(**given)
    which = archive_walk.interactions(run, _which(asked))
    newest = which.order_by(InteractionRow.started_at.desc(), InteractionRow.id.desc()).limit(MOST)
    found = []
    for row in session.scalars(newest):
        query = select(TurnRow.party, TurnRow.position, TurnRow.text).where(TurnRow.interaction_id == row.id)
        turns = session.execute(query.order_by(TurnRow.position)).all()
        speaker = next((one for one in _SPEAKERS if any(turn.party == one for turn in turns)), None)
        found.append((row.id, [(turn.position, turn.text) for turn in turns if turn.party == speaker]))
    return found


def write(session: Session, run: ArchiveRunRow, found: Sequence[NewTheme], *, read_of: int) -> None:
    """Keep what was found; interactions that were erased meanwhile are left out."""
    there = set(
        session.scalars(
            select(InteractionRow.id).where(
                InteractionRow.id.in_({key for theme in found for key, _, _ in theme.members})
            )
        )
    )
    for position, theme in enumerate(found):
        row = ThemeRow(
            id=new_id(),
            run_id=run.id,
            position=position,
            label=plain.json(list(theme.label)),
            size=len(theme.members),
            cohesion=theme.cohesion,
        )
        session.add(row)
        session.flush()
        members = [_member(row.id, place, *member) for place, member in enumerate(theme.members)]
        kept = [member for member in members if member["interaction_id"] in there]
        if kept:
            session.execute(insert(ThemeMemberRow), kept)
    run.done = run.total
    run.counts = {"interactions": read_of, "themes": len(found)}
    archive_walk.end(run)


def of(session: Session, run_id: UUID, *, quotes: int) -> list[ShownTheme]:
    """The themes of a job with their first few statements, the most frequent first."""
    rows = session.scalars(select(ThemeRow).where(ThemeRow.run_id == run_id).order_by(ThemeRow.position))
    return [ShownTheme(row, members(session, row.id, limit=quotes)) for row in rows]


def get(session: Session, theme_id: UUID) -> ThemeRow:
    """The theme; raises NotFound."""
    row = session.get(ThemeRow, theme_id)
    if row is None:
        raise NotFound("theme_not_found", "There is no such theme.", "Seek themes again.")
    return row


def members(session: Session, theme_id: UUID, *, limit: int) -> list[ThemeMemberRow]:
    """Its most typical statements."""
    query = select(ThemeMemberRow).where(ThemeMemberRow.theme_id == theme_id)
    return list(session.scalars(query.order_by(ThemeMemberRow.position).limit(limit)))


def _which(asked: Asked) -> Which:
    wanted = InteractionFilter(
        channel=asked.channel,
        queue=asked.queue,
        reason=asked.reason,
        no_reason=None if asked.reason or asked.everything else ABSTAINED,
        status=Status.ANALYZED.value,
    )
    reliable = select(TranscriptRow.interaction_id).where(TranscriptRow.reliable.is_(False))
    return (
        *filters.interactions(wanted),
        InteractionRow.is_contact.is_(True),
        InteractionRow.id.not_in(reliable),
    )


def _member(theme_id: UUID, position: int, interaction_id: UUID, turn: int, text: str) -> Mapping[str, Any]:
    place = {"theme_id": theme_id, "interaction_id": interaction_id, "position": position}
    return {**place, "turn": turn, "text": plain.text(text)}
