"""One interaction from upload to trend, over HTTP and through a real worker process.

On both databases and with each kind of broker: one that is given, the embedded one, none at all.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from fastapi.testclient import TestClient

from service.app import create_app
from service.broker import connect
from service.store import keys
from service.store.database import open_database
from tests.databases import database_url, postgres_server, postgres_template, sqlite_template
from tests.requirements import lacking
from tests.workers.processes import eventually, worker
from workers.settings import WorkerSettings

__all__ = ["database_url", "postgres_server", "postgres_template", "sqlite_template"]

REDIS_URL = os.environ.get("OVERTONE_TEST_REDIS", "redis://127.0.0.1:6379/11")


@pytest.fixture(
    params=[
        "embedded",
        pytest.param("given", marks=pytest.mark.slow),
        pytest.param("none", marks=pytest.mark.slow),
    ]
)
def settings(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> WorkerSettings:
    """The settings of the service and its worker, with one kind of broker."""
    known = {
        "data_dir": tmp_path,
        "OVERTONE_DATABASE_URL": database_url,
        "poll_seconds": 0.2,
        "retry_seconds": 0.05,
        "reconcile_seconds": 0.5,
    }
    if request.param == "given":
        try:
            connect(REDIS_URL, seconds=2.0).ping()
        except redis.RedisError:
            lacking("redis", f"no server answers at {REDIS_URL}")
        known |= {"OVERTONE_REDIS_URL": REDIS_URL}
    return WorkerSettings.model_validate({**known, "broker": "none" if request.param == "none" else "auto"})


@pytest.fixture
def client(settings: WorkerSettings, database_url: str, tmp_path: Path) -> Iterator[TestClient]:
    """A caller with every scope, and a worker process behind the service."""
    database = open_database(database_url)
    with database.transaction() as session:
        _, token = keys.create(session, "flow", keys.SCOPES)
    database.close()
    headers = {"Authorization": f"Bearer {token}"}
    with (
        TestClient(create_app(settings), headers=headers) as client,
        worker(settings, "speech", "--also", "text", log=tmp_path / "worker.log"),
    ):
        yield client


def test_from_upload_to_trend(client: TestClient) -> None:
    """A chat and a "mail" of one customer become one customer with a reason each, and a trend of two."""
    chat = {
        "channel": "chat",
        "external_id": "chat-1",
        "agent": "Kim",
        "started_at": "2026-03-02T10:00:00Z",
        "customer": {"email": "ada@example.com", "phone": "+14155550123"},
        "messages": [{"party": "customer", "text": "there is a wrong charge on my bill"}],
    }
    mail = b"From: Ada <ada@example.com>\r\nTo: help@centre.example\r\nMessage-ID: <1@example.com>\r\n"
    mail += (
        b"Date: Tue, 03 Mar 2026 10:00:00 +0000\r\nSubject: bill\r\n\r\nStill a wrong charge on my bill.\r\n"
    )
    first = client.post(
        "/v1/messages", content=json.dumps(chat), headers={"Content-Type": "application/json"}
    )
    second = client.post("/v1/emails", content=mail, headers={"Content-Type": "message/rfc822"})
    assert [first.status_code, second.status_code] == [202, 202], (first.text, second.text)
    for answer in (first, second):
        place = answer.headers["Location"]
        assert eventually(lambda place=place: client.get(place).json()["state"] == "done", seconds=30), (
            client.get(place).json()
        )

    known = client.get("/v1/customers", params={"phone": "+1 415 555 0123"}).json()["items"]
    assert len(known) == 1
    customer = client.get(f"/v1/customers/{known[0]['id']}").json()
    assert [entry["channel"] for entry in customer["timeline"]["items"]] == ["email", "chat"]

    trend = client.get("/v1/trends/call-reasons", params={"first": "2026-03-01", "last": "2026-03-07"}).json()
    assert trend["analysed"] == 2
    assert sum(row["count"] for row in trend["rows"]) + trend["without_reason"] == 2

    again = client.post(
        "/v1/messages", content=json.dumps(chat), headers={"Content-Type": "application/json"}
    )
    assert (again.status_code, again.headers["Location"]) == (200, first.headers["Location"])


def test_a_file_that_cannot_be_read_fails_with_a_code_and_can_be_driven_again(client: TestClient) -> None:
    document = {"channel": "note", "party": "agent", "text": "fail permanently"}
    answer = client.post("/v1/messages", json=document)
    place = answer.headers["Location"]
    assert eventually(lambda: client.get(place).json()["state"] == "failed", seconds=30)
    task = client.get(place).json()
    assert task["error"]["code"] == "unreadable_messages"
    assert task["error"]["detail"]
    assert client.post(f"{place}/redrive").status_code == 202
    assert eventually(lambda: client.get(place).json()["state"] == "failed", seconds=30)
