"""Examples as people send them: whatever is usable is taken, the rest told by line."""

import pytest

from service.errors import InvalidInput
from service.intake.reason_examples import read_csv, read_json

KNOWN = {"refund": "Refund", "lost parcel": "Lost parcel"}


def test_good_rows_are_taken_and_bad_ones_told_by_line() -> None:
    rows = [
        "text,label",
        "I want my money,REFUND",
        "gone,nowhere",
        '"broken, refund',
        "one column",
        " ,refund",
        "",
        '"two\nlines",lost  parcel',
    ]
    given = read_csv("\n".join(rows).encode(), KNOWN)
    assert [(one.text, one.reason) for one in given.examples] == [
        ("I want my money", "Refund"),
        ("two\nlines", "Lost parcel"),
    ]
    assert [(bad.line, bad.code) for bad in given.bad_rows] == [
        (3, "unknown_reason"),
        (4, "broken_quotes"),
        (5, "wrong_columns"),
        (6, "no_text"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_every_usual_encoding_and_separator_is_read(encoding: str, separator: str) -> None:
    text = f"id{separator}utterance{separator}intent\n1{separator}l'été{separator}refund\n"
    assert read_csv(text.encode(encoding), KNOWN).examples[0].text == "l'été"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "no_columns"),
        (b"a,b\n1,2\n", "no_columns"),
        (b"text,label\n", "no_examples"),
        (b"text,label\nx,y\n", "no_examples"),
        ("😀,😀\n".encode(), "no_columns"),
        (b"\x00" * 1000, "no_columns"),
    ],
)
def test_a_file_without_any_example_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_csv(content, KNOWN)
    assert refused.value.code == code


def test_a_megabyte_in_one_line_is_cut() -> None:
    given = read_csv(b"text,label\n" + b"x" * 100_000 + b",refund\n", KNOWN)
    assert len(given.examples[0].text) == 5000


def test_json_rows_count_from_one() -> None:
    given = read_json(b'{"examples": [{"text": "a", "label": "refund"}, 7, {"text": "b"}]}', KNOWN)
    assert [one.text for one in given.examples] == ["a"]
    assert [bad.line for bad in given.bad_rows] == [2, 3]
    with pytest.raises(InvalidInput):
        read_json(b'{"examples": 1}', KNOWN)
