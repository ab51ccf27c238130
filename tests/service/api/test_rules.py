"""Rules over HTTP: saved, refused, tried before they are saved, marked, listed."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.service.api.one_database import database_url
from tests.service.api.sent import bearer
from tests.service.rule_archive import add_call

__all__ = ["database_url"]

CANCEL = {"rule": 'customer says "cancel*" and channel is voice'}


@pytest.fixture
def admin(client: TestClient, make_key: Callable[..., str]) -> dict[str, str]:
    """The header of a key that may change rules."""
    return bearer(make_key("admin"))


@pytest.fixture
def calls(app: FastAPI) -> list[UUID]:
    """Three calls that speak of cancelling, two that do not; the disposition says which."""
    texts = ("please cancel it", "I am cancelling", "thank you", "cancel that", "what about my parcel")
    with app.state.database.transaction() as session:
        return [
            add_call(
                session,
                text,
                number=number,
                queue="Sales" if number < 3 else "Care",
                disposition="cancel" if "cancel" in text and number < 3 else "other",
                reliable=number != 3,
            )
            for number, text in enumerate(texts)
        ]


def tried(client: TestClient, rule: str, **asked: Any) -> dict[str, Any]:
    """A dry run's answer."""
    answer = client.post("/v1/rules/dry-run", json={"rule": rule, **asked})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_rule_is_saved_read_changed_and_forgotten(client: TestClient, admin: dict[str, str]) -> None:
    made = client.put("/v1/rules/cancels", json=CANCEL, headers=admin)
    assert (made.status_code, made.json()["version"], made.json()["owner"]) == (201, 1, "test")
    assert made.json()["rule"] == 'customer says "cancel*" and channel is "voice"'
    again = client.put("/v1/rules/cancels", json={"tree": made.json()["tree"]}, headers=admin)
    assert (again.status_code, again.json()["version"]) == (200, 1)
    stale = {**admin, "If-Match": '"old"'}
    assert client.put("/v1/rules/cancels", json={"rule": "duration > 1m"}, headers=stale).status_code == 412
    current = {**admin, "If-Match": made.headers["ETag"]}
    changed = client.put("/v1/rules/cancels", json={"rule": "duration > 1m"}, headers=current)
    assert changed.json()["version"] == 2
    off = client.put("/v1/rules/cancels", json={"rule": "duration > 1m", "enabled": False}, headers=admin)
    assert (off.json()["version"], off.json()["enabled"]) == (2, False)
    assert off.headers["ETag"] != changed.headers["ETag"]
    versions = client.get("/v1/rules/cancels/versions").json()["items"]
    assert [one["version"] for one in versions] == [2, 1]
    assert client.delete("/v1/rules/cancels", headers=admin).status_code == 204
    assert client.get("/v1/rules/cancels").json()["code"] == "rule_not_found"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "ambiguous_content"),
        ({"rule": ""}, "bad_rule"),
        ({"rule": "channel is voice", "tree": {"kind": "rule", "name": "x"}}, "ambiguous_content"),
        ({"rule": 'customer says regex "("'}, "bad_rule"),
        ({"rule": "channel is voice and channel is email"}, "contradictory_rule"),
        ({"rule": 'rule "me"'}, "cyclic_rules"),
        ({"rule": 'rule "nobody"'}, "unknown_rule"),
        ({"rule": " or ".join(["channel is voice"] * 51)}, "rule_too_large"),
        ({"tree": {"any": []}}, "invalid_field"),
        ({"tree": {"kind": "says", "text": "a b", "volume": 3}}, "unknown_field"),
        ({"tree": {"kind": "dances"}}, "invalid_field"),
        ({"rule": "channel is voice", "colour": "red"}, "unknown_field"),
        ({"rule": "x" * 20_000}, "invalid_field"),
    ],
)
def test_a_bad_rule_is_refused(
    client: TestClient, admin: dict[str, str], body: dict[str, Any], code: str
) -> None:
    answer = client.put("/v1/rules/me", json=body, headers=admin)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_a_megabyte_and_a_thousand_levels_are_refused(client: TestClient, admin: dict[str, str]) -> None:
    headers = {**admin, "Content-Type": "application/json"}
    large = client.put("/v1/rules/a", content='{"rule": "' + "x" * 2**20 + '"}', headers=headers)
    assert large.status_code == 413
    deep = '{"tree": ' + '{"all": [' * 1000 + '{"kind": "rule", "name": "b"}' + "]}" * 1000 + "}"
    assert client.put("/v1/rules/a", content=deep, headers=headers).status_code == 422


