"""The published description of the API."""

import json
import re
from typing import Any

from service.api import openapi


def test_the_committed_document_is_the_services_own() -> None:
    assert openapi.COMMITTED.read_text(encoding="utf-8") == openapi.text(), (
        "the API has changed: run `python -m service.api.openapi`, look at the difference, commit it"
    )


def test_every_reference_leads_somewhere() -> None:
    document = openapi.document()
    names = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(document)))
    assert names <= set(document["components"]["schemas"])


def test_operation_ids_are_function_names_and_unique() -> None:
    ids = [operation["operationId"] for _, _, operation in _operations()]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch("[a-z][a-z0-9_]+", name) for name in ids)


def test_every_operation_tells_of_its_problems() -> None:
    for path, _, operation in _operations():
        if path.startswith("/v1"):
            assert {"401", "403", "422"} <= set(operation["responses"]), operation["operationId"]
            assert operation["security"], operation["operationId"]
            assert operation["description"], operation["operationId"]


def _operations() -> list[tuple[str, str, dict[str, Any]]]:
    document = openapi.document()
    return [
        (p, method, operation) for p, item in document["paths"].items() for method, operation in item.items()
    ]
