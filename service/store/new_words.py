"""What is new: the words and phrases of customers that are said more in a period than in the one before."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from sqlalchemy import select

from service.store import filters as conditions
from service.store import log_odds
from service.store.database import Session
from service.store.filters import TrendFilter
from service.store.log_odds import TermChange
from service.store.periods import Period, period
from service.store.tables import InteractionRow, TranscriptRow, TurnRow

READ = 20_000  # interactions of each period that are read, the newest
_PARTIES = ("customer", "unknown")


@dataclass(frozen=True, slots=True)
class NewWords:
    """Terms from ``first`` to ``last`` beside the period of the same length before, the newest first.

    ``read`` and ``previous_read`` interactions were compared; ``complete`` is False where there were more.
    """

    first: date
    last: date
    previous_first: date
    previous_last: date
    read: int
    previous_read: int
    complete: bool
    compared: int  # terms
    rows: Sequence[TermChange]


def new_words(
    session: Session,
    *,
    first: date,
    last: date,
    filters: TrendFilter | None = None,
    least: float = 1.96,
    limit: int = 50,
) -> NewWords:
    """Terms that grew by at least so many standard errors; raises InvalidInput("bad_period")."""
    asked = period(first, last)
    now, read = _counts(session, asked, filters)
    before, read_before = _counts(session, asked.before, filters)
    changes = log_odds.compare(now, before)
    common = log_odds.common(now, before, read, read_before)
    grown = [change for change in changes if change.z >= least]
    return NewWords(
        first=first,
        last=last,
        previous_first=asked.before.first,
        previous_last=asked.before.last,
        read=read,
        previous_read=read_before,
        complete=read < READ and read_before < READ,
        compared=len(changes),
        rows=log_odds.told(grown, most=limit, common_words=common),
    )


def _counts(session: Session, asked: Period, filters: TrendFilter | None) -> tuple[Counter[str], int]:
    """In how many interactions each term stands, and how many there are."""
    counts: Counter[str] = Counter()
    read = 0
    for texts in _interactions(session, asked, filters):
        counts.update(log_odds.terms(texts))
        read += 1
    return counts, read


def _interactions(session: Session, asked: Period, filters: TrendFilter | None) -> Iterator[list[str]]:
    """What customers said in each interaction, the newest first."""
    within = conditions.analyzed(filters or TrendFilter(), first=asked.first, last=asked.last)
    newest = (
        select(InteractionRow.id)
        .outerjoin(TranscriptRow, TranscriptRow.interaction_id == InteractionRow.id)
        .where(*within, TranscriptRow.reliable.is_not(False))
        .order_by(InteractionRow.started_at.desc(), InteractionRow.id.desc())
        .limit(READ)
    )
    said = (
        select(TurnRow.interaction_id, TurnRow.text)
        .where(TurnRow.interaction_id.in_(newest), TurnRow.party.in_(_PARTIES))
        .order_by(TurnRow.interaction_id)
        .execution_options(yield_per=2000)
    )
    rows: Iterator[tuple[UUID, str]] = ((key, text) for key, text in session.execute(said))
    for _, turns in groupby(rows, key=lambda row: row[0]):
        yield [text for _, text in turns]
