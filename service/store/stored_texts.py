"""Every text that is stored, table by table of the data model: a new table is read without being named."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, String, Table, select

from service.store.database import Session
from service.store.tables import Base

# By design they hold what identifies a customer or a caller, or nothing but hashes and names of files.
KEPT = frozenset(
    {
        "identifiers",
        "customers",
        "api_keys",
        "sessions",
        "idempotency_keys",
        "redacted_values",
        "alembic_version",
    }
)
NO_TEXTS = frozenset({"blob_key", "playback_key", "transcript_key", "media_type", "hash", "key_hash"})
_OWN = "interactions"
_FOLDERS_APART = frozenset({"blobs", "checkpoints", "tmp", "run"})  # originals, by policy; work in hand
_TEXT_FILES = frozenset({".log", ".txt", ".json", ".jsonl", ".csv", ".html", ".md", ".eml", ".vtt", ".srt"})
_MOST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class StoredText:
    """A text, the place it is stored ("turns.text") and the interaction it belongs to, if to one."""

    place: str
    text: str
    interaction_id: UUID | None = None


def of_interactions(session: Session, ids: Sequence[UUID]) -> Iterator[StoredText]:
    """What is stored of these interactions, in whatever table."""
    for table in _tables():
        owner = _owner(table)
        if owner is None or not ids:
            continue
        columns = _columns(table)
        query = select(owner, *columns).where(owner.in_(ids))
        for one, *values in session.execute(query):
            yield from _texts(table, columns, values, one)


def of_nobody(session: Session) -> Iterator[StoredText]:
    """What is stored in tables that belong to no interaction: lists, tasks, sources, jobs."""
    for table in _tables():
        if _owner(table) is None:
            columns = _columns(table)
            for values in session.execute(select(*columns)) if columns else ():
                yield from _texts(table, columns, values, None)


def of_files(folder: Path) -> Iterator[StoredText]:
    """Names and contents of text files in the data directory, line by line: logs and exports."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if parts[0] in _FOLDERS_APART or not path.is_file():
            continue
        yield StoredText("file names", path.name)
        if path.suffix.lower() in _TEXT_FILES and path.stat().st_size <= _MOST_BYTES:
            with path.open(encoding="utf-8", errors="replace") as file:
                for line in file:
                    yield StoredText(f"file {path.suffix.lower()}", line)


def _tables() -> list[Table]:
    return [table for table in Base.metadata.sorted_tables if table.name not in KEPT]


def _owner(table: Table) -> Column[Any] | None:
    if table.name == _OWN:
        return table.c.id
    column: Column[Any] | None = table.c.get("interaction_id")
    return column


def _columns(table: Table) -> list[Column[Any]]:
    """Texts and JSON; the words of the full-text index are text too, as far as the model knows."""
    return [
        column
        for column in table.columns
        if isinstance(column.type, String | JSON) and column.name not in NO_TEXTS
    ]


def _texts(
    table: Table, columns: Sequence[Any], values: Sequence[Any], one: UUID | None
) -> Iterator[StoredText]:
    for column, value in zip(columns, values, strict=True):
        text = " ".join(_words(value))
        if text.strip():
            yield StoredText(f"{table.name}.{column.name}", text, one)


def _words(value: Any) -> Iterator[str]:
    """The strings in a value, keys too; numbers as they are written, so that a number in JSON is seen."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield str(key)
            yield from _words(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _words(item)
    elif isinstance(value, int) and not isinstance(value, bool) and value >= 10**11:
        yield str(value)
