"""Lines of texts: JSON lines in, one JSON line out for each."""

import argparse
import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from nlp.analysis import open_analysis
from nlp.batch import analyze_lines
from nlp.commands.telling import BadCall
from nlp.facts import FactFinder, read_terms
from nlp.redaction import kinds_of
from nlp.sought import EVERYTHING, Sought
from nlp.transcription import SpeechOptions, open_transcription


def run(options: argparse.Namespace) -> int:
    """Answer every line; a broken one by a line with its error, and exit code 0 all the same."""
    sought = sought_in(options.only)
    with opened(options.jsonl) as file:
        speech = SpeechOptions(
            phone_region=options.phone_region,
            masked_kinds=kinds_of(options.redact),
            ner=options.ner,
            models_dir=options.models,
        )
        analysis = open_analysis(options.models, precision=options.precision)
        terms = FactFinder(read_terms(options.terms) if options.terms else (), region=options.phone_region)
        for answers in analyze_lines(file, open_transcription(speech), analysis, terms, sought):
            sys.stdout.write("\n".join(answers) + "\n")
            sys.stdout.flush()
    return 0


def sought_in(given: str | None) -> frozenset[Sought]:
    """What a list with commas names, everything where there is no list; raises BadCall."""
    if given is None:
        return EVERYTHING
    names = [name.strip() for name in given.split(",") if name.strip()]
    if not names or not set(names) <= set(Sought):
        raise BadCall("unknown_finding", "That cannot be sought.", f"Give some of: {', '.join(Sought)}.")
    return frozenset(map(Sought, names))


@contextlib.contextmanager
def opened(name: str) -> Iterator[BinaryIO]:
    """The file of that name, or stdin for ``-``; raises BadCall."""
    if name == "-":
        yield sys.stdin.buffer
        return
    path = Path(name)
    if not path.is_file():
        raise BadCall("no_such_file", f"There is no file {path.name}.", "Check the path, or - for stdin.")
    with path.open("rb") as file:
        yield file
