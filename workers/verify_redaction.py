"""Searching all that is stored: for what the detectors still find, and for what was masked before."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from uuid import UUID

from nlp.redaction import Redactor, Statement, kinds_of, open_redactor
from nlp.redaction.values import DISTINCT, number_candidates, word_candidates
from service.store import redacted_values, redaction_checks, stored_texts, transcripts
from service.store.database import Session
from service.store.redacted_values import hash_of, key_of
from service.store.stored_texts import StoredText
from service.store.tables import ArchiveRunRow, InteractionRow, TurnRow
from service.store.tasks import Claim, DueTask
from workers.archive import go_through
from workers.context import Context, Report

_SAID = "turns.text"
# Names of messages and contacts, which look like addresses and numbers and are the centre's own.
_NAMES_ITSELF = frozenset({"interactions.thread", "interactions.external_id", "interactions.source"})


@dataclass(frozen=True)
class _Batch:
    texts: Sequence[StoredText]
    turns: Mapping[UUID, Sequence[TurnRow]]
    masked: Mapping[UUID, Mapping[str, str]]  # of each interaction the hashes and kinds of what was masked
    languages: Mapping[UUID, str | None]


@dataclass
class _Found:
    """``counts`` as the job keeps them; ``numbers`` are hashes that may be values of other interactions."""

    counts: Counter[str] = field(default_factory=Counter)
    interactions: set[UUID] = field(default_factory=set)
    numbers: dict[str, list[StoredText]] = field(default_factory=dict)


def verify_redaction(context: Context, claim: Claim, report: Report) -> tuple[DueTask, ...]:
    """Go through the archive and what belongs to no interaction; never repeats a value it finds."""
    settings = context.settings
    key = key_of(settings.data_dir)
    redactor = open_redactor(settings.phone_region, kinds_of(settings.redact), settings.ner)

    def read(session: Session, run: ArchiveRunRow, rows: Sequence[InteractionRow]) -> _Batch:
        ids = [row.id for row in rows]
        texts = list(stored_texts.of_interactions(session, ids))
        if run.done == 0:
            texts += stored_texts.of_nobody(session)
            texts += stored_texts.of_files(settings.data_dir)
        return _Batch(
            texts,
            {one: transcripts.turns(session, one) for one in ids},
            redacted_values.of(session, ids),
            {row.id: row.language for row in rows},
        )

    return go_through(
        context, claim, report, read=read, compute=partial(_search, redactor=redactor, key=key), write=_write
    )


def _search(batch: _Batch, *, redactor: Redactor, key: bytes) -> _Found:
    found = _Found()
    for one, turns in batch.turns.items():
        statements = [
            Statement(turn.text, turn.party if turn.speaker is None else f"{turn.party} {turn.speaker}",
                      turn.start_ms, turn.end_ms)
            for turn in turns
        ]  # fmt: skip
        for result in redactor.redact_turns(statements, language=batch.languages[one]):
            for span in result.spans:
                _count(found, StoredText(_SAID, "", one), span.kind, known=False)
    for text in batch.texts:
        if text.place != _SAID and text.place not in _NAMES_ITSELF:
            for span in redactor.redact(text.text).spans:
                if span.kind in DISTINCT and text.place != "turns.words":
                    _count(found, text, span.kind, known=False)
        _seek(found, text, batch.masked.get(text.interaction_id, {}) if text.interaction_id else {}, key)
    return found


def _seek(found: _Found, text: StoredText, own: Mapping[str, str], key: bytes) -> None:
    for value in set(number_candidates(text.text)):
        found.numbers.setdefault(hash_of(key, value), []).append(text)
    if own:
        for value in set(word_candidates(text.text)):
            kind = own.get(hash_of(key, value))
            if kind is not None and kind not in DISTINCT:
                _count(found, text, kind, known=True)


def _count(found: _Found, text: StoredText, kind: str, *, known: bool) -> None:
    found.counts[redaction_checks.key(text.place, kind, known=known)] += 1
    if text.interaction_id is not None:
        found.interactions.add(text.interaction_id)


def _write(session: Session, run: ArchiveRunRow, found: _Found) -> Mapping[str, int]:
    """Look the numbers up among what was masked anywhere."""
    for hashed, places in redacted_values.known(session, found.numbers.keys()).items():
        for text in found.numbers[hashed]:
            for kind in _kinds(places, text.interaction_id):
                _count(found, text, kind, known=True)
    redaction_checks.add_interactions(run, sorted(found.interactions))
    return {**found.counts, "interactions": len(found.interactions)}


def _kinds(places: Sequence[tuple[UUID, str]], one: UUID | None) -> Iterator[str]:
    """Kinds under which a value was masked: a short code counts in its own interaction alone."""
    yield from {kind for where, kind in places if kind in DISTINCT or where == one}
