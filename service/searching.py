"""A search as people and programs ask for it: words, and what they are narrowed to; one page of hits."""

from dataclasses import dataclass, field

from service.search import Excerpt, parse
from service.store import search_rebuild, text_search
from service.store.database import Database
from service.store.interactions import InteractionFilter
from service.store.tables import InteractionRow
from service.store.text_search import Order, TextHit

PAGE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is sought; ``party`` is who must have said it."""

    text: str
    party: str | None = None
    order: Order = "best"
    filters: InteractionFilter = field(default_factory=InteractionFilter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An interaction, and why: the place and the words; ``turn`` None for the subject."""

    interaction: InteractionRow
    score: float
    turns: int
    turn: int | None
    party: str
    start_ms: int | None
    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits; ``indexed`` says how many interactions of how many can be found, None where all can."""

    items: list[Hit]
    next_cursor: str | None
    indexed: tuple[int, int] | None


def search(database: Database, wanted: Wanted, *, cursor: str | None = None, limit: int = PAGE) -> Found:
    """One page. Raises InvalidInput(bad_search), InvalidInput(bad_cursor)."""
    query = parse(wanted.text, party=wanted.party)
    with database.reading() as session:
        page = text_search.search(
            session, query, filters=wanted.filters, order=wanted.order, cursor=cursor, limit=limit
        )
        job = search_rebuild.unfinished(session)
    indexed = (job.done, job.total) if job else None
    return Found([_hit(one) for one in page.items], page.next_cursor, indexed)


def _hit(found: TextHit) -> Hit:
    turn = found.turn
    return Hit(
        interaction=found.interaction,
        score=found.score / 1000,
        turns=found.turns,
        turn=turn.position if turn else None,
        party=found.party,
        start_ms=turn.start_ms if turn else None,
        excerpt=found.excerpt,
    )
