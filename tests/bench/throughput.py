"""Texts of 5 to 200 tokens per CPU second: `analyze --jsonl` beside pipelines of transformers.

All ways take the same texts in turns, in one warm process; start-up is in none of the figures. What is
compared with what:

- `analyze --jsonl`: everything; `--only emotion`: that finding, with redaction, language and the document.
- pipeline: `pipeline("text-classification")` with the same encoder and the same emotion head in float32, one
  text at a time as by default, and in batches. It finds emotions and nothing else.
- zero-shot: `pipeline("zero-shot-classification")` with 128 labels on an NLI model of the same size, beside
  what `reasons predict` does with a taxonomy of 128 reasons. It reads a few texts of each round, of lengths
  that stand for all of the round.

Words after `python -m tests.bench.throughput` run only the ways in whose name one of them stands.
"""

import io
import json
import sys
import time
from collections.abc import Callable, Collection, Sequence
from typing import Any

import numpy as np
import torch

from nlp.analysis import AnalysisPipeline, open_analysis
from nlp.batch import analyze_lines
from nlp.call_reasons.definition import from_labels
from nlp.call_reasons.own import OwnReasonModel
from nlp.encoder import Encoder, open_encoder
from nlp.facts import FactFinder
from nlp.pieces import MAX_WORDS
from nlp.sought import EVERYTHING, Sought
from nlp.training.own_reasons import Example, train_reasons
from nlp.transcript import Party
from nlp.transcription import SpeechOptions, open_transcription
from tests.bench.agreement import agreement
from tests.bench.mixed_texts import mixed_texts
from tests.bench.plain_pipelines import EmotionPipeline, ZeroShotPipeline
from tests.bench.stages import stages
from tests.bench.texts_per_second import MODELS

ROUNDS, TEXTS = 3, 128
BATCH_SIZES = (8, 32)
ZERO_SHOT_TEXTS = 4  # of a round: each takes 128 passes
REASONS, EXAMPLES = 128, 4

Way = Callable[[Sequence[str]], Any]
Documents = list[dict[str, Any]]
ONLY_EMOTION = frozenset({Sought.EMOTION})
COMPARED = (
    ("analyze --jsonl --only emotion", "pipeline, default"),
    *(("analyze --jsonl --only emotion", f"pipeline, batch_size={size}") for size in BATCH_SIZES),
    ("analyze --jsonl", "pipeline, default"),
    ("analyze --jsonl", "analyze --jsonl, float32"),
    ("128 own reasons", "zero-shot, 128 labels"),
)


def main(parts: Sequence[str]) -> int:
    """Print what was measured; the last line is a JSON object of figures."""
    torch.set_num_threads(1)
    encoder = open_encoder(MODELS)
    texts = mixed_texts((ROUNDS + 1) * TEXTS, lambda text: len(encoder.tokens([text])[0]) - 2)
    lengths = [len(ids) for ids in encoder.tokens(texts)]
    ways = {
        name: way for name, way in _ways(encoder).items() if not parts or any(part in name for part in parts)
    }
    rates, found = interleaved(ways, texts[: ROUNDS * TEXTS])
    figures: dict[str, float] = {"tokens of a text, mean": round(float(np.mean(lengths)), 1)}
    figures |= {f"texts per CPU second, {name}": round(rate, 2) for name, rate in rates.items()}
    figures |= {
        f"{ours} : {other}": round(rates[ours] / rates[other], 2)
        for ours, other in COMPARED
        if {ours, other} <= set(rates)
    }
    if {"analyze --jsonl", "analyze --jsonl, float32"} <= set(found):
        figures |= agreement(found["analyze --jsonl, float32"], found["analyze --jsonl"])
        figures |= _stages(texts[ROUNDS * TEXTS :])
    if not parts:
        figures["same emotions as the pipeline, texts read whole"] = _same_as_pipeline(texts, found)
    print(json.dumps(figures))
    return 0


