"""Trains sphinx's language model: its own general English mixed with how people speak in contact centres."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from math import log10
from pathlib import Path
from typing import Any

from pocketsphinx import Decoder, NGramModel, get_model_path

from nlp.artifacts import Artifact, digests, register
from nlp.training.arpa import General, read_general, write_arpa
from nlp.training.spoken_text import Sentence, sentences

NAME, VERSION, FILES = "call_language", "1.0.0", ("english.lm.bin",)
LICENCE = (
    "BSD-2-Clause (CMU Sphinx), MIT (vCon, ms_contact_center), CDLA-Permissive-1.0 (MultiDoGO), "
    "CC BY 4.0 (banking77)"
)
SOURCE = "PocketSphinx' en-us.lm.bin; vcon_synthetic_calls, ms_contact_center, multidogo, banking77"
FLOOR = {"perplexity_gain": 1.5}
MIX = 0.5  # share of contact-centre speech
VOCABULARY = 20_000
RARE_PAIR, RARE_TRIPLE = -7.0, -6.3  # log10 of the joint probability below which general n-grams are left out
LIKELY_PAIR = -5.6
TELLING = 0.12  # a general triple must differ by so much (log10) from what its pairs say
DISCOUNT = 0.75

Pair = tuple[str, str]
Triple = tuple[str, str, str]
Figures = dict[str, float]


@dataclass(frozen=True)
class Counts:
    """How often words, pairs and triples occur, with what follows each history."""

    words: Counter[str]
    pairs: Counter[Pair]
    triples: Counter[Triple]

    @staticmethod
    def of(texts: list[Sentence]) -> "Counts":
        """Count sentences; a break (a word that sphinx does not know) ends a sequence."""
        counts = Counts(Counter(), Counter(), Counter())
        for text in texts:
            counts.words.update(text)
            counts.pairs.update(pairwise(text))
            counts.triples.update(zip(text, text[1:], text[2:], strict=False))
        return counts


class Calls:
    """Probabilities in contact-centre speech: absolute discounting, the general model's words underneath."""

    def __init__(self, counts: Counts, general: General) -> None:
        self.counts = counts
        self._general = general
        self._total = sum(count for word, count in counts.words.items() if word in general.words)
        self._after: Counter[str] = Counter()
        self._after_pair: Counter[Pair] = Counter()
        self._kinds = Counter(first for first, _ in counts.pairs)
        self._kinds_pair = Counter((first, second) for first, second, _ in counts.triples)
        for (first, _), count in counts.pairs.items():
            self._after[first] += count
        for (first, second, _), count in counts.triples.items():
            self._after_pair[first, second] += count

    def word(self, word: str) -> float:
        """P(word)."""
        unseen = len(self.counts.words)
        return (self.counts.words[word] + unseen * self._general.word(word)) / (self._total + unseen)

    def pair(self, first: str, second: str) -> float:
        """P(second | first)."""
        total = self._after[first]
        if not total:
            return self.word(second)
        seen = max(self.counts.pairs[first, second] - DISCOUNT, 0) / total
        return seen + DISCOUNT * self._kinds[first] / total * self.word(second)

    def triple(self, first: str, second: str, third: str) -> float:
        """P(third | first second)."""
        total = self._after_pair[first, second]
        if not total:
            return self.pair(second, third)
        seen = max(self.counts.triples[first, second, third] - DISCOUNT, 0) / total
        return seen + DISCOUNT * self._kinds_pair[first, second] / total * self.pair(second, third)


def train(data: Path, models: Path) -> Figures:
    """Train on ``data``, write ``models``/call_language with its manifest entry; takes a minute and 2 GB.

    Returns the perplexity on held-out conversations, beside that of the general model.
    """
    found = sentences(data)
    held, kept = found[::20], [text for at, text in enumerate(found) if at % 20]
    decoder = Decoder(loglevel="FATAL", lm=None)
    packaged = NGramModel(decoder.config, decoder.logmath, get_model_path("en-us/en-us.lm.bin"))
    counts = Counts.of(kept)
    wanted = {word for word, count in counts.words.items() if count >= 2}
    general = read_general(
        packaged, decoder.logmath, wanted=wanted, size=VOCABULARY, rarest=RARE_PAIR, seen=counts.pairs.keys()
    )
    calls = Calls(counts, general)
    pairs = {pair for pair in {*general.pairs, *counts.pairs} if general.knows(*pair) and pair[1] != "<s>"}
    likely = {triple for triple, count in counts.triples.items() if count >= 2}
    triples = {
        triple
        for triple in likely | general_triples(general)
        if general.knows(*triple) and triple[:2] in pairs and triple[1:] in pairs
    }
    directory = models / NAME
    directory.mkdir(parents=True, exist_ok=True)
    mixed_words = {
        word: mixed(calls.word(word), general.word(word)) for word in general.words if word != "<s>"
    }
    mixed_pairs = {pair: mixed(calls.pair(*pair), general.pair(*pair)) for pair in pairs}
    mixed_triples = {triple: mixed(calls.triple(*triple), general.triple(*triple)) for triple in triples}
    arpa = directory / "english.arpa"
    write_arpa(arpa, mixed_words, mixed_pairs, mixed_triples)
    model = NGramModel(decoder.config, decoder.logmath, str(arpa))
    model.write(str(directory / FILES[0]), NGramModel.str_to_type("bin"))
    arpa.unlink()
    figures = measured(held, decoder.logmath, packaged, model, general)
    register(models, Artifact(NAME, VERSION, digests(directory, *FILES), LICENCE, SOURCE, figures, FLOOR))
    return figures


def mixed(calls: float, general: float) -> float:
    """The mixture's probability."""
    return MIX * calls + (1 - MIX) * general


def general_triples(general: General) -> set[Triple]:
    """Triples of general English that are common and say more than their pairs."""
    after: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for (first, second), (score, _) in general.pairs.items():
        after[first].append((score, second))
    for followers in after.values():
        followers.sort(reverse=True)
    found: set[Triple] = set()
    for (first, second), (score, backoff) in general.pairs.items():
        joint = general.score(first) + score
        if joint < LIKELY_PAIR:
            continue
        for next_score, third in after[second]:
            if joint + next_score < RARE_TRIPLE - 0.7:
                break
            exact = log10(general.triple(first, second, third))
            if joint + exact > RARE_TRIPLE and abs(exact - backoff - next_score) > TELLING:
                found.add((first, second, third))
    return found


def measured(held: list[Sentence], logmath: Any, packaged: Any, model: Any, general: General) -> Figures:
    """Perplexity per word of both models on held-out sentences, words outside the vocabulary left out."""
    texts = [text for text in held if general.knows(*text)]
    before, after = perplexity(texts, logmath, packaged), perplexity(texts, logmath, model)
    return {
        "perplexity": round(after, 1),
        "baseline_perplexity": round(before, 1),
        "perplexity_gain": round(before / after, 2),
    }


def perplexity(texts: list[Sentence], logmath: Any, model: Any) -> float:
    """10 to the mean negative log10 probability per word."""
    total, words = 0.0, 0
    for text in texts:
        for at in range(1, len(text)):
            # The library wants the word first, then its history backwards.
            total += logmath.log_to_log10(model.prob(list(reversed(text[max(at - 2, 0) : at + 1]))))
            words += 1
    return float(10 ** (-total / max(words, 1)))
