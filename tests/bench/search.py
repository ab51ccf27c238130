"""Full text beside a scan with LIKE, and search by meaning among 100,000 vectors; printed as JSON."""

import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy import insert

from service.search import parse
from service.store import interactions, search_index, text_search
from service.store.database import Database, Session, new_id, open_database
from service.store.embeddings import Stored
from service.store.interactions import InteractionFilter
from service.store.tables import InteractionRow, TurnRow
from service.store.transcripts import NewTurn
from tests.databases import postgres_database
from tests.service.store.made import later, make_interaction
from workers.vectors import Vectors

INTERACTIONS, TURNS, VECTORS = 20_000, 8, 100_000
DIMENSIONS = 384
QUERIES = (
    "refund",
    "refund invoice",
    '"money back"',
    "cancel*",
    "customer:refund -invoice",
    "refund OR parcel",
)
COMMON = (
    "i you the my is to and it please yes no thank can help with order number account today call".split()  # noqa: SIM905
)
RARE = [
    "refund",
    "invoice",
    "parcel",
    "cancellation",
    "cancel",
    "router",
    "password",
    "delivery",
    "credit",
    "late",
    "broken",
    "money",
    "back",
]


def fill(database: Database) -> None:
    """Interactions of eight turns of twenty words, one word in two hundred a rare one; written in bulk."""
    chance = random.Random(1)
    with database.transaction() as session:
        first = make_interaction(session)
        interactions.mark_transcribed(session, first.id)
        known = {column.name: getattr(first, column.name) for column in InteractionRow.__table__.columns}
    for start in range(0, INTERACTIONS, 1000):
        rows, turns, said = [], [], {}
        for number in range(start, start + 1000):
            one = new_id()
            rows.append({**known, "id": one, "external_id": f"bench-{number}", "started_at": later(number)})
            said[one] = [_turn(chance, place) for place in range(TURNS)]
            turns += [_row(one, place, turn) for place, turn in enumerate(said[one])]
        with database.transaction() as session:
            session.execute(insert(InteractionRow), rows)
            session.execute(insert(TurnRow), turns)
            for one, words_said in said.items():
                search_index.write(session, one, search_index.entries(words_said))


def _row(one: UUID, place: int, turn: NewTurn) -> dict[str, Any]:
    nothing = dict.fromkeys(("end_ms", "confidence", "audio_channel", "speaker"))
    empty = {"quoted": "", "signature": "", "words": [], "redactions": []}
    same = {"party": turn.party, "text": turn.text, "start_ms": turn.start_ms}
    return {**nothing, **empty, **same, "interaction_id": one, "position": place}


def _turn(chance: random.Random, place: int) -> NewTurn:
    words = [chance.choice(RARE if chance.random() < 0.005 else COMMON) for _ in range(20)]
    return NewTurn(party="customer" if place % 2 else "agent", text=" ".join(words), start_ms=place * 1000)


def timed(work: Callable[[], object], *, times: int = 3) -> float:
    """Milliseconds of the middle one."""
    spent = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        spent.append((time.perf_counter() - begin) * 1000)
    return statistics.median(spent)


def words(database: Database) -> dict[str, object]:
    """Milliseconds per query, the first page, with the index and by scanning."""
    with database.reading() as session:
        found = {query: round(timed(lambda query=query: _first_page(session, query)), 1) for query in QUERIES}
        scan = timed(
            lambda: interactions.find(session, filters=InteractionFilter(text="cancellation zzz"), limit=20)
        )
    return {**found, "LIKE scan": round(scan, 1)}


def _first_page(session: Session, query: str) -> int:
    return len(text_search.search(session, parse(query), limit=20).items)


def meaning() -> dict[str, object]:
    """CPU milliseconds to find the best 200 among 100,000 random vectors."""
    chance = np.random.default_rng(1)
    vectors = Vectors()
    for _ in range(VECTORS):
        vector = chance.standard_normal(DIMENSIONS, dtype=np.float32)
        packed = (vector / np.linalg.norm(vector)).astype("<f2").tobytes()
        vectors._put(Stored(len(vectors.interactions) + 1, new_id(), 0, packed))
    query = vectors.interactions[5]

    def ask() -> None:
        begin.append(time.process_time())
        vectors.nearest(query, least=0.0, most=200, allowed=None, without={query})
        spent.append((time.process_time() - begin[-1]) * 1000)

    begin: list[float] = []
    spent: list[float] = []
    wall = timed(ask, times=9)
    return {"CPU ms": round(statistics.median(spent), 1), "wall ms": round(wall, 1)}


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """URLs by name; PostgreSQL where OVERTONE_TEST_POSTGRES names a server or one answers on the loopback."""
    server = os.environ.get("OVERTONE_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
    with tempfile.TemporaryDirectory() as folder:
        urls = {"SQLite": f"sqlite:///{Path(folder) / 'bench.db'}"}
        try:
            with postgres_database(server) as url:
                yield {**urls, "PostgreSQL": url}
        except Exception:  # noqa: BLE001 - no server: SQLite alone is measured
            yield urls


def main() -> dict[str, object]:
    """All figures."""
    found: dict[str, object] = {f"best 200 of {VECTORS:,} vectors": meaning()}
    with databases() as urls:
        for name, url in urls.items():
            database = open_database(url)
            database.migrate()
            begin = time.perf_counter()
            fill(database)
            found[f"{name}: seconds to write {INTERACTIONS:,} interactions of {TURNS} turns"] = round(
                time.perf_counter() - begin, 1
            )
            found[f"{name}: ms per query"] = words(database)
            database.close()
    return found


if __name__ == "__main__":
    print(json.dumps(main()))
