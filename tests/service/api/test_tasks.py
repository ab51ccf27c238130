"""Tasks over HTTP: followed, and driven again."""

from uuid import UUID, uuid4

from fastapi import FastAPI
from starlette.testclient import TestClient

from service.store import tasks
from tests.service.api.sent import send_recording


def test_a_task_tells_its_place_in_line(client: TestClient) -> None:
    places = [client.get(send_recording(client)["task"]) for _ in range(3)]
    assert [answer.json()["place_in_line"] for answer in places] == [1, 2, 3]
    assert all(answer.headers["Retry-After"] for answer in places)
    assert client.get(f"/v1/tasks/{uuid4()}").json()["code"] == "task_not_found"


def test_a_failed_task_tells_why_and_is_driven_again(client: TestClient, app: FastAPI) -> None:
    sent = send_recording(client)
    early = client.post(f"{sent['task']}/redrive")
    assert (early.status_code, early.json()["code"]) == (409, "task_not_failed")
    with app.state.database.transaction() as session:
        held = tasks.claim(session, UUID(sent["task_id"]), "test", 60)
        assert held is not None
        tasks.fail(session, held, "unreadable_audio", "It cannot be decoded.", permanent=True)
    task = client.get(sent["task"])
    assert (task.json()["state"], task.json()["attempts"]) == ("failed", 1)
    assert task.json()["error"] == {"code": "unreadable_audio", "detail": "It cannot be decoded."}
    assert "Retry-After" not in task.headers
    interaction = client.get(sent["interaction"]).json()
    assert (interaction["status"], interaction["failure"]["code"]) == ("failed", "unreadable_audio")
    again = client.post(f"{sent['task']}/redrive")
    assert (again.status_code, again.headers["Location"]) == (202, sent["task"])
    assert (again.json()["state"], again.json()["error"], again.json()["attempts"]) == ("queued", None, 0)
    assert client.get(sent["interaction"]).json()["status"] == "received"


def test_short_work_goes_before_long(client: TestClient, app: FastAPI) -> None:
    send_recording(client)
    note = client.post("/v1/messages", json={"channel": "note", "party": "agent", "text": "called back"})
    with app.state.database.transaction() as session:
        held = tasks.claim_next(session, ["speech", "text"], "test", 60)
    assert held is not None
    assert str(held.task_id) == note.json()["task_id"]
