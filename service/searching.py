"""A search as people and programs ask for it: by words, by meaning or both; one page of hits, and why."""

import time
from dataclasses import dataclass, field
from typing import Literal, get_args
from uuid import UUID

from service.errors import Conflict, InvalidInput
from service.jobs import Jobs
from service.search import Excerpt, Query, excerpt, parse
from service.search.query import SUBJECT
from service.store import interactions, search_rebuild, searches, text_search, transcripts
from service.store.database import Database, Session
from service.store.interactions import InteractionFilter
from service.store.searches import Answer, Asked, Source
from service.store.tables import InteractionRow, SearchRow
from service.store.text_search import Order, TextHit

Mode = Literal["words", "meaning", "both"]
MODES: tuple[Mode, ...] = get_args(Mode)
PAGE = 20
WAIT_SECONDS = 3.0
_LOOK_SECONDS = 0.05
_STORED = "s"  # a cursor of a search that a worker answers: s.ID.PLACE


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is sought; ``party`` is who must have said the words, ``like`` an interaction to compare with."""

    text: str = ""
    mode: Mode = "words"
    party: str | None = None
    order: Order = "best"
    like: UUID | None = None
    filters: InteractionFilter = field(default_factory=InteractionFilter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An interaction, and why: the place and the words; ``turn`` None for the subject.

    ``turns`` counts those in which something of the words stands. By meaning the turn is the one that says
    best what the interaction is about.
    """

    interaction: InteractionRow
    score: float
    sources: tuple[Source, ...]
    turns: int
    turn: int | None
    party: str
    start_ms: int | None
    excerpt: Excerpt


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A page of hits.

    ``waiting`` is the cursor of a search that no worker has answered yet. ``indexed`` says how many older
    interactions of how many can be found by their words, None where all can. ``measurable`` is False where
    the interaction that others are compared with cannot be read.
    """

    items: list[Hit] = field(default_factory=list)
    next_cursor: str | None = None
    waiting: str | None = None
    indexed: tuple[int, int] | None = None
    measurable: bool = True


def search(
    database: Database,
    jobs: Jobs,
    wanted: Wanted,
    *,
    cursor: str | None = None,
    limit: int = PAGE,
) -> Found:
    """One page; what only a worker can tell is waited for.

    Raises InvalidInput(bad_search, bad_cursor), NotFound(search_not_found), TooBusy(too_many_searches),
    Conflict(search_failed).
    """
    if cursor and cursor.startswith(f"{_STORED}."):
        search_id, place = _place(cursor)
    elif wanted.mode == "words" and wanted.like is None:
        return _by_words(database, wanted, cursor, limit)
    else:
        search_id, place = _begin(database, jobs, wanted), 0
    row = _answered(database, search_id)
    if row is None:
        return Found(waiting=f"{_STORED}.{search_id}.{place}")
    with database.reading() as session:
        answers = searches.answers(row)
        items = _hits(session, searches.asked_of(row), answers[place : place + limit])
    following = place + limit
    more = f"{_STORED}.{search_id}.{following}" if following < len(answers) else None
    return Found(items=items, next_cursor=more, measurable=row.measurable is not False)


def _by_words(database: Database, wanted: Wanted, cursor: str | None, limit: int) -> Found:
    query = parse(wanted.text, party=wanted.party)
    with database.reading() as session:
        page = text_search.search(
            session, query, filters=wanted.filters, order=wanted.order, cursor=cursor, limit=limit
        )
        job = search_rebuild.unfinished(session)
    items = [_said(one, one.score / 1000, ("words",)) for one in page.items]
    indexed = (job.done, job.total) if job else None
    return Found(items=items, next_cursor=page.next_cursor, indexed=indexed)


def _begin(database: Database, jobs: Jobs, wanted: Wanted) -> UUID:
    if wanted.like is None and not any(sign.isalnum() for sign in wanted.text):
        raise InvalidInput("bad_search", "There is no word in it.", "Write what it should be about.")
    asked = Asked(
        text=wanted.text,
        mode="both" if wanted.mode == "both" else "meaning",
        party=wanted.party,
        like=wanted.like,
        filters=wanted.filters,
    )
    with database.transaction() as session:
        if wanted.like is not None:
            interactions.get(session, wanted.like)
        row, task = searches.begin(session, asked)
    if task is not None:
        jobs.ring(task.id, task.job_queue)
    return row.id


def _answered(database: Database, search_id: UUID) -> SearchRow | None:
    """The search once it is answered; None where no worker did it in time."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        with database.reading() as session:
            row = searches.get(session, search_id)
            failure = searches.failure(session, search_id) if row.answered_at is None else None
        if row.answered_at is not None:
            return row
        if failure is not None:
            raise Conflict("search_failed", f"The worker could not answer: {failure}", "Search again.")
        if time.monotonic() >= deadline:
            return None
        time.sleep(_LOOK_SECONDS)


def _hits(session: Session, asked: Asked, answers: list[Answer]) -> list[Hit]:
    """With the words where they were found by words, else with the turn that says what it is about."""
    rows = {row.id: row for row in interactions.with_ids(session, [one.interaction_id for one in answers])}
    query = _query(asked)
    by_words = [rows[one.interaction_id] for one in answers if one.interaction_id in rows]
    said = {hit.interaction.id: hit for hit in text_search.explain(session, query, by_words)} if query else {}
    found = []
    for one in answers:
        row = rows.get(one.interaction_id)  # it may be erased meanwhile
        if row is None:
            continue
        if "words" in one.sources and row.id in said:
            found.append(_said(said[row.id], one.score, one.sources))
        else:
            found.append(_meant(session, row, one))
    return found


def _query(asked: Asked) -> Query | None:
    try:
        return parse(asked.text, party=asked.party) if asked.mode == "both" else None
    except InvalidInput:
        return None


def _said(found: TextHit, score: float, sources: tuple[Source, ...]) -> Hit:
    turn = found.turn
    return Hit(
        interaction=found.interaction,
        score=score,
        sources=sources,
        turns=found.turns,
        turn=turn.position if turn else None,
        party=found.party,
        start_ms=turn.start_ms if turn else None,
        excerpt=found.excerpt,
    )


def _meant(session: Session, row: InteractionRow, answer: Answer) -> Hit:
    turn = transcripts.turn(session, row.id, answer.turn) if answer.turn is not None else None
    return Hit(
        interaction=row,
        score=answer.score,
        sources=answer.sources,
        turns=0,
        turn=turn.position if turn else None,
        party=turn.party if turn else SUBJECT,
        start_ms=turn.start_ms if turn else None,
        excerpt=excerpt(turn.text if turn else row.subject or "", ()),
    )


def _place(cursor: str) -> tuple[UUID, int]:
    try:
        _, search_id, place = cursor.split(".")
        return UUID(search_id), int(place[:6])
    except ValueError:
        raise InvalidInput(
            "bad_cursor", "The cursor is not one that this service gave.", "Begin again without a cursor."
        ) from None
