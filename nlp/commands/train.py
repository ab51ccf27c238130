"""The command ``train``: a model anew from the public data sets."""

import argparse
import contextlib
import json
import sys

from nlp.commands.telling import BadCall, printed
from nlp.training import (
    call_language,
    call_reasons,
    emotion,
    party_roles,
    pronunciation,
    sentiment,
    sentiment_languages,
    telephone_band,
    word_confidence,
)

TRAINERS = {
    "call_reasons": call_reasons.train,
    "emotion": emotion.train,
    "sentiment": sentiment.train,
    "sentiment_languages": sentiment_languages.train,
    "party_roles": party_roles.train,
    "telephone_band": telephone_band.train,
    "call_language": call_language.train,
    "pronunciation": pronunciation.train,
    "word_confidence": word_confidence.train,
}
DATA_REMEDY = "Name the folder of the public data sets with --data PATH, or set OVERTONE_DATA."


def run(options: argparse.Namespace) -> int:
    """Train, write the artefact, its card and its manifest entry; print the figures."""
    check_data(options)
    with contextlib.redirect_stdout(sys.stderr if options.json else sys.stdout):
        figures = TRAINERS[options.name](options.data, options.models)
    if options.json:
        return printed(json.dumps(figures, indent=2))
    return printed(f"{options.name}: written to {options.models / options.name}")


def check_data(options: argparse.Namespace) -> None:
    """Raise BadCall when the data folder is not there."""
    if not options.data.is_dir():
        raise BadCall("no_data", "The folder of the public data sets is not there.", DATA_REMEDY)