def test_circles_almost_equal_names_and_rules_in_use_are_refused(
    client: TestClient, admin: dict[str, str]
) -> None:
    assert client.put("/v1/rules/First", json={"rule": "duration > 1m"}, headers=admin).status_code == 201
    uses = client.put("/v1/rules/second", json={"rule": 'rule "First"'}, headers=admin)
    assert uses.status_code == 201
    circle = client.put("/v1/rules/First", json={"rule": 'rule "second"'}, headers=admin)
    assert circle.json()["code"] == "cyclic_rules"
    almost = client.put("/v1/rules/fi\u200brst", json={"rule": "duration > 1m"}, headers=admin)
    assert (almost.status_code, almost.json()["code"]) == (409, "name_taken")
    assert client.delete("/v1/rules/First", headers=admin).json()["code"] == "rule_in_use"


def test_what_is_odd_is_saved_with_a_warning(
    client: TestClient, admin: dict[str, str], calls: list[UUID]
) -> None:
    rule = 'queue is "sales" or queue is not "sales" or customer feels ennui or finds list "x"'
    warnings = client.put("/v1/rules/odd", json={"rule": rule}, headers=admin).json()["warnings"]
    assert [one["code"] for one in warnings] == [
        "always_matches",
        "unknown_value",
        "unknown_value",
        "unknown_emotion",
        "unknown_phrase_list",
    ]
    assert warnings[1]["detail"] == "No interaction has the queue 'sales'. Did you mean 'Sales'?"


def test_a_dry_run_says_how_many_which_ones_and_where(client: TestClient, calls: list[UUID]) -> None:
    found = tried(client, 'customer says "cancel*"')
    counts = found["counts"]
    assert (counts["seen"], counts["matched"], counts["not_matched"], counts["not_evaluated"]) == (5, 2, 2, 1)
    assert counts["not_evaluated_by"] == {"unreliable_transcript": 1}
    assert found["complete"]
    assert [one["interaction_id"] for one in found["items"]] == [str(calls[1]), str(calls[0])]
    (place,) = found["items"][1]["places"]
    assert (place["text"], place["turn"], place["start_ms"], place["party"]) == (
        "cancel",
        1,
        2000,
        "customer",
    )
    assert counts["newly_matched"] == 0
    assert client.get("/v1/rules").json()["items"] == []


def test_a_dry_run_stands_beside_labels(client: TestClient, calls: list[UUID]) -> None:
    rule = 'customer says "cancel" and queue is "Sales"'
    figures = tried(client, rule, against='disposition is "cancel"')["counts"]["figures"]
    assert (figures["labelled"], figures["positives"]) == (5, 2)
    assert (figures["precision"]["value"], figures["recall"]["value"]) == (1.0, 0.5)
    assert 0 < figures["recall"]["low"] < 0.5 < figures["recall"]["high"] < 1
    wrong = client.post("/v1/rules/dry-run", json={"rule": rule, "against": "duration > 1m"})
    assert wrong.json()["code"] == "bad_label"


def test_what_the_metadata_rules_out_counts_like_the_rest(client: TestClient, calls: list[UUID]) -> None:
    counts = tried(client, 'customer says "cancel*" and queue is "Sales"')["counts"]
    assert (counts["seen"], counts["matched"], counts["not_matched"]) == (5, 2, 3)


def test_a_list_goes_on_with_its_cursor(client: TestClient, calls: list[UUID]) -> None:
    seen = []
    page: dict[str, Any] = {"next_cursor": None}
    while True:
        page = tried(client, "duration > 1s", limit=2, cursor=page["next_cursor"])
        seen += [one["interaction_id"] for one in page["items"]]
        if page["next_cursor"] is None:
            break
    assert seen == [str(key) for key in reversed(calls)]


def test_marks_feed_the_figures(client: TestClient, admin: dict[str, str], calls: list[UUID]) -> None:
    client.put("/v1/rules/cancels", json=CANCEL, headers=admin)
    for key, should in ((calls[0], True), (calls[1], False), (calls[4], True)):
        said = client.put(f"/v1/rules/cancels/marks/{key}", json={"should_match": should})
        assert said.status_code == 204
    figures = tried(client, CANCEL["rule"], name="cancels")["counts"]["figures"]
    assert (figures["labelled"], figures["precision"]["value"], figures["recall"]["value"]) == (3, 0.5, 0.5)
    assert client.delete(f"/v1/rules/cancels/marks/{calls[4]}").status_code == 204
    assert client.delete(f"/v1/rules/cancels/marks/{calls[4]}").status_code == 404
    assert (
        client.put(f"/v1/rules/cancels/marks/{UUID(int=1)}", json={"should_match": True}).status_code == 404
    )
