"""Writes the OpenAPI document, ``python -m service.api.openapi``; a test keeps docs/openapi.json equal."""

import json
import sys
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from service.api import routes

COMMITTED = Path(__file__).resolve().parents[2] / "docs" / "openapi.json"


def document() -> dict[str, Any]:
    """The document; its version is the API's, which a release alone does not change."""
    app = FastAPI(generate_unique_id_function=routes.operation_id)
    routes.install(app, "1")
    return app.openapi()


def text() -> str:
    """The document as it is committed."""
    return json.dumps(document(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def main(arguments: list[str]) -> None:
    """Write it to the path given, else to where it is committed."""
    target = Path(arguments[0]) if arguments else COMMITTED
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
