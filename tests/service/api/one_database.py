"""For what no database changes: SQLite alone. Import ``database_url`` into the test file."""

import shutil
from pathlib import Path

import pytest

__all__ = ["database_url"]


@pytest.fixture
def database_url(tmp_path: Path, sqlite_template: Path) -> str:
    """A migrated, empty SQLite database of this test alone."""
    path = tmp_path / "overtone.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"
