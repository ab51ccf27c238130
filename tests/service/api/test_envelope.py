"""What every answer carries, and that errors are problems without anybody's words."""

import json
from typing import Any

import pytest
import structlog
from fastapi import FastAPI
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from service.api.envelope import SAFE_HEADERS
from service.errors import Conflict
from tests.service.api.one_database import database_url

__all__ = ["database_url"]
SECRET = "4111 1111 1111 1111"


def is_problem(answer: Any, status: int, code: str) -> bool:
    """Whether an answer is a whole problem document."""
    body = answer.json()
    whole = set(body) == {"type", "title", "status", "detail", "code", "remedy", "request_id", "errors"}
    same = (answer.status_code, body["status"], body["code"]) == (status, status, code)
    typed = answer.headers["content-type"] == "application/problem+json"
    told = bool(body["detail"] and body["remedy"]) and body["request_id"] == answer.headers["x-request-id"]
    return whole and same and typed and told


def test_safe_headers_are_on_every_answer(client: TestClient) -> None:
    for path in ("/livez", "/v1/interactions", "/v1/nothing", "/openapi.json", "/login"):
        answer = client.get(path)
        for name in SAFE_HEADERS:
            assert answer.headers.get(name), (path, name)
        assert "unsafe" not in answer.headers["content-security-policy"]
    assert "strict-transport-security" not in answer.headers


def test_over_https_it_stays_https(app: FastAPI) -> None:
    with TestClient(app, base_url="https://testserver") as client:
        assert client.get("/livez").headers["strict-transport-security"]


def test_a_request_id_is_given_or_taken(client: TestClient) -> None:
    assert (
        client.get("/livez", headers={"X-Request-Id": "trace-1234"}).headers["x-request-id"] == "trace-1234"
    )
    for bad in ("x", "a" * 65, 'quote"quote', "new line"):
        given = client.get("/livez", headers={"X-Request-Id": bad}).headers["x-request-id"]
        assert given != bad
        assert len(given) == 32


def test_every_kind_of_error_is_a_problem(client: TestClient) -> None:
    assert is_problem(client.get("/v1/nothing"), 404, "not_found")
    refused = client.post("/v1/interactions")
    assert is_problem(refused, 405, "method_not_allowed")
    assert refused.headers["allow"] == "GET"
    wrong = client.get("/v1/interactions", params={"limit": "many", "channel": SECRET})
    assert is_problem(wrong, 422, "invalid_field")
    assert {error["field"] for error in wrong.json()["errors"]} == {"query.limit", "query.channel"}
    assert SECRET not in wrong.text
    assert is_problem(client.get("/v1/interactions/no-uuid"), 422, "invalid_field")
    missing = client.get("/v1/interactions/01a200b1-89f4-7f88-96fd-1a15eaec4f50")
    assert (missing.status_code, missing.json()["code"]) == (404, "interaction_not_found")


def test_an_unexpected_error_says_nothing_of_itself(app: FastAPI) -> None:
    def fail() -> None:
        raise RuntimeError(f"near {SECRET}")

    app.add_api_route("/fail", fail)
    with structlog.testing.capture_logs() as logs, TestClient(app) as client:
        answer = client.get("/fail")
        assert client.get("/livez").status_code == 200
    assert is_problem(answer, 500, "internal_error")
    assert SECRET not in answer.text + json.dumps(logs)
    [found] = [entry for entry in logs if entry["event"] == "unexpected_error"]
    assert found["error"] == "RuntimeError"
    assert any("fail" in frame for frame in found["trace"])


def test_a_database_that_does_not_answer_is_said_to_be_busy(app: FastAPI) -> None:
    class OperationalError(Exception):
        """What drivers raise, by its name."""

    OperationalError.__module__ = "sqlalchemy.exc"

    def fail() -> None:
        raise OperationalError(SECRET)

    app.add_api_route("/fail", fail)
    with TestClient(app) as client:
        answer = client.get("/fail")
    assert is_problem(answer, 503, "temporarily_unavailable")
    assert answer.headers["Retry-After"]


def test_plain_errors_of_libraries_become_problems(app: FastAPI) -> None:
    async def fail() -> PlainTextResponse:
        return PlainTextResponse(f"bad range {SECRET}", 416, headers={"Content-Range": "bytes */10"})

    app.add_api_route("/fail", fail)
    with TestClient(app) as client:
        answer = client.get("/fail")
    assert is_problem(answer, 416, "range_not_satisfiable")
    assert answer.headers["content-range"] == "bytes */10"
    assert SECRET not in answer.text


def test_a_service_error_keeps_its_headers(app: FastAPI) -> None:
    def fail() -> None:
        raise Conflict("told_off", "Not so.", "Do it otherwise.", headers={"Retry-After": "7"})

    app.add_api_route("/fail", fail)
    with TestClient(app) as client:
        answer = client.get("/fail")
    assert is_problem(answer, 409, "told_off")
    assert answer.headers["Retry-After"] == "7"


def test_a_client_that_goes_away_is_no_error(app: FastAPI) -> None:
    async def gone() -> None:
        raise ClientDisconnect

    app.add_api_route("/gone", gone)
    with structlog.testing.capture_logs() as logs, TestClient(app) as client, pytest.raises(AssertionError):
        client.get("/gone")  # the test client misses an answer; nobody is there to have it
    assert [entry["status"] for entry in logs if entry["event"] == "request"] == [499]
    assert not [entry for entry in logs if entry["event"] == "unexpected_error"]


def test_requests_are_logged_without_addresses_or_text(client: TestClient) -> None:
    with structlog.testing.capture_logs() as logs:
        client.get("/v1/customers", params={"phone": "+12025550101", "text": SECRET})
    [entry] = [entry for entry in logs if entry["event"] == "request"]
    assert (entry["route"], entry["status"]) == ("list_customers", 200)
    assert "2025550101" not in json.dumps(logs)
    assert SECRET not in json.dumps(logs)
