"""The command ``reasons``: call reasons of the user's own, trained, measured and found in texts."""

import argparse
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from nlp.batch import BrokenLine, Line, batches, lines
from nlp.call_reasons import Conversation, Taxonomy
from nlp.call_reasons.conversations import conversation_of
from nlp.call_reasons.definition import Labels, from_labels, read_definition
from nlp.call_reasons.own import MANIFEST_FILE, OwnReasonModel, open_own, write
from nlp.commands.lines import opened
from nlp.commands.reasons_printed import figures_printed, report_printed
from nlp.commands.telling import BadCall, printed
from nlp.encoder import open_encoder
from nlp.errors import BadExamples, BadTaxonomy
from nlp.training.example_files import ReadExamples, read_examples
from nlp.training.own_reasons import train_reasons
from nlp.training.reason_figures import measured

NAME = re.compile(r"[\w][\w .-]{0,63}")
REPORT_FILE = "report.json"


def run(options: argparse.Namespace) -> int:
    """Train, evaluate or predict."""
    if not NAME.fullmatch(options.taxonomy):
        detail = "A taxonomy's name has up to 64 letters, digits, spaces, dots, dashes."
        raise BadTaxonomy("bad_taxonomy_name", detail, "Give it another name.")
    return {"train": _train, "evaluate": _evaluate, "predict": _predict}[options.action](options)


def _train(options: argparse.Namespace) -> int:
    read = _examples(options) if options.examples or not options.definition else ReadExamples((), ())
    version = str(_newest(_folder(options)) + 1)
    trained = train_reasons(
        _taxonomy(options, read, version), read.examples, open_encoder(options.models), version=version
    )
    folder = _folder(options) / version
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".training-", dir=folder.parent))
    try:
        write(trained.model, draft)
        document = {**trained.report.document(), "bad_rows": [asdict(row) for row in read.bad_rows]}
        (draft / REPORT_FILE).write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", "utf-8")
        draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    if options.json:
        return printed(json.dumps({**document, "folder": str(folder)}, indent=2, ensure_ascii=False))
    report_printed(trained.report, read.bad_rows)
    return printed(f"Written to {folder}")


def _evaluate(options: argparse.Namespace) -> int:
    read, model = _examples(options), _model(options)
    labels, truth = Labels(model.taxonomy), []
    for example in read.examples:
        try:
            truth.append(_right(model.taxonomy, labels.reason(example.label)))
        except KeyError as error:
            detail = f"Line {example.line}: its label is not a reason of the taxonomy."
            raise BadExamples("unknown_reason", detail, "Correct the label, or train again.") from error
    texts: list[Conversation] = [conversation_of(example.text) for example in read.examples]
    answers = [found[0].name if found else None for found in model.predict(texts)]
    figures = measured(model.labels, model.distributions(texts), truth, answers)
    if figures is None:
        raise BadExamples("no_examples", "There is nothing to measure with.", "Give a file with examples.")
    if options.json:
        bad_rows = [asdict(row) for row in read.bad_rows]
        document = {"taxonomy": options.taxonomy, "version": model.version, **asdict(figures)}
        return printed(json.dumps({**document, "bad_rows": bad_rows}, indent=2, ensure_ascii=False))
    return figures_printed(figures, read.bad_rows)


def _predict(options: argparse.Namespace) -> int:
    if options.jsonl is None:
        raise BadCall(
            "no_texts", "There are no texts to find reasons in.", "Give --jsonl FILE, or - for stdin."
        )
    model = _model(options)
    with opened(options.jsonl) as file:
        for batch in batches(lines(file)):
            for answer in _answers(model, batch):
                printed(json.dumps(answer, ensure_ascii=False))
    return 0


def _answers(model: OwnReasonModel, batch: list[Line]) -> Iterator[dict[str, object]]:
    good = [line for line in batch if line.error is None]
    found = dict(zip((line.number for line in good), model.predict([x.turns for x in good]), strict=True))
    for line in batch:
        if isinstance(line.error, BrokenLine):
            error = {"code": line.error.code, "detail": line.error.detail}
            yield {"id": line.identity, "line": line.number, "error": error}
        else:
            reasons = [asdict(reason) for reason in found[line.number]]
            yield {
                "id": line.identity,
                "reason": reasons[0]["name"] if reasons else None,
                "reasons": reasons,
                "model": model.version,
            }


def _examples(options: argparse.Namespace) -> ReadExamples:
    if options.examples is None:
        detail = "There are no examples."
        raise BadCall("no_examples", detail, "Give --examples FILE.csv, or --definition FILE.toml to train.")
    return read_examples(options.examples)


def _taxonomy(options: argparse.Namespace, read: ReadExamples, version: str) -> Taxonomy:
    if options.definition is not None:
        return read_definition(options.definition, name=options.taxonomy, version=version)
    return from_labels((one.label for one in read.examples), name=options.taxonomy, version=version)


def _right(taxonomy: Taxonomy, name: str | None) -> frozenset[str]:
    known = {one.name for one in taxonomy.reasons}
    return frozenset({str(name), *(taxonomy.subs(name) if name in known else ())})


def _model(options: argparse.Namespace) -> OwnReasonModel:
    newest = _newest(_folder(options))
    if not newest:
        detail = f"The taxonomy {options.taxonomy!r} was not trained yet."
        raise BadTaxonomy("not_trained", detail, "Train it: overtone reasons train --taxonomy NAME ...")
    return open_own(_folder(options) / str(newest), open_encoder(options.models))


def _folder(options: argparse.Namespace) -> Path:
    folder: Path = options.folder or Path(os.environ.get("OVERTONE_DATA_DIR", "data")) / "reasons"
    return folder / str(options.taxonomy)


def _newest(folder: Path) -> int:
    """The newest trained version in a folder; 0 where there is none."""
    found = folder.glob(f"*/{MANIFEST_FILE}") if folder.is_dir() else ()
    return max((int(path.parent.name) for path in found if path.parent.name.isdecimal()), default=0)