def interleaved(ways: dict[str, Way], texts: Sequence[str]) -> tuple[dict[str, float], dict[str, list[Any]]]:
    """Texts per CPU second of each way, which take turns round by round, and what each found."""
    spent, done = dict.fromkeys(ways, 0.0), dict.fromkeys(ways, 0)
    found: dict[str, list[Any]] = {name: [] for name in ways}
    for way in ways.values():
        way(["The warm-up is no part of the figures."])
    for start in range(0, len(texts), TEXTS):
        for name, way in ways.items():
            some = texts[start : start + TEXTS]
            if name.startswith("zero"):
                some = _standing_for(some, ZERO_SHOT_TEXTS)
            before = time.process_time()
            found[name] += way(some)
            spent[name] += time.process_time() - before
            done[name] += len(some)
        print({name: round(done[name] / spent[name], 2) for name in ways}, file=sys.stderr, flush=True)
    return {name: done[name] / spent[name] for name in ways}, found


def _standing_for(texts: Sequence[str], count: int) -> list[str]:
    """A few of the texts: the middle one of each of so many classes of length."""
    by_length = sorted(texts, key=len)
    return [by_length[len(texts) * (2 * place + 1) // (2 * count)] for place in range(count)]


def _ways(encoder: Encoder) -> dict[str, Way]:
    own, labels = _own_reasons(encoder)
    pipeline = EmotionPipeline()
    return {
        "analyze --jsonl": _analyzing(open_analysis(MODELS, precision="auto")),
        "analyze --jsonl, float32": _analyzing(open_analysis(MODELS)),
        "analyze --jsonl --only emotion": _analyzing(open_analysis(MODELS, precision="auto"), ONLY_EMOTION),
        "pipeline, default": pipeline,
        **{f"pipeline, batch_size={size}": pipeline.batched(size) for size in BATCH_SIZES},
        "128 own reasons": lambda some: own.predict([[(Party.CUSTOMER, text)] for text in some]),
        "zero-shot, 128 labels": ZeroShotPipeline(labels),
    }


def _analyzing(analysis: AnalysisPipeline, sought: Collection[Sought] = EVERYTHING) -> Way:
    """The command's work: lines in, lines out; each way has an encoder of its own."""
    transcription, facts = open_transcription(SpeechOptions()), FactFinder()

    def way(texts: Sequence[str]) -> Documents:
        file = io.BytesIO("".join(json.dumps({"text": text}) + "\n" for text in texts).encode())
        answers = analyze_lines(file, transcription, analysis, facts, sought)
        return [json.loads(line) for batch in answers for line in batch]

    return way


def _own_reasons(encoder: Encoder) -> tuple[OwnReasonModel, list[str]]:
    """A taxonomy of 128 reasons, each with a few examples, on an encoder as the product opens it."""
    labels = [f"question about product {number}" for number in range(REASONS)]
    asked = ("where is my {}", "my {} is broken", "how much is a {}", "I want to return the {}")
    examples = [
        Example(text.format(label.removeprefix("question about ")), label)
        for label in labels
        for text in asked[:EXAMPLES]
    ]
    trained = train_reasons(from_labels(labels, name="bench"), examples, encoder, version="1")
    return trained.model.on(open_encoder(MODELS, precision="auto")), labels


def _same_as_pipeline(texts: Sequence[str], found: dict[str, list[Any]]) -> float:
    """Share of the texts short enough to be read whole; long ones we read in pieces."""
    pairs = [
        (tuple(sorted(one["label"] for one in ours["emotions"] or ())), theirs)
        for text, ours, theirs in zip(
            texts, found["analyze --jsonl, float32"], found["pipeline, default"], strict=False
        )
        if len(text.split()) <= MAX_WORDS and ours["turns"][0]["text"] == text and ours["language"] == "en"
    ]
    return round(float(np.mean([ours == theirs for ours, theirs in pairs])), 4)


def _stages(texts: Sequence[str]) -> dict[str, float]:
    """Milliseconds of processor time a text, by stage."""
    transcription, facts = open_transcription(SpeechOptions()), FactFinder()
    analysis = open_analysis(MODELS, precision="auto")
    stages(["I want my money back, please, it is late."], transcription, analysis, facts)
    spent = stages(texts, transcription, analysis, facts)
    return {
        f"CPU ms of a text, {name}": round(1000 * seconds / len(texts), 2) for name, seconds in spent.items()
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
