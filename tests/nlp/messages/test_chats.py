"""Chats by author and as plain-text logs, surveys and posts, as they become messages."""

import json
from pathlib import Path
from typing import Any

import pytest

from nlp.errors import UnreadableMessage
from nlp.messages import read_messages
from nlp.messages.posts import post_text


def read(tmp_path: Path, **document: Any) -> list[tuple[str, str]]:
    path = tmp_path / "document.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return [(message.party.value, message.text) for message in read_messages(path)]


def seconds(tmp_path: Path, log: str) -> list[float | None]:
    """Of each message of a log, the seconds after the first."""
    path = tmp_path / "document.json"
    path.write_text(json.dumps({"channel": "chat", "log": log}), encoding="utf-8")
    times = [message.sent_at for message in read_messages(path)]
    begin = next((time for time in times if time), None)
    return [(time - begin).total_seconds() if time and begin else None for time in times]


def test_authors_are_told_by_the_document_by_words_and_by_who_is_left(tmp_path: Path) -> None:
    messages = [
        {"author": "Helper", "text": "Hi, how can I help?"},
        {"author": "Kim", "text": "Kim here."},
        {"author": "Shop Bot 2", "text": "Your number is 7."},
        {"author": "ada\u200f", "text": "Where is it?"},
        {"author": "Ada", "text": "I wait."},
    ]
    said = read(tmp_path, channel="chat", agent="KIM", authors={"Helper": "agent"}, messages=messages)
    assert [party for party, _ in said] == ["agent", "agent", "system", "customer", "customer"]


def test_two_authors_of_whom_nothing_is_known_stay_unknown(tmp_path: Path) -> None:
    messages = [{"author": "A", "text": "hi"}, {"author": "B", "text": "hello"}]
    assert {party for party, _ in read(tmp_path, channel="chat", messages=messages)} == {"unknown"}


def test_joining_is_the_systems_and_typing_is_left_out(tmp_path: Path) -> None:
    messages = [
        {"author": "Kim", "kind": "join"},
        {"party": "customer", "kind": "typing", "text": "Kim is typing"},
        {"party": "bot", "text": "Welcome"},
        {"party": "customer", "text": "Hi"},
    ]
    assert read(tmp_path, channel="chat", messages=messages) == [
        ("system", "(joined)"),
        ("system", "Welcome"),
        ("customer", "Hi"),
    ]


@pytest.mark.parametrize(
    "log",
    [
        "[10:32] Agent: Hello\n[10:33] Visitor 12: My bill\nis wrong",
        "Agent (10:32:11): Hello\nVisitor 12 (10:33:11): My bill\nis wrong",
        "10:32 Agent: Hello\r\n10:33 Visitor 12: My bill\r\nis wrong",
        "05/01/2026, 10:32 - Agent: Hello\n05/01/2026, 10:33 - Visitor 12: My bill\nis wrong",
        "[2026-01-05, 10:32:11] Agent: Hello\n[2026-01-05, 10:33:11] \u200eVisitor 12: My bill\nis wrong",
        "Agent: Hello\nVisitor 12: My bill\nis wrong",
        "Ügyintéző: Hello\nÜgyfél: My bill\nis wrong",
        "נציגה: Hello\nלקוח: My bill\nis wrong",
    ],
)
def test_logs_of_many_shapes(tmp_path: Path, log: str) -> None:
    assert read(tmp_path, channel="chat", log=log) == [("agent", "Hello"), ("customer", "My bill\nis wrong")]


def test_a_line_with_a_time_and_no_author_is_the_systems(tmp_path: Path) -> None:
    day = "12/31/26, 9:0"
    log = f"{day}0 PM - Messages are encrypted.\n{day}1 PM - Agent: Hi\n{day}2 PM - Jo: Hi"
    assert [party for party, _ in read(tmp_path, channel="chat", log=log)] == ["system", "agent", "customer"]


def test_a_clock_that_goes_back_means_the_next_day(tmp_path: Path) -> None:
    assert seconds(tmp_path, "[23:59] Agent: a\n[00:01] Jo: b\n") == [0.0, 120.0]
    assert seconds(tmp_path, "1/5/26, 11:59 PM - Agent: a\n1/25/26, 12:00 AM - Jo: b\n") == [0.0, 1641660.0]
    assert seconds(tmp_path, "Agent: a\nJo: b") == [None, None]


@pytest.mark.parametrize("log", ["", "no author here", "🙂🙂", "https://example.com: x\n" * 3])
def test_a_text_without_authors_is_no_log(tmp_path: Path, log: str) -> None:
    with pytest.raises(UnreadableMessage):
        read(tmp_path, channel="chat", log=log)


def test_of_a_survey_only_words_are_the_customers(tmp_path: Path) -> None:
    answers = [{"question": "Recommend?", "score": 3, "text": "Too slow"}, {"question": "Age?", "score": 40}]
    assert read(tmp_path, channel="survey", answers=answers) == [
        ("system", "Recommend?"),
        ("customer", "Too slow"),
    ]
    assert read(tmp_path, channel="survey", answers=[{"score": 3}]) == []


@pytest.mark.parametrize(
    ("post", "text"),
    [
        ("@shop @kim Late again, see https://example.com/a?b=1 #fail #angry", "Late again, see [link]"),
        ("My #parcel is late", "My parcel is late"),
        ("#fail #angry", "fail angry"),
        ("https://example.com", "[link]"),
        (".@shop: why?", "why?"),
        ("mail me at a@b.example", "mail me at a@b.example"),
    ],
)
def test_of_a_post_its_own_words_are_left(post: str, text: str) -> None:
    assert post_text(post) == text
