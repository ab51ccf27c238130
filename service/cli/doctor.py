"""`overtone doctor`: what is in use and what is wrong, in sentences."""

import json
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Annotated
from zoneinfo import ZoneInfo

import phonenumbers
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from service.broker import open_broker
from service.cli.recogniser import recogniser_arguments
from service.settings import Settings
from service.store import tasks
from service.store.database import open_database
from service.version import installed_version

MODELS_TIMEOUT_SECONDS = 120


@dataclass(frozen=True)
class Finding:
    """One thing looked at: what is in use, and what is wrong with it (empty: nothing)."""

    subject: str
    in_use: str
    wrong: str = ""


def doctor(
    *, as_json: Annotated[bool, typer.Option("--json", help="one JSON array of findings")] = False
) -> None:
    """Say what is in use (database, broker, blobs, recogniser, models, versions) and what is wrong."""
    findings = list(_examine(Settings()))
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False))
    else:
        table = Table("", "In use", "Wrong")
        for finding in findings:
            table.add_row(
                finding.subject,
                escape(finding.in_use),
                f"[red]{escape(finding.wrong)}[/]" if finding.wrong else "[green]nothing[/]",
            )
        Console().print(table)
    raise typer.Exit(1 if any(finding.wrong for finding in findings) else 0)


def _examine(settings: Settings) -> Iterator[Finding]:
    yield Finding(
        "versions", f"overtone {installed_version()}, Python {platform.python_version()}, {platform.system()}"
    )
    looks = {
        "settings": _settings,
        "database": _database,
        "tasks": _tasks,
        "broker": _broker,
        "blobs": _blobs,
    }
    for subject, look in looks.items():
        yield _guarded(subject, look, settings)
    yield from _models()


def _guarded(subject: str, look: Callable[[Settings], Finding], settings: Settings) -> Finding:
    try:
        return look(settings)
    except Exception as error:  # noqa: BLE001 - a doctor that dies of the illness helps nobody
        return Finding(subject, "", f"{type(error).__name__}: could not be examined")


def _settings(settings: Settings) -> Finding:
    wrong = []
    try:
        ZoneInfo(settings.time_zone)
    except (KeyError, ValueError):
        wrong.append(f"OVERTONE_TIME_ZONE={settings.time_zone} is no IANA time zone.")
    if settings.phone_region not in phonenumbers.SUPPORTED_REGIONS:
        wrong.append(f"OVERTONE_PHONE_REGION={settings.phone_region} is no region (two letters, such as HU).")
    zones = f"days in {settings.time_zone}, phones of {settings.phone_region}"
    return Finding("settings", f"data in {settings.data_dir.resolve()}, {zones}", " ".join(wrong))


def _database(settings: Settings) -> Finding:
    kind = "PostgreSQL" if settings.database_url is not None else "SQLite"
    try:
        database = open_database(settings.database)
        try:
            in_use = database.version()
            current = database.is_current()
        finally:
            database.close()
    except ValueError as error:
        return Finding("database", kind, f"{error}.")
    except Exception:  # noqa: BLE001 - drivers raise what they like; the text may hold the password
        return Finding("database", kind, "It does not answer: check DATABASE_URL and that the server runs.")
    return Finding(
        "database", in_use, "" if current else "The schema is not current: `overtone serve` brings it up."
    )


def _tasks(settings: Settings) -> Finding:
    database = open_database(settings.database)
    try:
        if not database.is_current():
            return Finding("tasks", "none yet")
        with database.reading() as session:
            counts = tasks.counts(session)
    finally:
        database.close()
    total: dict[str, int] = {}
    for count in counts:
        total[count.state] = total.get(count.state, 0) + count.tasks
    in_use = (
        ", ".join(f"{number} {state}" for state, number in sorted(total.items()))
        or "nothing waits, runs or has failed"
    )
    failed = total.get("failed", 0)
    wrong = (
        f"{failed} failed: see the page Tasks, and drive them again when the cause is mended."
        if failed
        else ""
    )
    return Finding("tasks", in_use, wrong)


def _broker(settings: Settings) -> Finding:
    broker = open_broker(settings)
    wrong = ""
    if settings.redis_url is not None and not broker.is_up():
        wrong = "It does not answer at REDIS_URL; work goes on by polling, a few seconds later."
    return Finding("broker", broker.describe(), wrong)


def _blobs(settings: Settings) -> Finding:
    folder = settings.blobs_dir
    parent = next(place for place in (folder, *folder.resolve().parents) if place.exists())
    free = shutil.disk_usage(parent).free
    wrong = ""
    if free < settings.min_free_bytes:
        wrong = "Less disk is free than OVERTONE_MIN_FREE_BYTES: uploads are refused."
    return Finding("blobs", f"folder {folder.resolve()}, {free / 1024**3:.1f} GiB free", wrong)


def _models() -> Iterator[Finding]:
    """The models live in a package that this process must not import: it is asked in a process of its own."""
    try:
        run = subprocess.run(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", "nlp", "doctor", *recogniser_arguments()],
            capture_output=True,
            text=True,
            check=True,
            timeout=MODELS_TIMEOUT_SECONDS,
        )
        yield from (Finding(**finding) for finding in json.loads(run.stdout))
    except (subprocess.SubprocessError, ValueError, TypeError):
        yield Finding(
            "models", "none", "The model libraries are not installed here, or broken: workers cannot run."
        )
