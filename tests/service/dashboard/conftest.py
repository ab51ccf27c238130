"""A dashboard on a seeded store: one for tests that only look, one of its own for each that changes."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from service.app import create_app
from service.settings import Settings
from service.store.database import Database
from tests.service.dashboard.seed import Seeded, add_hostile, fill


@dataclass(frozen=True)
class Site:
    """A browser that is signed in, and what is known of the store."""

    browser: TestClient
    database: Database
    seeded: Seeded
    hostile: UUID
    today: date

    def get(self, path: str, **parameters: object) -> str:
        """The page at an address; it must be there."""
        if "overtone_language" in self.browser.cookies:  # a test before this one chose a language
            self.browser.cookies.delete("overtone_language")
        answer = self.browser.get(path, params=parameters or None)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.text

    def stranger(self) -> TestClient:
        """Another browser, not signed in."""
        return TestClient(self.browser.app, follow_redirects=False)


@dataclass(frozen=True)
class Filled:
    """A folder with a seeded store, and what is known of it."""

    folder: Path
    seeded: Seeded
    hostile: UUID
    today: date


def fill_folder(folder: Path, *, count: int) -> Filled:
    """Make a store and fill it."""
    app = create_app(Settings(data_dir=folder, broker="none"))
    database: Database = app.state.database
    database.migrate()
    today = datetime.now(UTC).date()
    seeded = fill(database, app.state.blobs, today=today, count=count)
    with database.transaction() as session:
        hostile = add_hostile(session, today)
    database.close()
    return Filled(folder, seeded, hostile, today)


def open_site(filled: Filled, folder: Path | None = None) -> Site:
    """A dashboard on a filled folder, or on a copy of it, with a browser that is signed in."""
    app = create_app(Settings(data_dir=folder or filled.folder, broker="none"))
    browser = TestClient(app, follow_redirects=False)
    assert browser.post("/login", data={"key": filled.seeded.token}).status_code == 303
    return Site(browser, app.state.database, filled.seeded, filled.hostile, filled.today)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """For tests that only look."""
    opened = open_site(fill_folder(tmp_path_factory.mktemp("site"), count=60))
    yield opened
    opened.database.close()


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    """What the sites of single tests are copies of."""
    return fill_folder(tmp_path_factory.mktemp("filled"), count=3)


@pytest.fixture
def own_site(filled: Filled, tmp_path: Path) -> Iterator[Site]:
    """For tests that change something."""
    folder = tmp_path / "site"
    shutil.copytree(filled.folder, folder)
    opened = open_site(filled, folder)
    yield opened
    opened.database.close()
