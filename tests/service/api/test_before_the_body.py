"""What can be refused by a request's head is refused before a byte of its body is asked for."""

import json
from collections.abc import Callable
from typing import Any

import anyio
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from service.api import routes
from tests.service.api.one_database import database_url
from tests.service.api.sent import bearer

__all__ = ["database_url"]


def head_only(app: FastAPI, method: str, path: str, headers: dict[str, str]) -> tuple[int, dict[str, Any]]:
    """The answer to a request whose body fails the test when it is read."""
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        pytest.fail("the body was asked for")

    async def send(message: Any) -> None:
        sent.append(message)

    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    path, _, query = path.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": raw,
        "client": ("test", 1),
        "server": ("test", 80),
        "state": {},
    }
    anyio.run(lambda: app(scope, receive, send))
    return sent[0]["status"], json.loads(b"".join(message.get("body", b"") for message in sent))


TAKERS = [
    ("PUT", "/v1/recordings"),
    ("POST", "/v1/recordings"),
    ("POST", "/v1/emails"),
    ("POST", "/v1/messages"),
]


@pytest.mark.parametrize(("method", "path"), TAKERS)
def test_the_key_is_checked_first(
    anonymous: TestClient, app: FastAPI, make_key: Callable[..., str], method: str, path: str
) -> None:
    assert head_only(app, method, path, {})[1]["code"] == "missing_key"
    assert head_only(app, method, path, bearer("ovt_no_key"))[1]["code"] == "invalid_key"
    status, problem = head_only(app, method, path, bearer(make_key("read")))
    assert (status, problem["code"]) == (403, "missing_scope")


@pytest.mark.parametrize(("method", "path"), TAKERS)
def test_a_declared_length_is_enough(
    anonymous: TestClient, app: FastAPI, make_key: Callable[..., str], method: str, path: str
) -> None:
    headers = bearer(make_key("ingest")) | {"Content-Length": str(5 * 1024**2)}
    assert head_only(app, method, path, headers)[0] == 413


@pytest.mark.parametrize(
    ("query", "headers", "code"),
    [
        ("", {"Overtone-Metadata": "{"}, "metadata_not_json"),
        ("", {"Overtone-Metadata": '{"colour": "red"}'}, "unknown_field"),
        ("", {"Overtone-Metadata": '{"customer": {"phone": "not a phone"}}'}, "invalid_phone"),
        ("?colour=red", {}, "unknown_field"),
        ("?customer.phone=123", {}, "invalid_phone"),
        ("?agent=Kim&agent=Lee", {}, "duplicate_field"),
        ("", {"Idempotency-Key": ""}, "invalid_idempotency_key"),
        ("", {"Idempotency-Key": "k" * 201}, "invalid_idempotency_key"),
    ],
)
def test_what_is_said_is_judged_first(
    anonymous: TestClient,
    app: FastAPI,
    make_key: Callable[..., str],
    query: str,
    headers: dict[str, str],
    code: str,
) -> None:
    status, problem = head_only(app, "PUT", f"/v1/recordings{query}", bearer(make_key("ingest")) | headers)
    assert (status, problem["code"]) == (422, code)


def test_no_route_lets_the_framework_read_a_body() -> None:
    """It would read it before the caller is known, however long it is."""
    read = [
        route.name
        for included in routes.v1().routes
        for route in _routes(included)
        if route.body_field is not None
    ]
    assert not read


def _routes(route: Any) -> list[APIRoute]:
    if isinstance(route, APIRoute):
        return [route]
    inner = getattr(route, "original_router", None)
    return [found for one in inner.routes for found in _routes(one)] if inner is not None else []
