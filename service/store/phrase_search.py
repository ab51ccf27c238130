"""A phrase sought over the archive: page by page, newest interactions first, over the stored turns."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from service.phrases import Hit, Phrase, find
from service.store import filters as conditions
from service.store import pages
from service.store.database import Session
from service.store.filters import InteractionFilter
from service.store.phrase_hits import spoken_turns
from service.store.tables import InteractionRow, TurnRow

BATCH = 50
MOST_SCANNED = 1000  # interactions looked at for one page
AROUND = 60  # characters shown before and after a hit


@dataclass(frozen=True, slots=True)
class FoundHit:
    """A hit with its interaction and the text around it, redacted as all text is."""

    interaction: InteractionRow
    hit: Hit
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Found:
    """One page: hits, how many interactions were looked at, where the next page begins."""

    items: list[FoundHit]
    scanned: int
    next_cursor: str | None


def search(
    session: Session,
    phrase: Phrase,
    *,
    filters: InteractionFilter,
    cursor: str | None = None,
    limit: int = 50,
    seconds: float = 2.0,
) -> Found:
    """Look through interactions until there are ``limit`` hits; a page may hold more of the last interaction.

    It ends early after ``seconds`` or a thousand interactions: a page without hits may have a next one.
    Raises InvalidInput("bad_cursor"), InvalidInput("bad_limit").
    """
    pages.check_limit(limit)
    deadline = time.monotonic() + seconds
    place = pages.decode(cursor) if cursor is not None else None
    found: list[FoundHit] = []
    scanned = 0
    while True:
        query = select(InteractionRow).where(*conditions.interactions(filters))
        query = query.where(InteractionRow.transcribed_at.is_not(None))
        if place is not None:
            query = query.where(conditions.after(*place))
        order = (InteractionRow.started_at.desc(), InteractionRow.id.desc())
        rows = session.scalars(query.order_by(*order).limit(BATCH)).all()
        turns = _turns(session, rows)
        for row in rows:
            found += _hits(row, turns.get(row.id, []), phrase)
            scanned += 1
            place = row.started_at, row.id
            if len(found) >= limit or scanned >= MOST_SCANNED or time.monotonic() > deadline:
                return Found(found, scanned, pages.encode(*place))
        if len(rows) < BATCH:
            return Found(found, scanned, None)
        session.expunge_all()  # flat memory over a long archive


def _turns(session: Session, rows: Sequence[InteractionRow]) -> dict[UUID, list[TurnRow]]:
    found: dict[UUID, list[TurnRow]] = {}
    query = select(TurnRow).where(TurnRow.interaction_id.in_([row.id for row in rows]))
    for turn in session.scalars(query.order_by(TurnRow.interaction_id, TurnRow.position)):
        found.setdefault(turn.interaction_id, []).append(turn)
    return found


def _hits(row: InteractionRow, turns: list[TurnRow], phrase: Phrase) -> list[FoundHit]:
    hits = find([phrase], spoken_turns(turns), duration_ms=row.duration_ms)
    return [_shown(row, turns, hit) for hit in hits]


def _shown(row: InteractionRow, turns: list[TurnRow], hit: Hit) -> FoundHit:
    if hit.turn is None or hit.start is None or hit.end is None:
        return FoundHit(row, hit, "", "")
    text = turns[hit.turn].text
    before, after = text[max(0, hit.start - AROUND) : hit.start], text[hit.end : hit.end + AROUND]
    return FoundHit(row, hit, before, after)
