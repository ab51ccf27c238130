"""A parameter that a route does not know is refused."""

from fastapi.testclient import TestClient


def test_a_misspelt_filter_is_refused_with_what_is_known(client: TestClient) -> None:
    answer = client.get("/v1/trends/call-reasons", params={"from": "2026-01-01"})
    assert answer.status_code == 422
    problem = answer.json()
    assert problem["code"] == "unknown_parameter"
    assert "first" in problem["remedy"]


def test_known_parameters_pass(client: TestClient) -> None:
    assert client.get("/v1/interactions", params={"channel": "voice", "limit": 5}).status_code == 200
