"""Facts: found in an interaction's turns with the lists of the moment, and anew over the archive."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from nlp.transcript import Transcript
from service.store import facts, term_lists, transcripts
from service.store.database import Session
from service.store.facts import NewFact
from service.store.tables import ArchiveRunRow, InteractionRow, TermListRow
from service.store.tasks import Claim, DueTask
from workers.archive import go_through
from workers.context import Context, Report
from workers.transcript_rows import transcript_of

if TYPE_CHECKING:  # at run time it would load spaCy, which a worker of recordings alone never needs
    from nlp.facts import FactFinder


@dataclass(frozen=True)
class ListedTerms:
    """All lists at one moment; equal as long as none of them changes."""

    lists: tuple[tuple[UUID, int, str, tuple[term_lists.SavedTerm, ...]], ...]  # id, version, kind, terms


@dataclass(frozen=True)
class _Batch:
    listed: ListedTerms
    read: Sequence[tuple[InteractionRow, Transcript]]


def listed(session: Session) -> ListedTerms:
    """The lists of terms as they are now."""
    rows: list[TermListRow] = term_lists.list_all(session)
    return ListedTerms(
        tuple((row.id, row.version, row.kind, tuple(term_lists.terms_of(row))) for row in rows)
    )


def facts_in(
    transcript: Transcript,
    interaction: InteractionRow,
    lists: ListedTerms,
    *,
    region: str,
    language: str | None = None,
) -> list[NewFact]:
    """What is named in the turns; nothing where the transcript is not reliable.

    ``language`` is what the analysis took the words for, where neither interaction nor transcript says.
    """
    if transcript.reliable is False:
        return []
    found = _finder(lists, region).find(
        transcript.turns,
        language=interaction.language or transcript.language or language,
        said_on=interaction.day,
    )
    owners = _owners(lists)
    return [
        NewFact(
            turn=fact.turn,
            party=transcript.turns[fact.turn].party.value,
            start_char=fact.start,
            end_char=fact.end,
            kind=fact.kind.value,
            name=fact.name,
            value=fact.value,
            list_id=owners.get((fact.kind.value, fact.name), (None, None))[0],
            list_version=owners.get((fact.kind.value, fact.name), (None, None))[1],
        )
        for fact in found
    ]


def seek_again(context: Context, claim: Claim, report: Report) -> tuple[DueTask, ...]:
    """Seek facts in the whole archive; counts how many there were before and are now."""

    def read(session: Session, run: ArchiveRunRow, rows: Sequence[InteractionRow]) -> _Batch:
        made = [(row, transcripts.get(session, row.id), transcripts.turns(session, row.id)) for row in rows]
        return _Batch(
            listed(session),
            [(row, transcript_of(row, one, turns)) for row, one, turns in made if one is not None],
        )

    def compute(batch: _Batch) -> Mapping[UUID, list[NewFact]]:
        region = context.settings.phone_region
        return {row.id: facts_in(said, row, batch.listed, region=region) for row, said in batch.read}

    def write(session: Session, run: ArchiveRunRow, found: Mapping[UUID, list[NewFact]]) -> Mapping[str, int]:
        before = sum(facts.replace(session, key, values) for key, values in found.items())
        return {"facts_before": before, "facts_after": sum(map(len, found.values()))}

    return go_through(context, claim, report, read=read, compute=compute, write=write)


@lru_cache(maxsize=2)
def _finder(lists: ListedTerms, region: str) -> "FactFinder":
    from nlp.facts import FactFinder, FactKind, Term  # noqa: PLC0415 - loads spaCy

    terms = [
        Term(term.name, FactKind(kind), term.aliases, term.exact_case)
        for _, _, kind, saved in lists.lists
        for term in saved
    ]
    return FactFinder(terms, region=region)


@lru_cache(maxsize=2)
def _owners(lists: ListedTerms) -> Mapping[tuple[str, str], tuple[UUID, int]]:
    """The list that each term is of; of two lists with the same term the first."""
    found: dict[tuple[str, str], tuple[UUID, int]] = {}
    for list_id, version, kind, saved in lists.lists:
        for term in saved:
            found.setdefault((kind, term.name), (list_id, version))
    return found
