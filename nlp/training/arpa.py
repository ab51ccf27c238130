"""Reads the general n-gram model that comes with PocketSphinx; writes ARPA files with backoff weights."""

import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from math import log10
from pathlib import Path
from typing import Any, TypeVar

BEGIN_SCORE = -1.3  # log10: one word in twenty begins a sentence
ARPA_FIELDS = 4

Pair = tuple[str, str]
Triple = tuple[str, str, str]
Gram = TypeVar("Gram", Pair, Triple)


@dataclass(frozen=True)
class General:
    """The packaged model within a vocabulary: word and pair to (log10 probability, log10 backoff)."""

    words: Mapping[str, tuple[float, float]]
    pairs: Mapping[Pair, tuple[float, float]]
    model: Any
    logmath: Any

    def knows(self, *words: str) -> bool:
        """Whether all words are in the vocabulary."""
        return all(word in self.words for word in words)

    def score(self, word: str) -> float:
        """Log10 probability of a word as a history."""
        return BEGIN_SCORE if word == "<s>" else self.words[word][0]

    def word(self, word: str) -> float:
        """P(word); a word out of the vocabulary has none."""
        return float(10 ** self.words[word][0]) if word in self.words else 0.0

    def pair(self, first: str, second: str) -> float:
        """P(second | first)."""
        found = self.pairs.get((first, second))
        return float(10 ** found[0]) if found else float(10 ** self.words[first][1]) * self.word(second)

    def triple(self, first: str, second: str, third: str) -> float:
        """P(third | first second), asked of the whole model."""
        return float(10 ** self.logmath.log_to_log10(self.model.prob([third, second, first])))


def read_general(
    model: Any, logmath: Any, *, wanted: Set[str], size: int, rarest: float, seen: Set[Pair]
) -> General:
    """The ``size`` most common words and the ``wanted`` ones, with their pairs not rarer than ``rarest``.

    Pairs in ``seen`` are kept however rare. The library (5.1.1) dies while it writes the triples as ARPA: a
    process of its own does that, and the pairs, which come first, are all there.
    """
    words, pairs = sections(arpa_of_packaged_model())
    common = sorted(words, key=lambda word: -words[word][0])[:size]
    kept = {word: words[word] for word in {*common, *(wanted & words.keys()), "<s>", "</s>"}}
    general = General(kept, {}, model, logmath)
    near = {
        pair: scores
        for pair, scores in pairs.items()
        if general.knows(*pair) and (pair in seen or general.score(pair[0]) + scores[0] > rarest)
    }
    return General(kept, near, model, logmath)


DUMP = """
import sys
from pocketsphinx import Decoder, NGramModel, get_model_path
decoder = Decoder(loglevel="FATAL", lm=None)
model = NGramModel(decoder.config, decoder.logmath, get_model_path("en-us/en-us.lm.bin"))
model.write(sys.argv[1], NGramModel.str_to_type("arpa"))
"""


def arpa_of_packaged_model() -> list[str]:
    """Lines of the packaged model's words and pairs."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "general.arpa"
        subprocess.run([sys.executable, "-c", DUMP, str(path)], check=False)  # noqa: S603 - our own script
        return path.read_text("utf-8").splitlines()


def sections(lines: list[str]) -> tuple[dict[str, tuple[float, float]], dict[Pair, tuple[float, float]]]:
    """Words and pairs of an ARPA file with log10 probability and backoff."""
    words: dict[str, tuple[float, float]] = {}
    pairs: dict[Pair, tuple[float, float]] = {}
    length = 0
    for line in lines:
        fields = line.split()
        if line.startswith("\\"):
            length = {"\\1-grams:": 1, "\\2-grams:": 2}.get(line, 0)
        elif length == 1 and len(fields) == ARPA_FIELDS - 1:
            words[fields[1]] = float(fields[0]), float(fields[2])
        elif length == 2 and len(fields) == ARPA_FIELDS:
            pairs[fields[1], fields[2]] = float(fields[0]), float(fields[3])
    return words, pairs


def write_arpa(
    path: Path, words: Mapping[str, float], pairs: Mapping[Pair, float], triples: Mapping[Triple, float]
) -> None:
    """Write probabilities as an ARPA file; each history backs off to what it leaves over."""
    total = sum(words.values())
    words = {word: value / total for word, value in words.items()}
    pairs, pair_backoff = backed_off(pairs, lambda pair: (pair[:1], words[pair[1]]))

    def shorter(triple: Triple) -> float:
        found = pairs.get(triple[1:])
        return pair_backoff.get(triple[1:2], 1.0) * words[triple[2]] if found is None else found

    triples, triple_backoff = backed_off(triples, lambda triple: (triple[:2], shorter(triple)))
    with path.open("w", encoding="utf-8") as out:
        out.write(f"\\data\\\nngram 1={len(words) + 1}\nngram 2={len(pairs)}\nngram 3={len(triples)}\n")
        out.write("\n\\1-grams:\n")
        for word in sorted({*words, "<s>"}):
            score = log10(words[word]) if word in words else -99.0
            out.write(f"{score:.4f}\t{word}\t{log10(pair_backoff.get((word,), 1.0)):.4f}\n")
        out.write("\n\\2-grams:\n")
        for pair in sorted(pairs):
            backoff = log10(triple_backoff.get(pair, 1.0))
            out.write(f"{log10(pairs[pair]):.4f}\t{' '.join(pair)}\t{backoff:.4f}\n")
        out.write("\n\\3-grams:\n")
        for triple in sorted(triples):
            out.write(f"{log10(triples[triple]):.4f}\t{' '.join(triple)}\n")
        out.write("\n\\end\\\n")


def backed_off(
    grams: Mapping[Gram, float], lower: Callable[[Gram], tuple[tuple[str, ...], float]]
) -> tuple[dict[Gram, float], dict[tuple[str, ...], float]]:
    """N-grams scaled so that no history gives out more than 0.999, and each history's backoff weight.

    ``lower`` gives an n-gram's history and its probability in the next shorter model.
    """
    given: dict[tuple[str, ...], float] = defaultdict(float)
    covered: dict[tuple[str, ...], float] = defaultdict(float)
    for gram, value in grams.items():
        history, shorter = lower(gram)
        given[history] += value
        covered[history] += shorter
    scale = {history: min(1.0, 0.999 / total) for history, total in given.items()}
    weights = {
        history: max(1 - min(total, 0.999), 1e-4) / max(1 - covered[history], 1e-4)
        for history, total in given.items()
    }
    return {gram: value * scale[lower(gram)[0]] for gram, value in grams.items()}, weights
