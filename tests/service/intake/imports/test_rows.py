"""Rows of CSV and JSON files, whole ones and broken ones."""

import io
from typing import Any

import pytest

from service.errors import InvalidInput
from service.intake.imports.drafts import Draft
from service.intake.imports.mapping import Mapping, example, parse_mapping
from service.intake.imports.reading import read_file
from service.intake.imports.rows import MOST_BYTES, BadRows
from service.intake.imports.text_lines import encoding_of
from service.intake.metadata import InvalidMetadata

NOTE: dict[str, Any] = {"channel": "note", "message": {"text": "text"}, "fields": {"external_id": "id"}}


def mapped(**changes: Any) -> Mapping:
    return Mapping.model_validate(NOTE | changes)


def read(
    content: str | bytes, mapping: Mapping | None = None, *, name: str = "rows.csv", after: int = 0
) -> list[tuple[int, int, str]]:
    """Of every row its lines and what became of it: the text, or the code."""
    raw = content.encode() if isinstance(content, str) else content
    found = read_file(io.BytesIO(raw), mapping or mapped(), name=name, after=after)
    return [(one.first, one.last, _outcome(one)) for one in found]


def _outcome(found: Draft | BadRows) -> str:
    return found.code if isinstance(found, BadRows) else str(found.document.text)


def test_each_row_is_a_note_with_its_lines() -> None:
    assert read('id,text\n1,hello\n\n2,"two\nlines, one cell"\n3,bye\n') == [
        (2, 2, "hello"),
        (4, 5, "two\nlines, one cell"),
        (6, 6, "bye"),
    ]


@pytest.mark.parametrize("sign", [";", "\t", "|"])
def test_the_delimiter_is_found_in_the_header(sign: str) -> None:
    assert read(f"id{sign}text\r\n1{sign}a, b\r\n") == [(2, 2, "a, b")]


def test_after_a_quotation_mark_left_open_it_goes_on_at_the_next_row() -> None:
    content = 'id,text\n1,good\n2,"never closed\n3,fine\n4,also "fine"\n5,"closed, and\n6,more\n7,end\n'
    assert read(content) == [
        (2, 2, "good"),
        (3, 3, "broken_quotes"),
        (4, 4, "fine"),
        (5, 5, 'also "fine"'),
        (6, 6, "broken_quotes"),
        (7, 7, "more"),
        (8, 8, "end"),
    ]


def test_lines_that_belong_to_a_broken_row_are_reported_with_it() -> None:
    assert read('id,text\n1,"open\nno columns\nnor here\n2,fine\n') == [
        (2, 4, "broken_quotes"),
        (5, 5, "fine"),
    ]


def test_rows_with_too_few_or_too_many_columns_are_reported_alone() -> None:
    assert read("id,text\n1\n2,a,b\n3,c,,\n4,d\n") == [
        (2, 2, "wrong_columns"),
        (3, 3, "wrong_columns"),
        (4, 4, "c"),
        (5, 5, "d"),
    ]


def test_a_row_of_more_than_a_mebibyte_and_one_without_text_are_reported() -> None:
    assert read(f"id,text\n1,{'x' * MOST_BYTES}\n2,\n3,fine\n") == [
        (2, 2, "row_too_long"),
        (3, 3, "no_text"),
        (4, 4, "fine"),
    ]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "áron ütötte"),
        ("utf-8-sig", "árvíztűrő"),
        ("utf-16", "árvíztűrő, שלום"),
        ("cp1250", "árvíztűrő tükörfúrógép, nagyon erős"),
        ("cp1252", "El pingüino señaló à côté"),
        ("cp1255", "שלום, ההזמנה שלי לא הגיעה"),
    ],
)
def test_the_encoding_is_found(encoding: str, text: str) -> None:
    content = f'id;text\n1;"{text}"\n'.encode(encoding)
    assert read(content, mapped(delimiter=";")) == [(2, 2, text)]


def test_a_few_broken_bytes_make_a_bad_row_and_no_other_encoding() -> None:
    good = "".join(f"{number},árvíztűrő\n" for number in range(20))
    content = f"id,text\n{good}".encode() + b"77,broken \xf5\n"
    assert encoding_of(io.BytesIO(content)) == "utf-8"
    assert [code for _, _, code in read(content)][-2:] == ["árvíztűrő", "wrong_encoding"]


def test_a_file_is_read_on_from_any_line() -> None:
    content = "id,text\n1,a\n2,b\n3,c\n"
    assert read(content, after=3) == [(4, 4, "c")]


@pytest.mark.parametrize(
    ("content", "changes", "code"),
    [
        ("", {}, "empty_file"),
        ("id,words\n1,a\n", {}, "missing_column"),
        ("id,text,text\n1,a,b\n", {}, "duplicate_column"),
        ("nothing", {"format": "json"}, "body_not_json"),
        ("{}", {"format": "json", "records": "a.b"}, "missing_column"),
    ],
)
def test_what_is_wrong_with_the_whole_file_is_said_before_any_row(
    content: str, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(InvalidInput) as raised:
        read(content, mapped(**changes))
    assert raised.value.code == code


def test_lines_of_json_are_rows_and_others_are_reported() -> None:
    content = '{"id": 1, "text": "a"}\n{broken\n\n[1]\n{"id": 2, "text": "b"}\n'
    assert read(content, name="rows.jsonl") == [
        (1, 1, "a"),
        (2, 2, "row_not_json"),
        (4, 4, "row_not_json"),
        (5, 5, "b"),
    ]


@pytest.mark.parametrize("kind", ["csv", "jsonl", "survey"])
def test_the_examples_are_mappings(kind: str) -> None:
    assert parse_mapping(example(kind).encode()).channel in ("chat", "survey")


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ('channel = "fax"', "channel"),
        ('channel = "note"', "body"),
        ('channel = "note"\ncolour = 1\n[message]\ntext = "t"', "colour"),
        ('channel = "note"\nzone = "Mars"\n[message]\ntext = "t"', "zone"),
        ('channel = "note"\n[message]\ntext = "t"\n[fields]\nmood = "m"', "fields.mood.[key]"),
    ],
)
def test_what_is_wrong_in_a_mapping_is_named(written: str, field: str) -> None:
    with pytest.raises(InvalidMetadata) as raised:
        parse_mapping(written.encode())
    assert raised.value.errors[0].field == field


@pytest.mark.parametrize("written", [b"\xff\xfe", b"[a", b"{", b"x" * 70_000])
def test_what_is_no_mapping_at_all_is_said(written: bytes) -> None:
    with pytest.raises(InvalidInput) as raised:
        parse_mapping(written)
    assert raised.value.code == "bad_mapping"
