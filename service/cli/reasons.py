"""`overtone reasons`: the models' own command; what it trains is also entered among the taxonomies."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn

import typer

from service.cli.given import opened
from service.cli.taxonomy import AUTHOR, as_toml
from service.errors import ServiceError
from service.intake.reason_examples import read_csv
from service.intake.taxonomies import from_tables
from service.settings import Settings
from service.store import reason_examples, reason_models, taxonomies
from service.store.blobs import DirectoryBlobs
from service.store.database import Database, Session
from service.store.taxonomy_tables import ReasonModelRow, TaxonomyRow
from service.taxonomies import Reason, folded

CSV = (".csv", ".tsv", ".txt")


def reasons(arguments: Sequence[str]) -> NoReturn:
    """Run `python -m nlp reasons`; a training without a folder of its own is entered in the database."""
    given = _given(arguments)
    if given.action != "train" or given.folder is not None or not given.taxonomy:
        os.execv(sys.executable, _command(arguments))  # noqa: S606 - our own module
    sys.exit(_train(arguments, given))


def _train(arguments: Sequence[str], given: argparse.Namespace) -> int:
    settings = Settings()
    environment = {**os.environ, "OVERTONE_DATA_DIR": str(settings.data_dir)}
    with tempfile.TemporaryDirectory() as folder:
        more = _definition(settings, given, Path(folder) / "taxonomy.toml")
        code = subprocess.call([*_command(arguments), *more], env=environment)  # noqa: S603 - our own module
    if code:
        return code
    try:
        model = entered(settings, given)
        typer.echo(
            f"Entered as model {model.number} of {given.taxonomy}, version {model.taxonomy_version}; "
            f"overtone taxonomy activate {given.taxonomy!r} puts it to use.",
            err=True,
        )
    except ServiceError as error:  # the model is trained all the same, and `predict` finds it
        typer.echo(f"Not entered among the taxonomies: {error.code}: {error.detail} {error.remedy}", err=True)
    return 0


def _definition(settings: Settings, given: argparse.Namespace, path: Path) -> list[str]:
    """The definition of a taxonomy that is known, where it has every label: its descriptions take part."""
    if given.definition is not None or not _has_database(settings):
        return []
    with opened().reading() as session:
        row = taxonomies.find(session, given.taxonomy)
        if row is None:
            return []
        known = reason_examples.label_names(row)
        path.write_text(as_toml(row.name, taxonomies.draft(row)), "utf-8")
    try:
        labels = _labels(given.examples)
    except ServiceError:  # the models' command says better what is wrong with the file
        labels = set()
    return ["--definition", str(path)] if {folded(label) for label in labels} <= known.keys() else []


def entered(settings: Settings, given: argparse.Namespace) -> ReasonModelRow:
    """Make the newest model known: its reasons as a version, its report, its examples on their way."""
    root = settings.reasons_dir / given.taxonomy
    number = max(int(one.name) for one in root.iterdir() if one.name.isdecimal())
    folder = root / str(number)
    table = tomllib.loads((folder / "taxonomy.toml").read_text("utf-8"))
    report: dict[str, Any] = json.loads((folder / "report.json").read_text("utf-8"))
    database = opened()
    with database.transaction() as session:
        row = _taxonomy(session, given.taxonomy, table)
        last = taxonomies.newest(session, row)
        if last is None or taxonomies.has_changes(row, last):
            last = taxonomies.publish(session, row.name, author=AUTHOR)
        model = reason_models.add(session, row, last.number, author=AUTHOR, number=number)
        model.folder = f"{given.taxonomy}/{number}"
        digest = sha256((folder / "manifest.json").read_bytes()).hexdigest()
        examples = sum((report.get("examples") or {}).values())
        reason_models.record(
            session, model.id, digest=digest, report=report, examples=examples, corrections=0
        )
    _keep_examples(database, settings, given)
    return model


def _taxonomy(session: Session, name: str, table: dict[str, Any]) -> TaxonomyRow:
    """The taxonomy with the reasons that were trained; what is known of them is kept."""
    known = taxonomies.find(session, name)
    draft = taxonomies.draft(known) if known else ()
    by_name = {folded(reason.name): reason for reason in draft}
    before = taxonomies.names_before(session, known) if known else ()
    reasons = [_kept(reason, by_name) for reason in from_tables(table).checked(before)]
    gone = {folded(reason.name) for reason in reasons}
    retired = [one for one in draft if one.retired_at and folded(one.name) not in gone]
    row, _ = taxonomies.put(session, name, [*reasons, *retired])
    return row


def _kept(reason: Reason, known: dict[str, Reason]) -> Reason:
    before = known.get(folded(reason.name))
    if before is None:
        return reason
    return replace(reason, description=reason.description or before.description, comes_from=before.comes_from)


def _keep_examples(database: Database, settings: Settings, given: argparse.Namespace) -> None:
    """So that the next training in the service has them too; a worker redacts them first."""
    if given.examples is None or given.examples.suffix.lower() not in CSV:
        return
    with database.transaction() as session:
        row = taxonomies.get(session, given.taxonomy)
        found = read_csv(given.examples.read_bytes(), reason_examples.label_names(row))
        blobs = DirectoryBlobs(settings.blobs_dir)
        reason_examples.begin_import(session, blobs, row.name, found.examples, author=AUTHOR)


def _labels(examples: Path | None) -> set[str]:
    if examples is None or not examples.is_file() or examples.suffix.lower() not in CSV:
        return set()
    return {one.reason for one in read_csv(examples.read_bytes(), None).examples if one.reason}


def _has_database(settings: Settings) -> bool:
    return settings.database_url is not None or (settings.data_dir / "overtone.db").is_file()


def _command(arguments: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "nlp", "reasons", *arguments]


def _given(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(add_help=False, exit_on_error=False, allow_abbrev=True)
    parser.add_argument("action", nargs="?")
    parser.add_argument("--taxonomy")
    for name in ("--examples", "--definition", "--folder"):
        parser.add_argument(name, type=Path)
    try:
        return parser.parse_known_args(list(arguments))[0]
    except (argparse.ArgumentError, SystemExit):  # the models' command says what is wrong
        return argparse.Namespace(action=None, taxonomy=None, examples=None, definition=None, folder=None)
