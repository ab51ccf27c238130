"""The command ``analyze``: both pipelines on one file or on lines of texts, no database."""

import argparse
import importlib
import json
from types import ModuleType

from nlp.commands.files import Asked, asked
from nlp.commands.telling import BadCall, printed
from nlp.document import schema


def run(options: argparse.Namespace) -> int:
    """Print the document, a summary, lines or the schema; cheap checks come before the models are loaded."""
    if options.schema:
        return printed(json.dumps(schema(), indent=2))
    if (options.path is None) == (options.jsonl is None):
        raise BadCall("what_to_analyze", "Nothing to analyze, or two things.", "Give PATH or --jsonl FILE.")
    if options.only is not None and options.jsonl is None:
        raise BadCall(
            "only_of_lines", "--only goes with lines of texts.", "Give --jsonl FILE, or leave it out."
        )
    if options.jsonl is not None:
        return int(_heavy("lines").run(options))
    file: Asked = asked(options)
    return int(_heavy("one_file").run(options, file))


def _heavy(name: str) -> ModuleType:
    return importlib.import_module(f"nlp.commands.{name}")
