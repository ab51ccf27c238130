"""Files of rows over HTTP: taken with their mapping, followed, reported."""

from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from service.store import imports
from service.store.imports import BadLines
from tests.service.api.one_database import database_url

__all__ = ["database_url"]

MAPPING = 'channel = "note"\n[message]\ntext = "text"\n'


def send(
    client: TestClient, *, name: str = "rows.csv", mapping: str | None = MAPPING, content: str = "text\na\n"
) -> Any:
    parts: dict[str, Any] = {"file": (name, content)}
    if mapping is not None:
        parts["mapping"] = (None, mapping)
    return client.post("/v1/imports", files=parts)


def test_a_file_is_taken_and_followed(client: TestClient, app: FastAPI) -> None:
    answer = send(client)
    assert answer.status_code == 202
    found = client.get(answer.headers["Location"]).json()
    assert (found["state"], found["file_name"], found["bad"]) == ("queued", "rows.csv", 0)
    assert [one["id"] for one in client.get("/v1/imports").json()] == [found["id"]]
    with app.state.database.transaction() as session:
        row = imports.latest(session, limit=1)[0]
        bad = [BadLines(2, 3, "broken_quotes", "A mark, left open.")]
        imports.note(session, row, reached=3, imported=1, existing=0, bad=bad)
    page = client.get(f"/v1/imports/{found['id']}/bad-rows").json()
    assert page["items"][0] | {"detail": ""} == {
        "number": 1,
        "first_line": 2,
        "last_line": 3,
        "code": "broken_quotes",
        "detail": "",
    }
    report = client.get(f"/v1/imports/{found['id']}/report")
    assert report.headers["content-disposition"].startswith("attachment")
    assert report.text == 'first_line,last_line,code,detail\r\n2,3,broken_quotes,"A mark, left open."\r\n'


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"mapping": None}, "missing_mapping"),
        ({"mapping": "channel"}, "bad_mapping"),
        ({"mapping": 'channel = "fax"'}, "invalid_field"),
        ({"name": "rows.xlsx"}, "unknown_format"),
        ({"content": ""}, "empty_file"),
    ],
)
def test_what_is_wrong_is_said_at_once(client: TestClient, changes: dict[str, Any], code: str) -> None:
    answer = send(client, **changes)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_an_import_that_is_not_there_is_not_found(client: TestClient) -> None:
    address = "/v1/imports/00000000-0000-0000-0000-000000000007"
    assert {client.get(f"{address}{rest}").status_code for rest in ("", "/bad-rows", "/report")} == {404}
