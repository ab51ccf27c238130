"""Labelled texts as people export them: other separators, encodings, quotes; bad rows told by line."""

from pathlib import Path

import pytest

from nlp.errors import BadExamples
from nlp.training.example_files import LONGEST_TEXT, ReadExamples, read_examples


def _read(tmp_path: Path, content: bytes | str, name: str = "examples.csv") -> ReadExamples:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_examples(path)


def _pairs(read: ReadExamples) -> list[tuple[str, str, int | None]]:
    return [(one.text, one.label, one.line) for one in read.examples]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("header", ["text{}label", "Category{}Utterance", "id{}text{}intent"])
def test_separators_and_names_of_columns_are_found_out(tmp_path: Path, separator: str, header: str) -> None:
    names = header.format(*[separator] * 2).split(separator)
    values = ["late" if name in ("text", "Utterance") else "Parcel" for name in names]
    read = _read(tmp_path, f"{separator.join(names)}\r\n{separator.join(values)}\r\n")
    assert _pairs(read) == [("late", "Parcel", 2)]


def test_a_quoted_text_may_have_separators_quotes_and_lines(tmp_path: Path) -> None:
    read = _read(tmp_path, 'text,label\n"he said ""no"", twice\nand left",Refund\nlate,Parcel\n')
    assert _pairs(read) == [('he said "no", twice\nand left', "Refund", 2), ("late", "Parcel", 4)]


def test_a_broken_quote_costs_its_own_line_alone(tmp_path: Path) -> None:
    read = _read(tmp_path, 'text,label\n"open,Refund\nlate,Parcel\n"x, y",Refund\n"a"b,Refund\nz,Parcel')
    assert [line for _, _, line in _pairs(read)] == [3, 4, 6]
    assert [(row.line, row.code) for row in read.bad_rows] == [(2, "broken_quotes"), (5, "broken_quotes")]


def test_a_row_with_too_many_or_too_few_columns_or_no_text_is_told(tmp_path: Path) -> None:
    read = _read(tmp_path, "text,label\na,b,c\nlonely\n,Refund\n\nlate,Parcel\nhello,\n")
    assert _pairs(read) == [("late", "Parcel", 6), ("hello", "", 7)]
    assert [(row.line, row.code) for row in read.bad_rows] == [
        (2, "wrong_columns"),
        (3, "wrong_columns"),
        (4, "no_text"),
    ]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "késik, שלום 🙂"),
        ("utf-8-sig", "késik"),
        ("utf-16", "késik שלום"),
        ("utf-16-le", "késik a csomag"),
        ("utf-16-be", "késik a csomag"),
        ("cp1250", "nem működik a bővítő"),
        ("cp1250", "Żółta przesyłka się spóźnia"),
        ("cp1252", "où est mon colis, señor? Größe Ärger naïve"),
        ("cp1252", "não é possível, cartões"),
    ],
)
def test_encodings_are_told_apart(tmp_path: Path, encoding: str, text: str) -> None:
    assert _pairs(_read(tmp_path, f'text,label\n"{text}",A\n'.encode(encoding)))[0][0] == text


def test_a_megabyte_in_one_text_is_cut_and_emoji_are_text(tmp_path: Path) -> None:
    read = _read(tmp_path, "text,label\n" + "word " * 200_000 + ",A\n🙂🙂,B\n")
    assert len(read.examples[0].text) <= LONGEST_TEXT
    assert read.examples[1].text == "🙂🙂"


@pytest.mark.parametrize("content", ["", "\n\n", "hello,there\nworld,again\n", "\x00\xff", "text\nlate\n"])
def test_a_file_that_names_no_columns_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(BadExamples, match="no_columns"):
        _read(tmp_path, content)


def test_a_file_without_a_usable_row_is_refused_with_the_first_fault(tmp_path: Path) -> None:
    with pytest.raises(BadExamples, match="no_examples") as raised:
        _read(tmp_path, "text,label\nmy pin is 1234,x,y\n")
    assert "line 2" in raised.value.detail
    assert "1234" not in raised.value.detail


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadExamples, match="no_such_file"):
        read_examples(tmp_path / "absent.csv")


def test_json_lines_may_hold_whole_conversations(tmp_path: Path) -> None:
    turns = '[{"party":"agent","text":"hello"},{"party":"customer","text":"it is\\nlate"}]'
    lines = f'{{"turns":{turns},"label":"Parcel"}}\n{{"text":"x","intent":"y"}}\n[]\n{{"text":1}}\n{{oops\n'
    read = _read(tmp_path, lines, "examples.jsonl")
    assert _pairs(read) == [("agent: hello\ncustomer: it is late", "Parcel", 1), ("x", "y", 2)]
    assert [row.line for row in read.bad_rows] == [3, 4, 5]
