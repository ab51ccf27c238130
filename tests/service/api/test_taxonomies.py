"""Taxonomies over HTTP: drafts guarded by ETags, changes with lineage, versions that stay."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from service.store import call_reasons
from tests.fakes import FakeTaxonomy
from tests.service.api.one_database import database_url
from tests.service.api.sent import bearer

__all__ = ["database_url"]

REASONS = [
    {"name": "billing", "description": "Bills."},
    {"name": "wrong charge", "parent": "billing"},
    {"name": "delivery"},
]


@pytest.fixture
def admin(anonymous: TestClient, make_key: Callable[..., str]) -> TestClient:
    """A caller who may do everything."""
    anonymous.headers.update(bearer(make_key("admin")))
    return anonymous


def put(client: TestClient, reasons: list[dict[str, Any]], name: str = "own", **headers: str) -> Any:
    return client.put(f"/v1/taxonomies/{name}", json={"reasons": reasons}, headers=headers)


def edit(client: TestClient, **fields: Any) -> Any:
    return client.post("/v1/taxonomies/own/edits", json=fields)


def test_a_draft_becomes_versions_that_say_what_they_changed(admin: TestClient) -> None:
    made = put(admin, REASONS)
    assert (made.status_code, made.json()["version"], made.json()["unpublished_changes"]) == (201, None, True)
    first = admin.post("/v1/taxonomies/own/publish").json()
    assert [one["kind"] for one in first["changes"]] == ["added"] * 3
    assert admin.post("/v1/taxonomies/own/publish").json()["code"] == "nothing_changed"

    assert edit(admin, action="change", reason="Delivery", name="parcels").status_code == 200
    assert edit(admin, action="add", reason="lost", parent="parcels", description="It is lost.").is_success
    parts = [{"name": "wrong charge"}, {"name": "charged twice", "description": "Twice."}]
    assert edit(admin, action="split", reason="wrong charge", parts=parts).is_success
    second = admin.post("/v1/taxonomies/own/publish").json()
    assert [(one["kind"], one["before"], one["after"]) for one in second["changes"]] == [
        ("split", ["wrong charge"], ["wrong charge", "charged twice"]),
        ("renamed", ["delivery"], ["parcels"]),
        ("added", [], ["lost"]),
    ]
    assert [one["version"] for one in admin.get("/v1/taxonomies/own/versions").json()["items"]] == [2, 1]
    assert [one["name"] for one in admin.get("/v1/taxonomies/OWN").json()["reasons"]] == [
        "billing",
        "wrong charge",
        "charged twice",
        "parcels",
        "lost",
    ]


def test_a_change_by_somebody_else_is_not_overwritten(admin: TestClient) -> None:
    tag = put(admin, REASONS).headers["ETag"]
    assert edit(admin, action="retire", reason="delivery").is_success
    refused = put(admin, REASONS, **{"If-Match": tag})
    assert (refused.status_code, refused.json()["code"]) == (412, "changed_meanwhile")
    for method, path in (("POST", "publish"), ("POST", "edits"), ("DELETE", "")):
        answer = admin.request(
            method,
            f"/v1/taxonomies/own/{path}".rstrip("/"),
            headers={"If-Match": tag},
            json={"action": "retire", "reason": "billing"} if path == "edits" else None,
        )
        assert answer.status_code == 412, path
    assert admin.delete("/v1/taxonomies/own").status_code == 204
    assert admin.get("/v1/taxonomies/own").json()["code"] == "taxonomy_not_found"


@pytest.mark.parametrize(
    ("reasons", "field", "code"),
    [
        ([{"name": "a"}, {"name": " A "}], "reasons.1.name", "duplicate_reason"),
        ([{"name": " "}], "reasons.0.name", "empty_name"),
        (
            [{"name": "a"}, {"name": "b", "parent": "a"}, {"name": "c", "parent": "b"}],
            "reasons.2.parent",
            "too_deep",
        ),
        ([{"name": "a", "comes_from": ["x"]}], "reasons.0.comes_from", "unknown_reason"),
        ([{"name": "a", "colour": "red"}], "reasons.0.colour", "unknown_field"),
    ],
)
def test_what_is_wrong_is_told_by_reason(
    admin: TestClient, reasons: list[dict[str, Any]], field: str, code: str
) -> None:
    answer = put(admin, reasons)
    assert answer.status_code == 422
    assert [(one["field"], one["code"]) for one in answer.json()["errors"]] == [(field, code)]


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"action": "change", "reason": "nowhere", "name": "x"}, 404, "reason_not_found"),
        ({"action": "change", "reason": "delivery", "name": "BILLING"}, 422, "duplicate_reason"),
        ({"action": "merge", "reasons": ["billing"], "name": "x"}, 422, "bad_merge"),
        ({"action": "merge", "reasons": ["billing", "wrong charge"], "name": "x"}, 422, "bad_merge"),
        ({"action": "split", "reason": "billing", "parts": [{"name": "x"}]}, 422, "bad_split"),
        ({"action": "move", "reason": "billing", "parent": "delivery"}, 422, "too_deep"),
        ({"action": "add", "reason": "x", "parent": "wrong charge"}, 422, "too_deep"),
        ({"action": "burn", "reason": "x"}, 422, "invalid_field"),
    ],
)
def test_a_change_that_cannot_be_made_changes_nothing(
    admin: TestClient, fields: dict[str, Any], status: int, code: str
) -> None:
    before = put(admin, REASONS)
    answer = edit(admin, **fields)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert admin.get("/v1/taxonomies/own").headers["ETag"] == before.headers["ETag"]


def test_the_shipped_taxonomy_is_copied_and_its_name_is_taken(admin: TestClient, app: FastAPI) -> None:
    assert admin.post("/v1/taxonomies/own/copy", json={}).json()["code"] == "taxonomy_not_found"
    with app.state.database.transaction() as session:
        shipped = FakeTaxonomy()
        call_reasons.replace_taxonomy(session, shipped.name, shipped.version, shipped.reasons)
    copied = admin.post("/v1/taxonomies/own/copy", json={})
    assert (copied.status_code, copied.json()["based_on"]) == (201, "fake 1")
    assert [one["comes_from"] for one in copied.json()["reasons"]] == [
        [reason.name] for reason in shipped.reasons
    ]
    assert admin.post("/v1/taxonomies/own/publish").json()["changes"] == []
    assert put(admin, REASONS, name="FAKE").json()["code"] == "taxonomy_exists"
    assert admin.post("/v1/taxonomies/own/copy", json={}).json()["code"] == "taxonomy_exists"
    assert admin.post("/v1/taxonomies/again/copy", json={"of": "own"}).json()["based_on"] == "own 1"
