"""Customers over HTTP: looked up, with their history, changed by hand."""

from uuid import UUID, uuid4

from fastapi import FastAPI
from starlette.testclient import TestClient

from service.store import analyses, interactions
from service.store.analyses import NewAnalysis, NewEmotion, NewReason
from tests.service.api.sent import send_recording


def make_customer(client: TestClient, **customer: object) -> str:
    """The id of a customer who has called."""
    sent = send_recording(client, customer=customer)
    return str(client.get(sent["interaction"]).json()["customer_id"])


def test_a_customer_is_found_by_any_identifier(client: TestClient) -> None:
    ada = make_customer(client, name="Ada", phone="202-555-0101", email="ada@example.com", crm_id="C-1")
    make_customer(client, phone="202-555-0102")
    for query in (
        {"phone": "+1 202 555 0101"},
        {"phone": "(202) 555-0101"},
        {"email": "ADA@example.com"},
        {"crm_id": "C-1"},
        {"text": "ada"},
        {"phone": "+12025550101", "email": "ada@example.com"},
    ):
        items = client.get("/v1/customers", params=query).json()["items"]
        assert [item["id"] for item in items] == [ada], query
    assert client.get("/v1/customers", params={"crm_id": "C-2"}).json()["items"] == []
    assert client.get("/v1/customers", params={"phone": "me"}).json()["code"] == "invalid_phone"


def test_customers_come_page_by_page(client: TestClient) -> None:
    made = [make_customer(client, crm_id=f"C-{number}") for number in range(3)]
    first = client.get("/v1/customers", params={"limit": 2}).json()
    rest = client.get("/v1/customers", params={"limit": 2, "cursor": first["next_cursor"]}).json()
    assert [item["id"] for item in first["items"] + rest["items"]] == made[::-1]
    assert rest["next_cursor"] is None


def test_a_customer_has_a_history(client: TestClient, app: FastAPI) -> None:
    times = ["2026-01-05T10:00:00Z", "2026-02-05T10:00:00Z"]
    sent = [send_recording(client, customer={"crm_id": "C-1"}, started_at=time) for time in times]
    with app.state.database.transaction() as session:
        for one, score in zip(sent, (-3.0, 2.0), strict=True):
            key = UUID(one["interaction_id"])
            reason = NewReason(name="billing", parent=None, score=0.9, is_primary=True, turn=0)
            emotion = NewEmotion(party="customer", label="anger", score=0.8)
            analyses.replace(
                session, key, NewAnalysis(sentiment=score, reasons=[reason], emotions=[emotion], taxonomy="t")
            )
            interactions.mark_analyzed(session, key)
    customer_id = client.get(sent[0]["interaction"]).json()["customer_id"]
    found = client.get(f"/v1/customers/{customer_id}", params={"limit": 1}).json()
    assert [line["sentiment"] for line in found["timeline"]["items"]] == [2.0]
    assert found["timeline"]["items"][0]["call_reasons"][0]["name"] == "billing"
    assert [(one["name"], one["count"]) for one in found["last_reasons"]] == [("billing", 2)]
    assert [(month["month"], month["sentiment"]) for month in found["emotion_trend"]] == [
        ("2026-01-01", -3.0),
        ("2026-02-01", 2.0),
    ]
    cursor = found["timeline"]["next_cursor"]
    rest = client.get(f"/v1/customers/{customer_id}", params={"cursor": cursor}).json()["timeline"]
    assert [line["id"] for line in rest["items"]] == [sent[0]["interaction_id"]]


def test_name_and_attributes_are_changed(client: TestClient) -> None:
    place = f"/v1/customers/{make_customer(client, crm_id='C-1', name='Ada')}"
    changed = client.patch(place, json={"name": "Ada Byron", "attributes": {"vip": True, "site": "Pécs"}})
    assert (changed.json()["name"], changed.json()["attributes"]) == (
        "Ada Byron",
        {"vip": True, "site": "Pécs"},
    )
    changed = client.patch(place, json={"attributes": {"site": None}})
    assert (changed.json()["name"], changed.json()["attributes"]) == ("Ada Byron", {"vip": True})
    assert client.patch(place, json={"name": None}).json()["name"] is None
    assert client.patch(place, json={"phone": "1"}).json()["code"] == "unknown_field"
    assert client.patch(f"/v1/customers/{uuid4()}", json={}).status_code == 404


def test_a_change_can_be_made_to_depend_on_what_was_read(client: TestClient) -> None:
    place = f"/v1/customers/{make_customer(client, crm_id='C-1')}"
    tag = client.get(place).headers["ETag"]
    first = client.patch(place, json={"name": "Ada"}, headers={"If-Match": tag})
    assert first.status_code == 200
    second = client.patch(place, json={"name": "Eve"}, headers={"If-Match": tag})
    assert (second.status_code, second.json()["code"]) == (412, "changed_meanwhile")
    assert client.patch(place, json={"name": "Eve"}, headers={"If-Match": first.headers["ETag"]}).is_success
    assert client.patch(place, json={"name": "Bob"}, headers={"If-Match": "*"}).is_success


def test_identifiers_come_and_go(client: TestClient) -> None:
    ada, bob = make_customer(client, crm_id="C-1"), make_customer(client, phone="+12025550102")
    place = f"/v1/customers/{ada}/identifiers"
    added = client.post(place, json={"kind": "phone", "value": "(202) 555-0101"}).json()
    assert {"kind": "phone", "value": "+12025550101"} in added["identifiers"]
    assert client.post(place, json={"kind": "phone", "value": "2025550101"}).status_code == 200
    taken = client.post(place, json={"kind": "phone", "value": "+12025550102"})
    assert (taken.status_code, taken.json()["code"]) == (409, "identifier_taken")
    gone = client.delete(f"{place}/phone/+12025550101").json()
    assert gone["identifiers"] == [{"kind": "crm", "value": "C-1"}]
    assert client.delete(f"{place}/phone/+12025550101").json()["code"] == "identifier_not_found"
    assert client.delete(f"/v1/customers/{bob}/identifiers/email/a@b.example").status_code == 404


def test_an_interaction_is_tied_by_hand(client: TestClient) -> None:
    ada, bob = make_customer(client, crm_id="C-1"), make_customer(client, crm_id="C-2")
    call = send_recording(client, customer={"crm_id": "C-1"})["interaction"]
    assert client.put(f"{call}/customer/{bob}").json()["customer_id"] == bob
    assert client.delete(f"{call}/customer").json()["customer_id"] is None
    assert client.put(f"{call}/customer/{ada}").json()["customer_id"] == ada
    assert client.put(f"{call}/customer/{uuid4()}").json()["code"] == "customer_not_found"
    assert client.get(call).json()["customer_id"] == ada
