"""Interactions in which words were said, the best or the newest first, with the place and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import and_, case, func, literal, or_, select, union_all

from service.search import Excerpt, Query, excerpt
from service.store import filters as conditions
from service.store import pages, search_match
from service.store.database import Session
from service.store.filters import InteractionFilter
from service.store.pages import Page
from service.store.search_tables import SUBJECT_POSITION
from service.store.tables import InteractionRow, SearchEntryRow, TurnRow

Order = Literal["best", "newest"]
SUBJECT_COUNTS = 3  # a word of the subject counts as said so often
TOGETHER = 1000  # what is added where all that is sought stands in one turn
_ALL = -1  # number of the group that stands for all groups together


@dataclass(frozen=True, slots=True)
class TextHit:
    """An interaction and the turn in which most of the query stands; ``turn`` None: it is the subject.

    ``score`` adds up 1000 n / (n + 1) over the groups of the query, each said in n turns, and ``TOGETHER``:
    it depends on this interaction alone, so that it stays the same whatever else arrives.
    """

    interaction: InteractionRow
    score: int
    turns: int
    turn: TurnRow | None
    excerpt: Excerpt

    @property
    def party(self) -> str:
        """Who said it."""
        return self.turn.party if self.turn else "subject"


def search(
    session: Session,
    query: Query,
    *,
    filters: InteractionFilter | None = None,
    order: Order = "best",
    cursor: str | None = None,
    limit: int = 20,
) -> Page[TextHit]:
    """A page of interactions; what arrives meanwhile is neither shown twice nor pushes anything out.

    Of equally good ones the newest goes first. Raises InvalidInput("bad_cursor"), InvalidInput("bad_limit").
    """
    pages.check_limit(limit)
    kind = search_match.dialect(session)
    scores = _scores(kind, query).subquery()
    asked = (
        select(InteractionRow, scores.c.score)
        .join(scores, scores.c.interaction_id == InteractionRow.id)
        .where(*conditions.interactions(filters or InteractionFilter()))
    )
    if cursor is not None:
        asked = asked.where(_after(scores.c.score, order, cursor))
    by_time = (InteractionRow.started_at.desc(), InteractionRow.id.desc())
    asked = asked.order_by(*((scores.c.score.desc(), *by_time) if order == "best" else by_time))
    rows = [(row, int(score)) for row, score in session.execute(asked.limit(limit + 1)).all()]
    shown = rows[:limit]
    hits = _explained(session, kind, query, shown)
    last = shown[-1] if len(rows) > limit else None
    return Page(hits, f"{last[1]}.{pages.encode(last[0].started_at, last[0].id)}" if last else None)


def best(
    session: Session, query: Query, *, filters: InteractionFilter | None = None, limit: int
) -> list[UUID]:
    """Ids of the best interactions, without what a page shows of them."""
    scores = _scores(search_match.dialect(session), query).subquery()
    asked = (
        select(InteractionRow.id)
        .join(scores, scores.c.interaction_id == InteractionRow.id)
        .where(*conditions.interactions(filters or InteractionFilter()))
        .order_by(scores.c.score.desc(), InteractionRow.started_at.desc(), InteractionRow.id.desc())
    )
    return list(session.scalars(asked.limit(limit)))


def explain(session: Session, query: Query, rows: Sequence[InteractionRow]) -> list[TextHit]:
    """Where the query stands in these interactions; without a score."""
    return _explained(session, search_match.dialect(session), query, [(row, 0) for row in rows])


def _scores(kind: str, query: Query) -> Any:
    """Each interaction in which all groups are found, with its score in whole numbers: alike everywhere."""
    found = [_counted(number, search_match.any_of(kind, group)) for number, group in enumerate(query.groups)]
    everything = search_match.together(kind, query.groups) if len(query.groups) > 1 else None
    if everything is not None:
        found.append(_counted(_ALL, everything))
    counted = union_all(*found).subquery()
    said = case((counted.c.number == _ALL, TOGETHER), else_=counted.c.n * 1000 // (counted.c.n + 1))
    scores: Any = (
        select(counted.c.interaction_id, func.sum(said).label("score"))
        .group_by(counted.c.interaction_id)
        .having(func.sum(case((counted.c.number == _ALL, 0), else_=1)) == len(query.groups))
    )
    if query.without:
        unwanted = select(SearchEntryRow.interaction_id).where(search_match.any_of(kind, query.without))
        scores = scores.where(counted.c.interaction_id.not_in(unwanted))
    return scores


def _counted(number: int, condition: Any) -> Any:
    weight = case((SearchEntryRow.position == SUBJECT_POSITION, SUBJECT_COUNTS), else_=1)
    return (
        select(SearchEntryRow.interaction_id, literal(number).label("number"), func.sum(weight).label("n"))
        .where(condition)
        .group_by(SearchEntryRow.interaction_id)
    )


def _after(score: Any, order: Order, cursor: str) -> Any:
    written, _, place = cursor.partition(".")
    after = conditions.after(*pages.decode(place))
    if not (written.isascii() and written.isdigit() and len(written) < 10):
        raise pages.bad_cursor()
    return after if order == "newest" else or_(score < int(written), and_(score == int(written), after))


def _explained(
    session: Session, kind: str, query: Query, rows: Sequence[tuple[InteractionRow, int]]
) -> list[TextHit]:
    ids = [row.id for row, _ in rows]
    groups: dict[UUID, dict[int, set[int]]] = {one: {} for one in ids}
    for number, group in enumerate(query.groups if ids else ()):
        places = select(SearchEntryRow.interaction_id, SearchEntryRow.position)
        places = places.where(SearchEntryRow.interaction_id.in_(ids), search_match.any_of(kind, group))
        for interaction_id, position in session.execute(places):
            groups[interaction_id].setdefault(position, set()).add(number)
    chosen = {one: _best(places) for one, places in groups.items() if places}
    turns = _turns(session, chosen)
    return [
        _hit(query, row, score, turns.get(row.id), len(groups[row.id]), in_subject=chosen.get(row.id) == -1)
        for row, score in rows
    ]


def _best(places: dict[int, set[int]]) -> int:
    """The turn in which most is found, the first of them; the subject only where it holds more."""
    return min(places, key=lambda place: (-len(places[place]), place == SUBJECT_POSITION, place))


def _turns(session: Session, chosen: dict[UUID, int]) -> dict[UUID, TurnRow]:
    if not chosen:
        return {}
    one_of = [
        and_(TurnRow.interaction_id == one, TurnRow.position == position) for one, position in chosen.items()
    ]
    return {turn.interaction_id: turn for turn in session.scalars(select(TurnRow).where(or_(*one_of)))}


def _hit(
    query: Query, row: InteractionRow, score: int, turn: TurnRow | None, turns: int, *, in_subject: bool
) -> TextHit:
    text = turn.text if turn else (row.subject or "") if in_subject else ""
    party = turn.party if turn else "subject"
    wanted = [one for one in query.wanted if one.party in (None, party)]
    return TextHit(row, score, turns, turn, excerpt(text, wanted))
