"""Texts per second of our batch path beside the plain transformers pipeline: same encoder, same head."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import load_file
from transformers import AutoModel, AutoTokenizer, BertConfig, BertModel, pipeline

from nlp.adapters import merged, read_adapter
from nlp.artifacts import read_manifest
from nlp.emotion import EmotionModel, open_emotion
from nlp.encoder import open_encoder, package_directory, spelled

ROOT = Path(__file__).resolve().parents[2]
MODELS = ROOT / "models"
TEXTS = 2000
BASE_TEXTS = 200
PLAIN_TEXTS = 600  # the plain pipeline is slow; its rate does not depend on how many

Labels = list[tuple[str, ...]]


@dataclass(frozen=True)
class Run:
    """What one way of working took, and what it found."""

    labels: Labels
    seconds: float
    cpu_seconds: float

    @property
    def rate(self) -> float:
        """Texts per second of wall time."""
        return len(self.labels) / self.seconds

    @property
    def cpu_rate(self) -> float:
        """Texts per second of processor time: comparable on a busy machine."""
        return len(self.labels) / self.cpu_seconds


def texts() -> list[str]:
    """Distinct texts of the dev split where the data folder is there, made-up ones otherwise."""
    data = Path(os.environ.get("OVERTONE_DATA", ROOT.parent / "shared" / "data"))
    path = data / "goemotions" / "original" / "dev.tsv"
    if path.is_file():
        lines = path.read_text("utf-8").splitlines()
        return list(dict.fromkeys(line.split("\t")[0] for line in lines))[:TEXTS]
    tails = ("", " and nobody calls me back.", ", thank you very much for your help with it!")
    return [f"My order number {n} has not arrived{tails[n % 3]}" for n in range(TEXTS)]


def timed(work: Callable[[Sequence[str]], Labels], given: Sequence[str]) -> Run:
    """Run once on a few texts to warm up, then once in earnest."""
    work([f"warm up {number}" for number in range(16)])
    started, processor = time.perf_counter(), time.process_time()
    labels = work(given)
    return Run(labels, time.perf_counter() - started, time.process_time() - processor)


def ours(given: Sequence[str], *, emotion: EmotionModel) -> Labels:
    """Emotions as the product finds them."""
    return [tuple(sorted(found.label for found in row)) for row in emotion.predict(given)]


class PlainPipeline:
    """The usual way: a feature-extraction pipeline over a list of texts, the head applied to its means."""

    def __init__(self, emotion: EmotionModel, *, batch_size: int) -> None:
        directory, manifest = str(package_directory()), read_manifest(MODELS)
        adapter = read_adapter(manifest.path("emotion", "adapter.safetensors"))
        model = AutoModel.from_pretrained(directory, local_files_only=True).eval()
        layers = model.encoder.layer
        for number, layer in enumerate(merged(list(layers), adapter), adapter.first_layer):
            layers[number] = layer
        tokenizer = AutoTokenizer.from_pretrained(directory, local_files_only=True)
        self._pipeline: Any = pipeline("feature-extraction", model=model, tokenizer=tokenizer)
        self._batch_size = batch_size
        self._names = emotion.labels
        self._limits = np.array([emotion.thresholds[label] for label in emotion.labels])
        self._scale, self._shift = emotion.scale, emotion.shift
        self._head = load_file(manifest.path("emotion", "head.safetensors"))

    def __call__(self, given: Sequence[str]) -> Labels:
        """Labels of each text, as `ours` gives them."""
        options = {"batch_size": self._batch_size} if self._batch_size > 1 else {}
        return [
            self._labels(text, row)
            for text, row in zip(given, self._pipeline(list(given), **options), strict=True)
        ]

    def _labels(self, text: str, states: Any) -> tuple[str, ...]:
        hidden: NDArray[np.float32] = np.asarray(states, np.float32)[0]
        tokens = len(self._pipeline.tokenizer(text)["input_ids"]) if self._batch_size > 1 else len(hidden)
        mean = hidden[:tokens].mean(axis=0)
        mean /= np.linalg.norm(mean)
        logits = self._head["weight"] @ mean + self._head["bias"]
        scores = 1 / (1 + np.exp(-(self._scale * logits + self._shift)))
        return tuple(sorted(self._names[i] for i in np.flatnonzero(scores >= self._limits)))


class BertBase:
    """A model of BERT-base's size, batches of 32: random weights are as slow as trained ones."""

    def __init__(self) -> None:
        torch.manual_seed(0)
        tokenizer = AutoTokenizer.from_pretrained(str(package_directory()), local_files_only=True)
        self._pipeline: Any = pipeline(
            "feature-extraction", model=BertModel(BertConfig()).eval(), tokenizer=tokenizer
        )

    def __call__(self, given: Sequence[str]) -> Labels:
        """Reads each text; it has nothing to say of any."""
        return [() for _ in self._pipeline(list(given), batch_size=32)]


def main() -> int:
    """Print what was measured; the last line is a JSON object of figures."""
    given = [spelled(text) for text in texts()]  # pictographs as words for both: our own step before encoding
    emotion = open_emotion(MODELS, open_encoder(MODELS))
    batch = timed(lambda some: ours(some, emotion=emotion), given)
    plain = timed(PlainPipeline(emotion, batch_size=1), given[:PLAIN_TEXTS])
    batched = timed(PlainPipeline(emotion, batch_size=32), given[:PLAIN_TEXTS])
    base = timed(BertBase(), given[:BASE_TEXTS])
    print(f"{len(given)} texts, {torch.get_num_threads()} threads", file=sys.stderr)
    figures: dict[str, Any] = {}
    for name, run in {"ours": batch, "pipeline": plain, "pipeline, batch_size=32": batched}.items():
        same = np.mean([mine == other for mine, other in zip(batch.labels, run.labels, strict=False)])
        figures[f"texts per second, {name}"] = round(run.rate, 1)
        figures[f"texts per CPU second, {name}"] = round(run.cpu_rate, 1)
        figures[f"same labels, {name}"] = round(float(same), 4)
    figures["texts per second, BERT-base size, batch_size=32"] = round(base.rate, 1)
    figures["texts per CPU second, BERT-base size, batch_size=32"] = round(base.cpu_rate, 1)
    figures |= whole_command(given)
    print(json.dumps(figures))
    return 0


def whole_command(given: Sequence[str]) -> dict[str, float]:
    """`overtone analyze --jsonl` as a user runs it, start-up, redaction and all models in it."""
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "texts.jsonl"
        lines.write_text("".join(f"{json.dumps({'id': n, 'text': text})}\n" for n, text in enumerate(given)))
        command = [sys.executable, "-m", "nlp", "analyze", "--jsonl", str(lines)]
        started, before = time.perf_counter(), os.times()
        run = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
        seconds, after = time.perf_counter() - started, os.times()
    if run.stdout.count(b"\n") != len(given):
        raise RuntimeError("a line went missing")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return {
        "texts per second, whole analyze --jsonl": round(len(given) / seconds, 1),
        "texts per CPU second, whole analyze --jsonl": round(len(given) / cpu, 1),
    }


if __name__ == "__main__":
    sys.exit(main())
