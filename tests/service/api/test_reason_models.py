"""Examples, training, activation and re-runs over HTTP; nothing is worked on."""

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from service.store import call_reasons, reason_models
from tests.fakes import FakeTaxonomy
from tests.service.api.one_database import database_url
from tests.service.api.sent import bearer

__all__ = ["database_url"]


@pytest.fixture
def admin(anonymous: TestClient, make_key: Callable[..., str], app: FastAPI) -> TestClient:
    """A caller who may do everything, with a taxonomy that is published."""
    with app.state.database.transaction() as session:
        known = FakeTaxonomy()
        call_reasons.replace_taxonomy(session, known.name, known.version, known.reasons)
    anonymous.headers.update(bearer(make_key("admin")))
    reasons = {"reasons": [{"name": "billing"}, {"name": "delivery"}]}
    assert anonymous.put("/v1/taxonomies/own", json=reasons).status_code == 201
    assert anonymous.post("/v1/taxonomies/own/publish").status_code == 201
    return anonymous


def test_examples_are_taken_and_bad_rows_told(admin: TestClient) -> None:
    content = "text,label\nmy bill,billing\nmy dog,pets\n"
    sent = admin.post("/v1/taxonomies/own/examples", content=content, headers={"Content-Type": "text/csv"})
    assert (sent.status_code, sent.json()["accepted"]) == (202, 1)
    assert [(bad["line"], bad["code"]) for bad in sent.json()["bad_rows"]] == [(3, "unknown_reason")]
    assert admin.get(sent.headers["Location"]).json()["state"] == "queued"
    assert admin.get("/v1/taxonomies/own/examples").json()["items"] == []
    body = {"examples": [{"text": "my bill", "label": "billing"}]}
    assert admin.post("/v1/taxonomies/own/examples", json=body).json()["accepted"] == 1
    refused = admin.post("/v1/taxonomies/own/examples", content=b"x", headers={"Content-Type": "text/csv"})
    assert (refused.status_code, refused.json()["code"]) == (422, "no_columns")


def test_what_was_sent_goes_with_the_taxonomy(admin: TestClient, app: FastAPI) -> None:
    body = {"examples": [{"text": "my card 4111 1111 1111 1111", "label": "billing"}]}
    assert admin.post("/v1/taxonomies/own/examples", json=body).status_code == 202
    assert admin.delete("/v1/taxonomies/own").status_code == 204
    assert not [one for one in app.state.settings.blobs_dir.rglob("*") if one.is_file()]


def test_training_is_a_job_and_wants_what_is_published(admin: TestClient) -> None:
    begun = admin.post("/v1/taxonomies/own/train")
    assert (begun.status_code, begun.json()["state"], begun.json()["number"]) == (202, "queued", 1)
    assert admin.get(begun.headers["Location"]).headers["Retry-After"] == "2"
    refused = admin.post("/v1/taxonomies/own/models/1/activate")
    assert (refused.status_code, refused.json()["code"]) == (409, "not_trained")
    assert admin.get("/v1/taxonomies/own/models/2").json()["code"] == "model_not_found"
    admin.post("/v1/taxonomies/own/edits", json={"action": "add", "reason": "praise"})
    assert admin.post("/v1/taxonomies/own/train").json()["code"] == "unpublished_changes"


def test_a_taxonomy_in_use_is_not_deleted(admin: TestClient, app: FastAPI) -> None:
    admin.post("/v1/taxonomies/own/train")
    with app.state.database.transaction() as session:
        model = reason_models.get(session, "own", 1)
        reason_models.record(session, model.id, digest="0" * 64, report={}, examples=0, corrections=0)
    assert admin.post("/v1/taxonomies/own/models/1/activate").json()["in_use"] is True
    assert admin.get("/v1/call-reasons").json()["taxonomy"] == "own"
    assert admin.delete("/v1/taxonomies/own").json()["code"] == "taxonomy_in_use"
    assert admin.post("/v1/call-reasons/shipped/activate").status_code == 204
    assert admin.post("/v1/call-reasons/shipped/activate").json()["code"] == "shipped_in_use"
    assert admin.get("/v1/call-reasons").json()["taxonomy"] == "fake"
    assert admin.delete("/v1/taxonomies/own").status_code == 204


def test_a_re_run_counts_only_unless_it_is_told_to_write(admin: TestClient) -> None:
    begun = admin.post("/v1/call-reasons/reruns", json={"first": "2026-01-01"})
    assert (begun.status_code, begun.json()["dry_run"], begun.json()["run"]["total"]) == (202, True, 0)
    found = admin.get(begun.headers["Location"]).json()
    assert (found["run"]["kind"], found["reasons"], found["changes"]) == ("find_reasons", [], [])
    assert admin.get(f"/v1/archive-runs/{found['run']['id']}").status_code == 200
