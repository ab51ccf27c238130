"""Texts by the line: each line has its answer in its place, a broken one an error."""

import io
import json
from collections.abc import Sequence
from typing import Any

import pytest

from nlp import batch
from nlp.facts import FactFinder
from nlp.sought import EVERYTHING, Sought
from nlp.transcript import Party, Transcript, Turn
from tests.nlp.analysis_fakes import WordEmotions, pipeline


class Reader:
    """Takes turns as they are."""

    def texts(self, turns: Sequence[tuple[Party, str]]) -> Transcript:
        """One turn each."""
        return Transcript("text", "1", tuple(Turn(*turn) for turn in turns), reliable=True)


def answers(*lines: str | bytes, emotions: WordEmotions | None = None) -> list[dict[str, Any]]:
    content = b"".join((line if isinstance(line, bytes) else line.encode()) + b"\n" for line in lines)
    found = batch.analyze_lines(io.BytesIO(content), Reader(), pipeline(emotions), FactFinder())
    return [json.loads(line) for answered in found for line in answered]


def test_one_document_a_line_with_its_id_in_order() -> None:
    found = answers(
        '{"id": "a", "text": "my parcel is late"}',
        '{"id": 7, "turns": [{"party": "agent", "text": "hi"}, '
        '{"party": "customer", "text": "I was charged"}]}',
    )
    assert [one["id"] for one in found] == ["a", 7]
    assert [one["call_reasons"][0]["name"] for one in found] == ["Late", "Charge"]
    assert found[1]["call_reasons"][0]["turn"] == 1
    assert [turn["party"] for turn in found[1]["turns"]] == ["agent", "customer"]


@pytest.mark.parametrize(
    ("line", "identity", "code"),
    [
        ("not json", None, "invalid_json"),
        ("", None, "invalid_json"),
        (b'{"id": 1, "text": "\xff"}', None, "invalid_json"),
        ("[" * 100_000, None, "invalid_json"),
        ("[1]", None, "invalid_line"),
        ("null", None, "invalid_line"),
        ('{"id": 1}', 1, "missing_text"),
        ('{"id": 1, "text": null}', 1, "invalid_text"),
        ('{"id": 1, "text": ["a"]}', 1, "invalid_text"),
        ('{"id": {}, "text": "a"}', None, "invalid_id"),
        ('{"id": true, "text": "a"}', None, "invalid_id"),
        ('{"id": 1.5, "text": "a"}', None, "invalid_id"),
        ('{"id": 1, "text": "a", "turns": []}', 1, "invalid_line"),
        ('{"id": "x", "turns": "a"}', "x", "invalid_turns"),
        ('{"id": "x", "turns": ["a"]}', "x", "invalid_turns"),
        ('{"id": "x", "turns": [{"party": "robot", "text": "a"}]}', "x", "unknown_party"),
        ('{"id": "x", "turns": [{"party": ["agent"], "text": "a"}]}', "x", "unknown_party"),
        ('{"id": "x", "turns": [{"party": "agent"}]}', "x", "missing_text"),
    ],
)
def test_a_broken_line_is_answered_in_its_place(
    line: str | bytes, identity: str | int | None, code: str
) -> None:
    first, second, third = answers('{"id": 1, "text": "late"}', line, '{"id": 3, "text": "lost"}')
    assert (second["id"], second["line"], second["error"]["code"]) == (identity, 2, code)
    assert set(second) == {"id", "line", "error"}
    assert (first["id"], third["id"]) == (1, 3)


def test_errors_repeat_nothing_of_the_line() -> None:
    (found,) = answers('{"id": 1, "turns": [{"party": "4111 1111 1111 1111", "text": "a"}]}')
    assert "4111" not in json.dumps(found)


def test_an_empty_text_is_no_error() -> None:
    (found,) = answers('{"id": 1, "text": ""}')
    assert found["no_reason"] == "no_text"


def test_a_line_without_id_is_answered_all_the_same() -> None:
    (found,) = answers('{"text": "it is late"}')
    assert found["id"] is None
    assert found["call_reasons"]


def test_half_signs_become_question_marks() -> None:
    (found,) = answers('{"id": "\\ud800", "text": "late \\udfff"}')
    assert (found["id"], found["turns"][0]["text"]) == ("?", "late ?")


def test_a_byte_order_mark_and_a_missing_last_line_end_do_no_harm() -> None:
    file = io.BytesIO(b'\xef\xbb\xbf{"id": 1, "text": "late"}\r\n{"id": 2, "text": "lost"}')
    found = [
        json.loads(line)
        for lines in batch.analyze_lines(file, Reader(), pipeline(), FactFinder())
        for line in lines
    ]
    assert [one["id"] for one in found] == [1, 2]


def test_nothing_in_nothing_out() -> None:
    assert answers() == []


def test_texts_are_read_in_batches_as_they_come() -> None:
    emotions = WordEmotions()
    lines = [f'{{"id": {number}, "text": "late {number}"}}' for number in range(600)]
    found = answers(*lines, emotions=emotions)
    assert [one["id"] for one in found] == list(range(600))
    assert [len(call) for call in emotions.calls] == [256, 256, 88]


def test_long_texts_fill_a_batch_sooner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "BATCH_BYTES", 100)
    emotions = WordEmotions()
    answers(*[f'{{"id": {number}, "text": "{"late " * 15}"}}' for number in range(4)], emotions=emotions)
    assert [len(call) for call in emotions.calls] == [2, 2]


def test_an_endless_line_is_skipped_without_being_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "LONGEST_LINE", 50)
    long = '{"id": 1, "text": "' + "late " * 100 + '"}'
    found = answers('{"id": 0, "text": "late"}', long, '{"id": 2, "text": "lost"}')
    assert [one.get("error", {}).get("code") for one in found] == [None, "line_too_long", None]
    assert [one["id"] for one in found] == [0, None, 2]
    assert found[1]["line"] == 2


@pytest.mark.parametrize(
    ("sought", "absent"),
    [
        (
            {Sought.EMOTION},
            {"call_reasons", "no_reason", "sentiment", "sentiment_by_party", "facts", "summary"},
        ),
        ({Sought.REASONS, Sought.FACTS}, {"emotions", "sentiment", "sentiment_by_party", "summary"}),
    ],
)
def test_what_is_not_sought_is_neither_computed_nor_there(sought: set[Sought], absent: set[str]) -> None:
    lines = b'{"id": 1, "text": "the joy that it is late"}\n'
    emotions = WordEmotions()

    def asked(kinds: frozenset[Sought]) -> dict[str, Any]:
        found = batch.analyze_lines(io.BytesIO(lines), Reader(), pipeline(emotions), FactFinder(), kinds)
        answer: dict[str, Any] = json.loads(next(found)[0])
        return answer

    everything, some = asked(EVERYTHING), asked(frozenset(sought))
    emotions_read = len(emotions.calls[-1])
    assert emotions_read == int(Sought.EMOTION in sought)
    assert set(everything) - set(some) == absent
    assert all(some[name] == everything[name] for name in some if name != "turns")
    assert set(everything["turns"][0]) - set(some["turns"][0]) == {"emotions", "sentiment"} & absent
