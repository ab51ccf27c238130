"""Every text that is stored is read, whatever table holds it."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import JSON, Column, String, Table, create_engine, insert
from sqlalchemy.types import TypeDecorator

from service.store import stored_texts
from service.store.database import Session
from service.store.redacted_values import hash_of, key_of
from service.store.tables import Base

PLANTED = "planted 4111111111111111"


def value(column: Column[Any], interaction: UUID) -> Any:
    """Something of the column's type; a text wherever one fits."""
    if column.name == "interaction_id" or (column.table.name == "interactions" and column.name == "id"):
        return interaction
    kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    if isinstance(kind, JSON):
        return {"key": [PLANTED]}
    if isinstance(kind, String):
        return PLANTED
    made = {
        UUID: uuid4(),
        datetime: datetime.now(UTC),
        date: date.today(),
        bool: False,
        int: 1,
        float: 0.5,
        bytes: b"",
    }
    return made[kind.python_type]


def holds_text(column: Column[Any]) -> bool:
    return isinstance(column.type, String | JSON) and column.name not in stored_texts.NO_TEXTS


@pytest.mark.parametrize(
    "table", [one for one in Base.metadata.sorted_tables if one.name not in stored_texts.KEPT]
)
def test_a_text_planted_in_any_column_is_read(table: Table) -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    one = uuid4()
    with Session(engine) as session:
        session.execute(insert(table).values({column.name: value(column, one) for column in table.columns}))
        found = [*stored_texts.of_interactions(session, [one]), *stored_texts.of_nobody(session)]
    engine.dispose()
    places = {text.place for text in found if PLANTED in text.text}
    assert places == {f"{table.name}.{column.name}" for column in table.columns if holds_text(column)}


def test_names_and_lines_of_files_are_read_but_not_the_originals(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "a 4111.csv").write_text("one\ntwo\n")
    (tmp_path / "blobs").mkdir()
    (tmp_path / "blobs" / "original.txt").write_text("secret")
    assert [text.text for text in stored_texts.of_files(tmp_path)] == ["a 4111.csv", "one\n", "two\n"]


def test_the_key_is_made_once_and_is_its_owner_s_alone(tmp_path: Path) -> None:
    key = key_of(tmp_path)
    assert key == key_of(tmp_path)
    assert len(key) == 32
    assert (tmp_path / "redaction.key").stat().st_mode & 0o777 == 0o600
    assert hash_of(key, "x") != hash_of(b"other", "x")
