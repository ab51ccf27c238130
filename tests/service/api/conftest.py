"""The service over HTTP on each database, without a broker; keys of any scope; nothing is worked on."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from service.app import create_app
from service.settings import Settings
from service.store import keys
from tests.databases import database_url, postgres_server, postgres_template, sqlite_template
from tests.service.api.sent import bearer

__all__ = ["database_url", "postgres_server", "postgres_template", "sqlite_template"]


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    """Small limits, so that tests need not be large."""
    return Settings.model_validate(
        {
            "data_dir": tmp_path,
            "OVERTONE_DATABASE_URL": database_url,
            "broker": "none",
            "own_domains": ("centre.example",),
            "max_recording_bytes": 3 * 1024**2,
            "max_message_bytes": 4 * 1024**2,
            "min_free_bytes": 0,
            "log_level": "INFO",
        }
    )


@pytest.fixture
def app(settings: Settings) -> FastAPI:
    """The service, wired as it is served."""
    return create_app(settings)


@pytest.fixture
def anonymous(app: FastAPI) -> Iterator[TestClient]:
    """A caller without a key."""
    with TestClient(app) as client:
        yield client


@pytest.fixture
def make_key(app: FastAPI) -> Callable[..., str]:
    """Makes keys with the scopes named."""

    def make(*scopes: str) -> str:
        with app.state.database.transaction() as session:
            return keys.create(session, "test", scopes)[1]

    return make


@pytest.fixture
def client(anonymous: TestClient, make_key: Callable[..., str]) -> TestClient:
    """A caller with every scope that is not admin."""
    anonymous.headers.update(bearer(make_key("ingest", "read", "read_sensitive", "reports")))
    return anonymous
