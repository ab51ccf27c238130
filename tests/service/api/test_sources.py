"""Sources over HTTP: set by an administrator, read by anyone who may read."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from tests.service.api.sent import bearer

WANTED = {
    "channel_maps": {"outbound": {"0": "customer", "1": "agent"}},
    "vocabulary": ["Overtone", " Overtone ", "Kovács"],
    "language": "hu",
    "translate": True,
    "keep_original": False,
}


@pytest.fixture
def admin(client: TestClient, make_key: Callable[..., str]) -> TestClient:
    client.headers.update(bearer(make_key("admin")))
    return client


def test_a_source_is_set_read_changed_and_removed(admin: TestClient) -> None:
    made = admin.put("/v1/sources/pbx/east", json=WANTED)
    assert made.status_code == 201
    assert made.json()["vocabulary"] == ["Overtone", "Kovács"]
    read = admin.get("/v1/sources/pbx/east")
    assert (read.json(), read.headers["ETag"]) == (made.json(), made.headers["ETag"])
    again = admin.put(
        "/v1/sources/pbx/east", json={"language": "en"}, headers={"If-Match": read.headers["ETag"]}
    )
    assert again.status_code == 200
    assert (again.json()["language"], again.json()["channel_maps"]) == ("en", {})
    assert [one["name"] for one in admin.get("/v1/sources").json()["items"]] == ["pbx/east"]
    stale = admin.put("/v1/sources/pbx/east", json={}, headers={"If-Match": read.headers["ETag"]})
    assert (stale.status_code, stale.json()["code"]) == (412, "changed_meanwhile")
    assert admin.delete("/v1/sources/pbx/east").status_code == 204
    assert admin.get("/v1/sources/pbx/east").json()["code"] == "source_not_found"


def test_only_an_administrator_sets_one(client: TestClient) -> None:
    for answer in (client.put("/v1/sources/pbx", json={}), client.delete("/v1/sources/pbx")):
        assert (answer.status_code, answer.json()["code"]) == (403, "missing_scope")
    assert client.get("/v1/sources").json() == {"items": []}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"channel_maps": {"sideways": {"0": "agent"}}}, "invalid_channel_map"),
        ({"channel_maps": {"inbound": {"left": "agent"}}}, "invalid_channel_map"),
        ({"channel_maps": {"inbound": {"0": "robot"}}}, "invalid_channel_map"),
        ({"channel_maps": {"inbound": {}}}, "invalid_channel_map"),
        ({"vocabulary": ["x" * 61]}, "invalid_field"),
        ({"vocabulary": ["x"] * 501}, "invalid_field"),
        ({"vocabulary": ["a\u0000b"]}, "invalid_text"),
        ({"language": "../etc"}, "invalid_field"),
        ({"keep_originals": True}, "unknown_field"),
        ({"translate": "perhaps"}, "invalid_field"),
    ],
)
def test_what_is_no_setting_is_refused(admin: TestClient, body: object, code: str) -> None:
    answer = admin.put("/v1/sources/pbx", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert admin.get("/v1/sources").json() == {"items": []}
