"""Reasons that a user owns, from the API to the trend, through a real worker with the real models."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.app import create_app
from service.settings import Settings
from service.store import keys
from tests.workers.processes import ROOT, end, eventually

pytestmark = pytest.mark.slow

WARRANTY = (
    "the guarantee covers this repair",
    "is my washing machine under warranty",
    "warranty claim please",
)
WARRANTY += ("repair it under the guarantee", "my two year warranty should cover it", "I claim the warranty")
PARCEL = ("where is my parcel", "the package is late", "my delivery never came", "the courier lost my order")
PARCEL += ("still waiting for the parcel", "track my delivery")
DAYS = {"first": "2026-03-01", "last": "2026-03-31"}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """A caller who may do everything, and one worker that is never restarted."""
    settings = Settings(data_dir=tmp_path, broker="none")
    app = create_app(settings)
    app.state.database.migrate()
    with app.state.database.transaction() as session:
        _, token = keys.create(session, "Kim", keys.SCOPES)
    known = {"OVERTONE_DATA_DIR": str(tmp_path), "OVERTONE_BROKER": "none", "OVERTONE_POLL_SECONDS": "0.2"}
    with (tmp_path / "worker.log").open("ab") as log:
        command = [sys.executable, "-m", "workers", "text"]
        environment = {**os.environ, **known, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        with TestClient(app, headers={"Authorization": f"Bearer {token}"}) as client:
            ready = eventually(lambda: client.get("/v1/call-reasons").json()["reasons"], seconds=90)
            assert ready, (tmp_path / "worker.log").read_text("utf-8")[-2000:]
            yield client
    finally:
        end(process)


def done(client: TestClient, place: str) -> dict[str, Any]:
    """What is at an address once the work behind it is done."""

    def state() -> str:
        body = client.get(place).json()
        return str(body.get("state") or body["run"]["state"])

    assert eventually(lambda: state() in ("done", "failed"), seconds=60), place
    assert state() == "done", client.get(place).json()
    return client.get(place).json()  # type: ignore[no-any-return]


def say(client: TestClient, text: str, day: int) -> str:
    """A chat; the address of its interaction once it is analysed."""
    sent = client.post(
        "/v1/messages",
        json={
            "channel": "chat",
            "external_id": f"{day}-{text}",
            "started_at": f"2026-03-{day:02}T10:00:00Z",
            "messages": [{"party": "customer", "text": text}],
        },
    )
    task = done(client, sent.headers["Location"])
    return f"/v1/interactions/{task['interaction_id']}"


def reason(client: TestClient, place: str) -> str | None:
    found = client.get(f"{place}/analysis").json()["call_reasons"]
    return next((one["name"] for one in found if one["primary"]), None)


def train(client: TestClient) -> int:
    model = done(client, client.post("/v1/taxonomies/shop/train").headers["Location"])
    assert model["sha256"]
    return int(model["number"])


def test_own_reasons_from_examples_to_one_line_across_a_change(client: TestClient) -> None:
    old = say(client, "My washing machine broke, it is still under warranty", 3)
    reasons = [
        {"name": "warranty", "description": "The customer asks for a repair under warranty."},
        {"name": "delivery", "description": "The customer asks where a parcel is."},
    ]
    assert client.put("/v1/taxonomies/shop", json={"reasons": reasons}).status_code == 201
    examples = [{"text": text, "label": "warranty"} for text in WARRANTY]
    examples += [{"text": text, "label": "delivery"} for text in PARCEL]
    examples.append({"text": "my card 4111 1111 1111 1111 was charged for the parcel", "label": "delivery"})
    sent = client.post("/v1/taxonomies/shop/examples", json={"examples": examples})
    done(client, sent.headers["Location"])
    kept = client.get("/v1/taxonomies/shop/examples").json()["items"]
    assert len(kept) == len(examples)
    assert "4111" not in str(kept)
    assert client.post("/v1/taxonomies/shop/publish").status_code == 201

    first = train(client)
    report = client.get(f"/v1/taxonomies/shop/models/{first}").json()["report"]
    assert {one["name"] for one in report["figures"]["per_reason"]} >= {"warranty", "delivery"}
    assert client.post(f"/v1/taxonomies/shop/models/{first}/activate").json()["in_use"] is True
    new = say(client, "Hello, does the guarantee cover the repair of my washing machine?", 10)
    assert reason(client, new) == "warranty"
    assert reason(client, old) != "warranty"

    tricky = say(client, "The thing I bought makes a strange noise since Monday", 11)
    corrected = client.put(f"{tricky}/reason-corrections", json={"reasons": ["warranty"]})
    assert corrected.json()["author"] == "Kim"
    edit = {"action": "change", "reason": "warranty", "name": "warranty and repair"}
    assert client.post("/v1/taxonomies/shop/edits", json=edit).status_code == 200
    assert client.post("/v1/taxonomies/shop/publish").status_code == 201
    second = train(client)
    assert client.get(f"/v1/taxonomies/shop/models/{second}").json()["corrections"] == 1
    client.post(f"/v1/taxonomies/shop/models/{second}/activate")

    across = client.get("/v1/trends/call-reasons", params=DAYS).json()
    lines = {row["name"]: row["count"] for row in across["rows"]}
    assert lines["warranty and repair"] == 2  # the label of version 1 and the correction, on one line
    assert "warranty" not in lines

    dry = done(client, client.post("/v1/call-reasons/reruns", json={}).headers["Location"])
    assert (dry["run"]["total"], dry["run"]["done"]) == (3, 3)
    assert reason(client, old) != "warranty and repair"
    run = done(client, client.post("/v1/call-reasons/reruns", json={"dry_run": False}).headers["Location"])
    assert run["changes"] == dry["changes"]
    assert reason(client, old) == "warranty and repair"
    trend = client.get("/v1/trends/call-reasons", params=DAYS).json()
    assert {row["name"]: row["count"] for row in trend["rows"]} == {"warranty and repair": 3}
    assert [(one["taxonomy"], one["version"]) for one in trend["models"]] == [("shop", "2")]
    accuracy = client.get("/v1/call-reasons/accuracy", params=DAYS).json()
    assert accuracy["looked_at"] == 1
