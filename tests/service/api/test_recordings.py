"""Recordings over HTTP: taken once, streamed, placed, refused early."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote
from uuid import UUID

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from service.settings import Settings
from service.store import blobs as blob_store
from service.store import interactions, tasks
from tests.service.api.sent import said, send_recording, wav


def test_a_recording_becomes_a_blob_a_row_and_a_task(client: TestClient, app: FastAPI) -> None:
    content = wav()
    answer = client.put(
        "/v1/recordings",
        content=content,
        headers=said(
            source="acd",
            external_id="call-1",
            direction="inbound",
            started_at="2026-03-01T23:30:00-05:00",
            agent="Kim",
            queue="billing",
            campaign="spring",
            disposition="solved",
            customer={
                "name": "Ada",
                "phone": "(202) 555-0101",
                "emails": ["Ada@Example.com"],
                "crm_id": "C-1",
            },
            channel_map={"0": "customer", "1": "agent"},
            pauses=[{"start_ms": 1000, "end_ms": 2500}],
            language="en",
            attributes={"site": "Pécs", "priority": 2, "vip": True},
        ),
    )
    assert answer.status_code == 202
    assert answer.headers["Location"] == answer.json()["task"]
    assert answer.headers["Retry-After"]
    found = client.get(answer.json()["interaction"]).json()
    assert found["started_at"] == "2026-03-02T04:30:00Z"
    assert found["day"] == "2026-03-02"
    assert found["channel_map"] == {"0": "customer", "1": "agent"}
    assert found["pauses"] == [{"start_ms": 1000, "end_ms": 2500}]
    assert found["original_deleted_at"] is None
    assert found["attributes"] == {"site": "Pécs", "priority": 2, "vip": True}
    assert (found["channel"], found["queue"], found["bytes"]) == ("voice", "billing", len(content))
    customer = client.get(f"/v1/customers/{found['customer_id']}").json()
    assert {tuple(one.values()) for one in customer["identifiers"]} == {
        ("phone", "+12025550101"),
        ("email", "ada@example.com"),
        ("crm", "C-1"),
    }
    with app.state.database.reading() as session:
        row = interactions.find_by_external_id(session, "acd", "call-1")
        assert row is not None
        task = tasks.view(session, UUID(answer.json()["task_id"]))
    assert app.state.blobs.path(row.blob_key).read_bytes() == content
    assert (task.job_queue, task.stage, task.state) == ("speech", "transcribe", "queued")


def test_the_same_recording_again_is_no_new_work(client: TestClient) -> None:
    content = wav()
    first = send_recording(client, content, source="acd", external_id="1", customer={"phone": "+12025550101"})
    again = client.put("/v1/recordings", content=content, headers=said(source="acd", external_id="1"))
    assert again.status_code == 200
    assert again.json() == {**first, "created": False}
    assert again.headers["Location"] == first["task"]


def test_without_an_external_id_the_content_is_the_key(client: TestClient) -> None:
    content = wav()
    first = client.put("/v1/recordings", content=content).json()
    assert client.put("/v1/recordings", content=content).json()["interaction_id"] == first["interaction_id"]
    other = client.put("/v1/recordings", content=wav()).json()
    assert other["interaction_id"] != first["interaction_id"]


def test_the_same_external_id_with_other_content_is_a_conflict(
    client: TestClient, settings: Settings
) -> None:
    send_recording(client, source="acd", external_id="1")
    before = sorted(path.name for path in settings.blobs_dir.rglob("*") if path.is_file())
    answer = client.put("/v1/recordings", content=wav(), headers=said(source="acd", external_id="1"))
    assert (answer.status_code, answer.json()["code"]) == (409, "external_id_conflict")
    assert sorted(path.name for path in settings.blobs_dir.rglob("*") if path.is_file()) == before


def test_one_sent_many_times_at_once_is_one_interaction(client: TestClient) -> None:
    content = wav()
    headers = said(source="acd", external_id="1", customer={"phone": "+12025550101"})

    def send(_: int) -> tuple[int, str]:
        answer = client.put("/v1/recordings", content=content, headers=headers)
        return answer.status_code, answer.json()["interaction_id"]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(8)))
    assert len({interaction for _, interaction in answers}) == 1
    assert sorted(status for status, _ in answers) == [200] * 7 + [202]
    assert len(client.get("/v1/customers").json()["items"]) == 1


def test_an_idempotency_key_is_answered_the_same(client: TestClient) -> None:
    content, key = wav(), {"Idempotency-Key": "7f1c"}
    first = client.put("/v1/recordings", content=content, headers=key | said(external_id="1"))
    again = client.put("/v1/recordings", content=content, headers=key | said(external_id="1"))
    assert (first.status_code, again.status_code) == (202, 200)
    assert first.json()["task_id"] == again.json()["task_id"]
    other = client.put("/v1/recordings", content=wav(), headers=key | said(external_id="2"))
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


def test_an_idempotency_key_belongs_to_its_caller(client: TestClient, make_key) -> None:  # type: ignore[no-untyped-def]
    key = {"Idempotency-Key": "7f1c"}
    assert client.put("/v1/recordings", content=wav(), headers=key).status_code == 202
    other = key | {"Authorization": f"Bearer {make_key('ingest')}"}
    assert client.put("/v1/recordings", content=wav(), headers=other).status_code == 202


def test_metadata_may_stand_in_the_address(client: TestClient) -> None:
    answer = client.post(
        "/v1/recordings?source=acd&external_id=9&customer.phone=%2B12025550101&customer.phones=%2B12025550102"
        "&channel_map.0=agent&channel_map.1=customer&attributes.site=Pecs",
        content=wav(),
    )
    found = client.get(answer.json()["interaction"]).json()
    assert (found["source"], found["external_id"]) == ("acd", "9")
    assert found["channel_map"] == {"0": "agent", "1": "customer"}
    assert found["attributes"] == {"site": "Pecs"}
    assert len(client.get(f"/v1/customers/{found['customer_id']}").json()["identifiers"]) == 2


def test_metadata_may_be_percent_encoded(client: TestClient) -> None:
    header = quote(json.dumps({"agent": "Őrsi Márta", "external_id": "1"}, ensure_ascii=False))
    answer = client.put("/v1/recordings", content=wav(), headers={"Overtone-Metadata": header})
    assert client.get(answer.json()["interaction"]).json()["agent"] == "Őrsi Márta"


def test_a_field_in_two_places_is_refused(client: TestClient) -> None:
    answer = client.put("/v1/recordings?agent=Kim", content=wav(), headers=said(agent="Lee"))
    assert (answer.status_code, answer.json()["code"]) == (422, "duplicate_field")


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (b'attachment; filename="C:\\\\calls\\\\1.wav"', "1.wav"),
        ("attachment; filename=Pécs.wav".encode(), "Pécs.wav"),
        (b"attachment; filename*=UTF-8''P%C3%A9cs%20%221%22.wav", 'Pécs "1".wav'),
        (b"attachment; filename*1=b; filename*=UTF-8''a", None),
        (b"attachment; filename*=", None),
        (b"attachment", None),
    ],
)
def test_a_body_may_say_its_file_name(client: TestClient, header: bytes, name: str | None) -> None:
    answer = client.put("/v1/recordings", content=wav(), headers={"Content-Disposition": header})
    assert client.get(answer.json()["interaction"]).json()["file_name"] == name


def test_a_form_carries_file_and_metadata_in_any_order(client: TestClient) -> None:
    for number, order in enumerate((("metadata", "file"), ("file", "metadata"))):
        parts = {
            "file": ("C:\\calls\\../straße\u202e.wav", wav(), "audio/wav"),
            "metadata": (
                None,
                json.dumps({"external_id": str(number), "queue": "billing"}),
                "application/json",
            ),
        }
        answer = client.post("/v1/recordings", files=[(name, parts[name]) for name in order])
        assert answer.status_code == 202, answer.text
        found = client.get(answer.json()["interaction"]).json()
        assert (found["queue"], found["file_name"]) == ("billing", "straße.wav")


def test_a_form_must_be_whole_and_known(client: TestClient) -> None:
    boundary = {"Content-Type": "multipart/form-data; boundary=x"}
    part = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n\r\n'
    for content, headers, code in (
        (part + wav(), boundary, "malformed_form"),
        (b"no form", boundary, "malformed_form"),
        (part + wav(), {"Content-Type": "multipart/form-data"}, "malformed_form"),
        (
            b'--x\r\nContent-Disposition: form-data; name="metadata"\r\n\r\n{}\r\n--x--\r\n',
            boundary,
            "missing_file",
        ),
        (part.replace(b"file", b"fiel", 1) + b"\r\n--x--\r\n", boundary, "unknown_field"),
    ):
        answer = client.post("/v1/recordings", content=content, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_too_much_is_refused_while_it_streams(client: TestClient, settings: Settings) -> None:
    def pieces() -> Iterator[bytes]:
        yield wav()
        for _ in range(8):
            yield bytes(1024**2)

    answer = client.put("/v1/recordings", content=pieces())
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert not [path for path in settings.blobs_dir.rglob("*") if path.is_file()]


def test_a_full_disk_is_said(client: TestClient, app: FastAPI, settings: Settings) -> None:
    app.state.settings = settings.model_copy(update={"min_free_bytes": 2**62})
    answer = client.put("/v1/recordings", content=wav())
    assert (answer.status_code, answer.json()["code"]) == (429, "storage_full")
    assert answer.headers["Retry-After"]
    assert client.get("/readyz").status_code == 503


def test_an_upload_larger_than_a_batch_is_kept_whole(client: TestClient, app: FastAPI) -> None:
    content = wav(frames=500_000)
    assert len(content) > 1024**2
    answer = client.put("/v1/recordings", content=content)
    assert client.get(answer.json()["interaction"]).json()["bytes"] == len(content)
    assert isinstance(app.state.blobs, blob_store.DirectoryBlobs)
    [path] = [path for path in app.state.settings.blobs_dir.rglob("*") if path.is_file()]
    assert path.read_bytes() == content


def test_a_format_chunk_far_behind_is_left_to_the_decoder(client: TestClient) -> None:
    junk = b"JUNK" + (8192).to_bytes(4, "little") + bytes(8192)
    assert client.put("/v1/recordings", content=wav(before=junk)).status_code == 202
