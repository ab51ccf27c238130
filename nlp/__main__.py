"""The models on the command line: analyze files and lines of texts; list, train and measure models."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from nlp.commands.telling import tell
from nlp.errors import NlpError

HERE = Path(__file__).resolve().parent.parent
MODELS = HERE / "models"
CALLS = HERE / "service" / "demo"  # telephone-band calls whose words are known
MEASURED = ("call_reasons", "emotion", "sentiment", "sentiment_languages", "party_roles")
TRAINABLE = (*MEASURED, "telephone_band", "call_language", "pronunciation", "word_confidence")
FAILED, INTERRUPTED = 1, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code: 0, 1 for an expected failure, 2 for a wrong call."""
    options = _parser().parse_args(arguments)
    # by name, so that a command that needs no model does not wait seconds for the models' libraries
    try:
        code: int = importlib.import_module(f"nlp.commands.{options.module}").run(options)
        sys.stdout.flush()
    except NlpError as error:
        tell(error, as_json=options.json)
        return FAILED
    except BrokenPipeError:  # the reader has left: nobody to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="overtone", description="Speech and text models of Overtone.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, sentence: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=sentence, description=sentence)
        added.set_defaults(module=name)
        added.add_argument("--models", type=Path, default=MODELS, help="folder of the trained models")
        added.add_argument("--json", action="store_true", help="print JSON")
        return added

    _analyze(command("analyze", "Analyze a recording, mail, messages or a text, or texts by the line."))
    _phrases(command("phrases", "Find phrases in the sound of a recording; no transcript is needed."))
    models = command("models", "List the trained models and verify their files.")
    models.add_argument("action", nargs="?", choices=("list", "verify"), default="verify")
    train = command("train", "Train a model from the public data sets.")
    train.add_argument("name", choices=TRAINABLE)
    measure = command("evaluate", "Measure models on dev splits; fails when one is below its floor.")
    measure.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(MEASURED)}; all by default")
    for added in (train, measure):
        added.add_argument("--data", type=Path, default=_data(), help="folder of the public data sets")
    _reasons(command("reasons", "Train, measure and use call reasons of your own."))
    _quantisation(command("quantisation", "Measure whether faster-whisper's weights may compute in 8 bits."))
    _recogniser(command("doctor", "Say what the models need and what is missing, as JSON."))
    return parser


def _recogniser(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--engine", default="auto", help="recogniser: auto, sphinx, whisper[:SIZE], faster-whisper[:SIZE]")
    add("--weights", type=Path, metavar="FOLDER", help="where recogniser weights are looked for first")
    add("--no-download", action="store_true", help="never fetch recogniser weights")


def _analyze(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add(
        "path", nargs="?", type=Path, help="recording, transcript (.vtt, .srt, .json), .eml, messages or .txt"
    )
    add(
        "--jsonl",
        metavar="FILE",
        help='lines of {"id","text"} or {"id","turns":[{"party","text"}]}; - is stdin',
    )
    add(
        "--only",
        metavar="FINDINGS",
        help="with --jsonl: only these of reasons,emotion,sentiment,facts,summary; others are absent",
    )
    add(
        "--precision",
        choices=("auto", "float32"),
        default="auto",
        help="with --jsonl: auto multiplies in bfloat16 where the processor can, twice as quick",
    )
    add("--schema", action="store_true", help="print the JSON Schema of the document")
    _recogniser(parser)
    add("--language", metavar="CODE", help="what is spoken (ISO 639-1); told by the recogniser if not given")
    add("--channel-map", metavar="MAP", help='who is on which audio channel, as "0=agent,1=customer"')
    add("--metadata", type=Path, metavar="FILE", help="JSON sidecar; its channel_map and language are used")
    add("--terms", type=Path, metavar="FILE", help="JSON lists of terms that are found as facts")
    add("--phone-region", default="US", metavar="CC", help="country of phone numbers without a prefix")
    add("--ner", default="", metavar="PIPELINE", help="spaCy pipeline that finds further names and places")
    add(
        "--redact",
        default="default",
        metavar="KINDS",
        help="what is masked: default, all, a list, -phone,+place",
    )


def _phrases(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("path", type=Path, help="recording (wav, mp3, ...)")
    add(
        "--phrase",
        action="append",
        required=True,
        metavar="WORDS",
        help="what is sought; several times for more",
    )
    add("--language", metavar="CODE", help="what is spoken; other than English finds nothing")
    add("--channel-map", metavar="MAP", help='who is on which audio channel, as "0=agent,1=customer"')
    add("--metadata", type=Path, metavar="FILE", help="JSON sidecar; its channel_map and language are used")


def _reasons(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("action", choices=("train", "evaluate", "predict"))
    add("--taxonomy", required=True, metavar="NAME", help="what the reasons are called together")
    add("--examples", type=Path, metavar="FILE", help="CSV with the columns text,label; or JSON lines")
    add("--definition", type=Path, metavar="FILE", help="TOML with the reasons; without it the labels are")
    add(
        "--folder",
        type=Path,
        metavar="DIR",
        help="where taxonomies lie; $OVERTONE_DATA_DIR/reasons if not given",
    )
    add("--jsonl", metavar="FILE", help='lines of {"id","text"} or {"id","turns"} to find reasons in')


def _quantisation(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("size", nargs="?", default="", help="size, or folder of a model; the preferred one by default")
    add("--weights", type=Path, metavar="FOLDER", help="where recogniser weights are looked for first")
    add("--calls", type=Path, default=CALLS, metavar="FOLDER", help="known calls: recordings/ and scripts/")


def _data() -> Path:
    return Path(os.environ.get("OVERTONE_DATA", HERE.parent / "shared" / "data"))


if __name__ == "__main__":
    sys.exit(main())
