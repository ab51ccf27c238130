"""Rows become interactions: grouped, with times of a zone, words mapped, survey scores apart."""

import io
import json
from typing import Any

from service.intake.imports.drafts import Draft
from service.intake.imports.mapping import Mapping
from service.intake.imports.reading import read_file
from service.intake.imports.rows import BadRows

CHAT: dict[str, Any] = {
    "channel": "chat",
    "group_by": "chat",
    "zone": "Europe/Budapest",
    "times": ["%Y.%m.%d %H:%M"],
    "constants": {"source": "web"},
    "fields": {"agent": "agent", "customer.email": "mail", "attributes.site": "site"},
    "message": {"text": "text", "party": "who", "sent_at": "time"},
    "values": {"party": {"A": "agent", "C": "customer", "*": "system"}},
}
HEAD = "chat,who,text,time,agent,mail,site\n"


def read(content: str, mapping: dict[str, Any], name: str = "rows.csv") -> list[Draft | BadRows]:
    return list(read_file(io.BytesIO(content.encode()), Mapping.model_validate(mapping), name=name))


def fields(found: Draft | BadRows) -> dict[str, Any]:
    assert isinstance(found, Draft), found
    return dict(json.loads(found.content))


def test_rows_with_the_same_id_are_one_conversation() -> None:
    rows = "7,C,Where is it?,2026.03.02 10:00,,ada@example.com,Pécs\n7,a,On its way.,2026.03.02 10:01,Kim,,\n"
    found = read(HEAD + rows + "7,X,left,2026.03.02 10:02,,,\n8,C,Hello,2026.03.02 11:00,,,\n", CHAT)
    first = fields(found[0])
    assert [(one["party"], one["text"]) for one in first["messages"]] == [
        ("customer", "Where is it?"),
        ("agent", "On its way."),
        ("system", "left"),
    ]
    assert first["messages"][0]["sent_at"] == "2026-03-02T09:00:00+00:00"
    assert (first["external_id"], first["agent"], first["source"]) == ("7", "Kim", "web")
    assert (first["customer"], first["attributes"]) == ({"email": "ada@example.com"}, {"site": "Pécs"})
    assert (found[0].first, found[0].last, found[1].first) == (2, 4, 5)


def test_a_bad_value_refuses_its_whole_conversation_and_names_its_line() -> None:
    found = read(HEAD + "7,C,a,2026.03.02 10:00,,,\n7,C,b,yesterday,,,\n8,C,c,2026.03.02 11:00,,,\n", CHAT)
    bad = found[0]
    assert isinstance(bad, BadRows)
    assert (bad.first, bad.last, bad.code) == (2, 3, "invalid_time")
    assert "Line 3" in bad.detail
    assert "yesterday" not in bad.detail
    assert fields(found[1])["external_id"] == "8"


def test_a_row_without_the_id_that_groups_is_reported() -> None:
    found = read(HEAD + ",C,a,2026.03.02 10:00,,,\n8,C,c,2026.03.02 11:00,,,\n", CHAT)
    assert [one.code if isinstance(one, BadRows) else "taken" for one in found] == ["missing_id", "taken"]


def test_what_is_said_of_a_bad_row_holds_nothing_of_it() -> None:
    secret = "4111111111111111"
    for row in (f"7,C,{secret},{secret},,,\n", f"7,{secret}\n", f'7,C,"{secret},,,,\n'):
        found = read(HEAD + row, CHAT)
        assert all(secret not in f"{one}" for one in found if isinstance(one, BadRows))


def test_survey_scores_are_attributes_and_only_words_are_text() -> None:
    mapping = {
        "channel": "survey",
        "fields": {"external_id": "id"},
        "answers": [
            {"name": "nps", "question": "Recommend?", "score": "nps", "text": "why"},
            {"question": "Better?", "text": "better"},
        ],
    }
    found = read('id,nps,why,better\n1,9,Quick,\n2,"7,5",,Prices\n3,,,\n4,nine,,\n', mapping)
    assert fields(found[0])["answers"] == [
        {"name": "nps", "question": "Recommend?", "score": 9.0, "text": "Quick"}
    ]
    assert isinstance(found[0], Draft)
    assert found[0].document.metadata().attributes == {"nps": 9}
    assert isinstance(found[1], Draft)
    assert found[1].document.metadata().attributes == {"nps": 7.5}
    assert [one.code for one in found if isinstance(one, BadRows)] == ["no_text", "invalid_score"]


def test_messages_within_a_json_record_take_their_times_from_its_beginning() -> None:
    mapping = {
        "channel": "chat",
        "times": ["epoch_ms"],
        "fields": {"external_id": "sid", "started_at": "began"},
        "message": {"list": "said", "text": "words.0", "party": "role", "offset_ms": "at"},
        "values": {"party": {"caller": "customer"}},
    }
    record = {
        "sid": "s1",
        "began": 1591056783191,
        "said": [{"words": ["hello"], "role": "caller", "at": 1500}, {"words": [""], "role": "agent"}],
    }
    found = fields(read(json.dumps([record]), mapping, "rows.json")[0])
    assert found["messages"] == [
        {"party": "customer", "text": "hello", "sent_at": "2020-06-02T00:13:04.691000+00:00"}
    ]


def test_a_post_keeps_where_it_stands() -> None:
    mapping = {
        "channel": "social",
        "constants": {"platform": "x"},
        "fields": {"external_id": "id", "handle": "who", "reply_to": "to"},
        "message": {"text": "text"},
    }
    found = read("id,who,to,text\n1,@ada,,Late again #Delay https://example.com/1\n", mapping)[0]
    assert isinstance(found, Draft)
    assert found.document.metadata().attributes == {"platform": "x", "handle": "@ada", "hashtags": "delay"}
