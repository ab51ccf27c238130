"""A trained model's files as `python -m nlp reasons train` leaves them, without a model."""

import argparse
import json
from pathlib import Path

from service.cli.reasons import entered
from service.cli.taxonomy import as_toml
from service.settings import Settings
from service.taxonomies import Reason


def enter(folder: Path, name: str, number: int, reasons: list[str]) -> None:
    """Write the files of a training and enter it."""
    place = folder / "reasons" / name / str(number)
    place.mkdir(parents=True)
    (place / "taxonomy.toml").write_text(as_toml(name, tuple(Reason(name=one) for one in reasons)), "utf-8")
    (place / "report.json").write_text(json.dumps({"examples": {"refund": 3}}), "utf-8")
    (place / "manifest.json").write_text("{}", "utf-8")
    examples = folder / "labelled.csv"
    examples.write_text("text,label\nI want my money,refund\n", "utf-8")
    entered(Settings(), argparse.Namespace(taxonomy=name, examples=examples))
