"""Health, metrics and version, without a key."""

import shutil

from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.service.api.sent import send_recording


def test_it_lives_and_is_ready_without_a_broker(anonymous: TestClient) -> None:
    assert anonymous.get("/livez").json() == {"status": "ok"}
    ready = anonymous.get("/readyz")
    assert (ready.status_code, ready.json()["status"]) == (200, "degraded")
    assert {name: check["status"] for name, check in ready.json()["checks"].items()} == {
        "database": "ok",
        "blobs": "ok",
        "broker": "degraded",
    }
    assert anonymous.get("/version").json()["api"] == "v1"


def test_without_blobs_it_is_not_ready(anonymous: TestClient, app: FastAPI) -> None:
    shutil.rmtree(app.state.settings.blobs_dir, ignore_errors=True)
    app.state.settings.blobs_dir.write_text("in the way")
    ready = anonymous.get("/readyz")
    assert (ready.status_code, ready.json()["checks"]["blobs"]["status"]) == (503, "failed")


def test_metrics_count_requests_and_tasks(client: TestClient) -> None:
    send_recording(client, agent="Kim Smith", customer={"phone": "+12025550101"})
    text = client.get("/metrics").text
    assert 'overtone_requests_total{method="PUT",route="put_recording",status="202"} 1.0' in text
    assert 'overtone_tasks{job_queue="speech",state="queued"} 1.0' in text
    assert 'overtone_queue_oldest_seconds{job_queue="speech"}' in text
    assert "overtone_broker_up 0.0" in text
    assert "overtone_blob_free_bytes" in text
    assert "Kim" not in text
