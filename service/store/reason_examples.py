"""Examples of reasons: redacted by a worker before they are rows, or taken from turns, which are."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from sqlalchemy import delete, select

from service.errors import Conflict, InvalidInput, NotFound
from service.store import plain, tasks, taxonomies, transcripts
from service.store.blobs import Blobs
from service.store.database import Session, new_id, now
from service.store.insertion import insert_unless_there
from service.store.tables import TaskRow
from service.store.taxonomy_tables import ExampleImportRow, ReasonExampleRow, TaxonomyRow
from service.taxonomies import folded

KEEP = "keep_examples"  # the task's kind
MOST = 100_000  # of one taxonomy
LONGEST = 5_000  # signs that are kept of a text


@dataclass(frozen=True, slots=True)
class NewExample:
    """A text that states a reason; ``reason`` as the draft calls it."""

    text: str
    reason: str


def label_names(row: TaxonomyRow) -> dict[str, str]:
    """By what a label may look like: the reason of the draft that it means; "top > sub" also finds a sub."""
    found: dict[str, str] = {}
    for reason in taxonomies.draft(row):
        if reason.retired_at is None:
            found[folded(reason.name)] = reason.name
            if reason.parent:
                found[folded(f"{reason.parent} > {reason.name}")] = reason.name
                found[folded(f"{reason.parent} / {reason.name}")] = reason.name
    return found


def begin_import(
    session: Session, blobs: Blobs, name: str, examples: Sequence[NewExample], *, author: str
) -> tuple[ExampleImportRow, TaskRow]:
    """Hand examples to a worker, who redacts and keeps them; whoever calls rings the bell.

    Until then they lie in a blob of their own, which is deleted afterwards. Raises NotFound.
    """
    row = taxonomies.get(session, name)
    import_id = new_id()
    document = {"import": import_id.hex, "examples": [[one.reason, one.text] for one in examples]}
    with blobs.begin() as writer:
        writer.write(json.dumps(document).encode())
        blob = writer.commit()
    made = ExampleImportRow(
        id=import_id,
        taxonomy_id=row.id,
        blob_key=blob.key,
        given=len(examples),
        added_by=plain.text(author)[:200],
        created_at=now(),
    )
    session.add(made)
    session.flush()
    return made, tasks.add(session, KEEP, made.id, "text")


def an_import(session: Session, import_id: UUID) -> ExampleImportRow:
    """Examples on their way; raises NotFound."""
    row = session.get(ExampleImportRow, import_id)
    if row is None:
        raise NotFound("import_not_found", "These examples are gone with their taxonomy.", "Send them again.")
    return row


def forget_sent(session: Session, blobs: Blobs, name: str) -> None:
    """Delete what was sent for a taxonomy and no worker has redacted yet, before the taxonomy goes."""
    row = taxonomies.get(session, name)
    which = (ExampleImportRow.taxonomy_id == row.id, ExampleImportRow.blob_key.is_not(None))
    for sent in session.scalars(select(ExampleImportRow).where(*which)):
        blobs.delete(sent.blob_key or "")
        sent.blob_key = None
    session.flush()


def read_import(content: bytes) -> list[NewExample]:
    """What an import's blob holds."""
    return [NewExample(text=text, reason=reason) for reason, text in json.loads(content)["examples"]]


def keep(session: Session, row: ExampleImportRow, redacted: Sequence[NewExample]) -> int:
    """Add redacted examples; how many were new. Those of reasons that are gone meanwhile are left out."""
    taxonomy = session.get_one(TaxonomyRow, row.taxonomy_id)
    known = label_names(taxonomy)
    room = MOST - sum(taxonomies.example_counts(session, taxonomy).values())
    kept = 0
    for one in redacted:
        name = known.get(folded(one.reason))
        if name is not None and kept < room and _add(session, taxonomy, one.text, name, author=row.added_by):
            kept += 1
    row.kept = kept
    session.flush()
    return kept


