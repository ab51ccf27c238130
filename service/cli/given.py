"""What commands are given: the database of the settings, days, JSON files."""

from datetime import date
from pathlib import Path
from typing import Any

from service.errors import InvalidInput
from service.intake.metadata import json_object
from service.settings import Settings
from service.store.database import Database, open_database


def opened() -> Database:
    """The database, at its newest schema."""
    database = open_database(Settings().database)
    database.migrate()
    return database


def day(text: str | None) -> date | None:
    """A local day; raises InvalidInput(bad_date)."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InvalidInput("bad_date", f"{text!r} is no day", "Write it as YYYY-MM-DD.") from None


def json_file(file: Path, *, listed: str) -> dict[str, Any]:
    """The object in a JSON file, whose field ``listed`` is a list; raises InvalidInput."""
    try:
        content = file.read_bytes()
    except OSError:
        raise InvalidInput("no_such_file", f"{file.name} cannot be read", "Check the path.") from None
    fields = json_object(content, code="body_not_json", what=file.name)
    if not isinstance(fields.get(listed, []), list):
        raise InvalidInput("body_not_json", f"{file.name} has no list of {listed}", "See `show` of a list.")
    return fields
