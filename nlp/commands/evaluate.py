"""The command ``evaluate``: the models' figures on dev splits, held against the floors of the manifest."""

import argparse
import contextlib
import json
import sys

from nlp.artifacts import read_manifest
from nlp.commands.telling import BadCall, printed
from nlp.commands.train import check_data
from nlp.errors import NlpError
from nlp.training import emotion, evaluate_call_reasons, party_roles, sentiment, sentiment_languages

EVALUATORS = {
    "call_reasons": evaluate_call_reasons.evaluate,
    "emotion": emotion.evaluate,
    "sentiment": sentiment.evaluate,
    "sentiment_languages": sentiment_languages.evaluate,
    "party_roles": party_roles.evaluate,
}


def run(options: argparse.Namespace) -> int:
    """Measure each model named; exit code 1 when a figure is below its floor."""
    check_data(options)
    unknown = set(options.names) - set(EVALUATORS)
    if unknown:
        known = ", ".join(EVALUATORS)
        raise BadCall("unknown_model", f"There is no model {min(unknown)!r}.", f"Name one of {known}.")
    found = {name: _measured(name, options) for name in options.names or EVALUATORS}
    if options.json:
        printed(json.dumps(found, indent=2))
    return 1 if any(entry["below_floor"] for entry in found.values()) else 0


def _measured(name: str, options: argparse.Namespace) -> dict[str, object]:
    below, figures = "", {}
    out = sys.stderr if options.json else sys.stdout
    with contextlib.redirect_stdout(out):
        out.write(f"{name}\n")
        try:
            figures = EVALUATORS[name](options.data, options.models)
        except NlpError as error:
            if error.code != "below_floor":
                raise
            below = error.detail
            sys.stderr.write(f"below_floor: {below}\n")
    floor = dict(read_manifest(options.models).artifact(name).floor)
    return {"figures": figures, "floor": floor, "below_floor": below}
