"""Imports by a worker: every row once, bad ones reported, whatever is killed in between."""

from collections.abc import Iterator
from typing import Any

import pytest

from service.store import imports, interactions
from service.store.interactions import InteractionFilter
from service.store.tables import ImportRow
from workers import imports as importing
from workers.context import Context
from workers.runner import run_next

NOTES: dict[str, Any] = {"channel": "note", "message": {"text": "text"}, "fields": {"external_id": "id"}}


def begin(context: Context, content: str, mapping: dict[str, Any] | None = None) -> ImportRow:
    """An import as intake makes it."""
    with context.blobs.begin() as writer:
        writer.write(content.encode())
        blob = writer.commit()
    with context.database.transaction() as session:
        row, _ = imports.begin(session, blob, mapping or NOTES, file_name="rows.csv")
    return row


def ended(context: Context, row: ImportRow) -> ImportRow:
    """The import after a worker went through all there is to do."""
    while run_next(context):
        pass
    with context.database.reading() as session:
        return imports.get(session, row.id)


def texts(context: Context) -> set[str]:
    """The ids of all interactions."""
    with context.database.reading() as session:
        found = interactions.find(session, filters=InteractionFilter(), limit=200).items
        return {row.external_id for row in found}


def test_rows_become_interactions_and_bad_ones_lines_of_the_report(context: Context) -> None:
    row = ended(context, begin(context, "id,text\n1,called back\n2\n3,sent a form\n1,another text\n"))
    assert (row.imported, row.existing, row.bad, row.reached) == (2, 0, 2, 5)
    assert row.finished_at is not None
    with context.database.reading() as session:
        bad = [(one.first_line, one.code) for one in imports.bad_rows(session, row.id)]
    assert bad == [(3, "wrong_columns"), (5, "external_id_conflict")]
    assert texts(context) == {"1", "3"}


def test_the_same_file_again_adds_nothing_and_the_file_is_not_kept(context: Context) -> None:
    content = "id,text\n1,called back\n2,sent a form\n"
    first = ended(context, begin(context, content))
    assert not context.blobs.exists(first.blob_key)
    again = ended(context, begin(context, content))
    assert (again.imported, again.existing, again.bad) == (0, 2, 0)


def test_a_long_file_lets_others_have_their_turn(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    monkeypatch.setattr(importing, "SLICE_SECONDS", -1.0)
    row = ended(context, begin(context, "id,text\n" + "".join(f"{n},note {n}\n" for n in range(7))))
    assert (row.imported, row.reached) == (7, 8)


def test_a_killed_worker_loses_and_doubles_nothing(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    kept = importing.entering.keep
    calls = iter(range(100))

    def dies(*given: Any) -> Any:
        if next(calls) == 3:
            raise RuntimeError("killed")
        return kept(*given)

    monkeypatch.setattr(importing.entering, "keep", dies)
    row = begin(context, "id,text\n" + "".join(f"{n},note {n}\n" for n in range(5)))
    run_next(context)
    with context.database.reading() as session:
        assert imports.get(session, row.id).reached == 3
    for _ in _until_done(context, row):
        run_next(context)
    with context.database.reading() as session:
        done = imports.get(session, row.id)
    assert (done.imported, done.existing, done.bad) == (5, 0, 0)
    assert texts(context) == {"0", "1", "2", "3", "4"}


def test_a_file_that_cannot_be_read_at_all_says_why(context: Context) -> None:
    row = ended(context, begin(context, "id,words\n1,a\n"))
    assert (row.failure_code, row.imported) == ("missing_column", 0)
    assert "text" in (row.failure_detail or "")
    assert row.finished_at is not None


def test_an_identifier_that_is_none_is_reported_by_its_line(context: Context) -> None:
    mapping = NOTES | {"fields": {"external_id": "id", "customer.phone": "phone"}}
    row = ended(context, begin(context, "id,phone,text\n1,call me,a\n2,+12025550101,b\n", mapping))
    with context.database.reading() as session:
        assert [one.code for one in imports.bad_rows(session, row.id)] == ["invalid_phone"]
    assert row.imported == 1


def _until_done(context: Context, row: ImportRow) -> Iterator[int]:
    for attempt in range(200):
        with context.database.reading() as session:
            if imports.get(session, row.id).finished_at is not None:
                return
        yield attempt
