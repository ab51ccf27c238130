"""The dialogs of a vCon: which ids they get and in which order they come."""

import json

from fastapi import FastAPI
from starlette.testclient import TestClient

from service.store import interactions
from tests.service.api.sent import wav
from tests.service.api.test_vcons import UUID_1, call, vcon


def test_a_dialog_keeps_its_id_when_another_is_added_or_gets_its_content(client: TestClient) -> None:
    text = {"type": "text", "originator": 0, "parties": [0, 1], "body": "Hello?", "encoding": "none"}
    client.post("/v1/vcons", json=vcon(text))
    client.post("/v1/vcons", json=vcon(text, call(wav())))
    found = client.get("/v1/interactions").json()["items"]
    assert {one["external_id"]: one["channel"] for one in found} == {UUID_1: "chat", f"{UUID_1}#1": "voice"}

    other, second = {"uuid": UUID_1.replace("0192", "0193")}, call(wav())
    client.post("/v1/vcons", json=vcon({"type": "recording"}, second, **other))
    client.post("/v1/vcons", json=vcon(call(wav()), second, **other))
    found = client.get("/v1/interactions").json()["items"]
    assert {one["external_id"] for one in found} - {UUID_1, f"{UUID_1}#1"} == {
        other["uuid"],
        f"{other['uuid']}#1",
    }


def test_texts_are_in_the_order_of_time_whatever_their_zones(app: FastAPI, client: TestClient) -> None:
    known = {"type": "text", "originator": 0, "parties": [0, 1], "encoding": "none"}
    starts = {"second": "2026-03-02T12:30:00Z", "first": "2026-03-02T13:00:00+01:00"}
    answer = client.post(
        "/v1/vcons", json=vcon(*({**known, "body": body, "start": start} for body, start in starts.items()))
    )
    assert answer.status_code == 202, answer.text
    with app.state.database.reading() as session:
        row = interactions.find_by_external_id(session, "vcon", UUID_1)
        assert row is not None
        sent = json.loads(app.state.blobs.path(row.blob_key).read_bytes())["messages"]
    assert [message["text"] for message in sent] == ["first", "second"]
