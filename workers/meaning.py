"""Searches by meaning, answered from the vectors of all interactions; and those vectors for the archive."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from nlp.transcript import Transcript
from service.errors import InvalidInput
from service.search import parse
from service.store import searches, tasks, text_search, transcripts
from service.store.database import Session
from service.store.searches import Answer, Asked, Source
from service.store.tables import ArchiveRunRow, InteractionRow
from service.store.tasks import Claim, DueTask
from workers.archive import go_through
from workers.context import Context, Report
from workers.gists import keep
from workers.transcript_rows import transcript_of

if TYPE_CHECKING:  # at run time it would load the models' libraries
    from nlp.gist import Gist

MOST = 200  # interactions in an answer
LEAST = 0.25  # cosine below which two texts have nothing in common worth showing
RANKS = 60  # reciprocal rank fusion adds up 1 / (60 + rank): Cormack, Clarke, Büttcher 2009

Ranked = list[tuple[UUID, float, int | None]]


def answer(context: Context, claim: Claim, report: Report) -> tuple[DueTask, ...]:
    """Read what is new, compare, write what was found."""
    encoder = context.analysis.encoder
    with context.database.reading() as session:
        asked = searches.asked_of(searches.get(session, claim.subject_id))
        context.vectors.refresh(session, encoder)
        allowed = searches.allowed(session, asked)
        without = searches.of_same_customer(session, asked.like) if asked.like else set()
        said = _by_words(session, asked)
    meant = context.vectors.nearest(
        asked.like or context.analysis.query(asked.text),
        least=LEAST,
        most=MOST,
        allowed=allowed,
        without=without,
    )
    if asked.mode == "both":
        found = fused(said, meant or [])
    else:
        found = [Answer(one, score, turn, ("meaning",)) for one, score, turn in meant or []]
    with context.database.transaction() as session:
        tasks.finish(session, claim)
        searches.write(session, claim.subject_id, found, measurable=meant is not None)
    return ()


def fused(said: Sequence[UUID], meant: Ranked) -> list[Answer]:
    """Two rankings as one: what stands high in both goes first; neither's scores need be comparable."""
    scores: dict[UUID, float] = {}
    sources: dict[UUID, list[Source]] = {}
    turns = {one: turn for one, _, turn in meant}
    rankings: tuple[tuple[Source, Sequence[UUID]], ...] = (
        ("words", said),
        ("meaning", [one for one, _, _ in meant]),
    )
    for source, ranking in rankings:
        for rank, one in enumerate(ranking, 1):
            scores[one] = scores.get(one, 0.0) + 1 / (RANKS + rank)
            sources.setdefault(one, []).append(source)
    best = sorted(scores, key=lambda one: -scores[one])[:MOST]
    return [Answer(one, round(scores[one], 5), turns.get(one), tuple(sources[one])) for one in best]


def embed_archive(context: Context, claim: Claim, report: Report) -> tuple[DueTask, ...]:
    """Make the vector of every interaction, with the encoder in use now."""

    def read(
        session: Session, run: ArchiveRunRow, rows: Sequence[InteractionRow]
    ) -> list[tuple[UUID, Transcript]]:
        found = []
        for row in rows:
            made = transcripts.get(session, row.id)
            if made is not None:
                found.append((row.id, transcript_of(row, made, transcripts.turns(session, row.id))))
        return found

    def compute(read: list[tuple[UUID, Transcript]]) -> "dict[UUID, Gist | None]":
        return {one: context.analysis.gist(transcript) for one, transcript in read}

    def write(session: Session, run: ArchiveRunRow, made: "dict[UUID, Gist | None]") -> Mapping[str, int]:
        there = [one for one in made if session.get(InteractionRow, one, with_for_update=True) is not None]
        for one in there:
            keep(session, one, context.analysis.encoder, made[one])
        vectors = sum(made[one] is not None for one in there)
        return {"made": vectors, "not_measurable": len(there) - vectors}

    return go_through(context, claim, report, read=read, compute=compute, write=write)


def _by_words(session: Session, asked: Asked) -> list[UUID]:
    """What the words alone find; a query that is no search for words is sought by meaning alone."""
    if asked.mode != "both":
        return []
    try:
        query = parse(asked.text, party=asked.party)
    except InvalidInput:
        return []
    return text_search.best(session, query, filters=asked.filters, limit=MOST)