def add_turn(
    session: Session, name: str, reason: str, interaction_id: UUID, turn: int, *, author: str
) -> ReasonExampleRow:
    """Make a turn an example: it is redacted already. Raises NotFound, InvalidInput, Conflict."""
    row = taxonomies.get(session, name)
    known = label_names(row).get(folded(plain.text(reason)))
    if known is None:
        raise InvalidInput(
            "unknown_reason", "The draft has no such reason.", "See the reasons of the taxonomy."
        )
    said = {one.position: one.text for one in transcripts.turns(session, interaction_id)}.get(turn, "")
    if not said.strip():
        raise NotFound("turn_not_found", "The interaction has no such turn.", "See its transcript.")
    made = _add(session, row, said, known, author=author, interaction_id=interaction_id, turn=turn)
    if made is None:
        raise Conflict(
            "example_exists", "This is an example of the reason already.", "There is nothing to do."
        )
    return made


def add_statement(
    session: Session, row: TaxonomyRow, reason: str, said: tuple[UUID, int, str], *, author: str
) -> bool:
    """Make a part of a turn (interaction, turn, redacted text) an example of a reason of the draft.

    False where it is one already.
    """
    interaction_id, turn, text = said
    made = _add(session, row, text, reason, author=author, interaction_id=interaction_id, turn=turn)
    return made is not None


def of(
    session: Session,
    row: TaxonomyRow,
    *,
    reason: str | None = None,
    after: UUID | None = None,
    limit: int = 50,
) -> list[ReasonExampleRow]:
    """A page of examples, the newest first."""
    query = select(ReasonExampleRow).where(ReasonExampleRow.taxonomy_id == row.id)
    if reason is not None:
        query = query.where(ReasonExampleRow.reason == plain.text(reason))
    if after is not None:
        query = query.where(ReasonExampleRow.id < after)
    return list(session.scalars(query.order_by(ReasonExampleRow.id.desc()).limit(limit)))


def every(session: Session, taxonomy_id: UUID) -> list[tuple[str, str]]:
    """Text and reason of each."""
    query = select(ReasonExampleRow.text, ReasonExampleRow.reason)
    found = session.execute(
        query.where(ReasonExampleRow.taxonomy_id == taxonomy_id).order_by(ReasonExampleRow.id)
    )
    return [(str(text), str(reason)) for text, reason in found]


def remove(session: Session, name: str, example_id: UUID) -> None:
    """Forget an example; raises NotFound."""
    row = taxonomies.get(session, name)
    which = (ReasonExampleRow.taxonomy_id == row.id, ReasonExampleRow.id == example_id)
    if session.scalars(delete(ReasonExampleRow).where(*which).returning(ReasonExampleRow.id)).first() is None:
        raise NotFound("example_not_found", "There is no such example.", "See the examples of the taxonomy.")


def done_with_blobs(session: Session) -> list[ExampleImportRow]:
    """Imports that are done and whose blob is still there: a worker ended between the two."""
    query = select(ExampleImportRow).where(
        ExampleImportRow.kept.is_not(None), ExampleImportRow.blob_key.is_not(None)
    )
    return list(session.scalars(query))


def _add(
    session: Session,
    row: TaxonomyRow,
    text: str,
    reason: str,
    *,
    author: str,
    interaction_id: UUID | None = None,
    turn: int | None = None,
) -> ReasonExampleRow | None:
    shown = plain.text(text).strip()[:LONGEST]
    values: Mapping[str, object] = {
        "id": new_id(),
        "taxonomy_id": row.id,
        "reason": reason,
        "text": shown,
        "digest": sha256(f"{reason}\0{shown}".encode()).hexdigest(),
        "interaction_id": interaction_id,
        "turn": turn,
        "added_by": plain.text(author)[:200],
        "created_at": now(),
    }
    return insert_unless_there(session, ReasonExampleRow, values, unique=["taxonomy_id", "digest"])
