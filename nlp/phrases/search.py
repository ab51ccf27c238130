"""Keyword search of PocketSphinx: each phrase as a row of phones against a loop of any phones.

For every moment the search compares the likelihood of the phrase's phones with that of the best other phones
(the log-likelihood ratio); English only, one pass for all phrases.
"""

import math
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.artifacts import read_manifest
from nlp.asr.guards import silent
from nlp.asr.sphinx import BANDS
from nlp.asr.telephone_band import BandModel, as_trained, load_band_model
from nlp.audio.recording import Recording
from nlp.errors import NlpError
from nlp.pronunciation import Letters, load_letters
from nlp.transcript import Party, SpokenPhrase, Stretch

PRONUNCIATION = ("pronunciation", "letters.npz")
LANGUAGE = "en"
FRAME_MS = 10
SHORTEST = 1600  # samples; a tenth of a second holds no phrase
LONGEST_REGION_MS = 30_000
MOST_PHRASES, MOST_WORDS = 500, 12
FEWEST_PHONES = 4  # "hi" is everywhere
# Logistic regression of "the phrase is said there" on the ratio (nats) and the phrase's phones: 8 synthetic
# calls and their telephone-band copies (16 minutes), 120 phrases of 2-4 words, each said twice on average.
RATIO_WEIGHT, PHONE_WEIGHT, BIAS = 0.049, 0.32, -2.47
MIN_SCORE = 0.5
LOG_BASE, SENONE_SHIFT, TOP = 1.0001, 1024, 1500  # how PocketSphinx 5 writes the ratio into a detection
FIGURES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
WORD = re.compile(r"[a-z]+(?:'[a-z]+)*'?|[0-9]")


@dataclass(frozen=True, slots=True)
class Sought:
    """A phrase ready for the search: its words as the dictionary writes them, and how many phones it has."""

    phrase: str
    words: tuple[str, ...]
    phones: int


class SpokenSearch:
    """One decoder and its dictionary; not for use by several threads at once."""

    def __init__(self, letters: Letters, bands: BandModel | None) -> None:
        # The native library and its 10 MB of acoustic model: only where phrases are sought.
        from pocketsphinx import Decoder  # noqa: PLC0415

        self._decoder: Any = Decoder(samprate=16_000, loglevel="FATAL", lm=None)
        self._letters = letters
        self._bands = bands

    def pronounce(self, word: str) -> tuple[str, ...] | None:
        """Phones of a word from the packaged dictionary, else from its letters; None where it has none."""
        known = self._decoder.lookup_word(word)
        return tuple(known.split()) if known else self._letters.pronounce(word)

    def sought(self, phrase: str) -> Sought:
        """Prepare a phrase; raises NlpError ``bad_spoken_phrase`` where it cannot be sought."""
        text = phrase.lower().replace("’", "'")
        words = tuple(FIGURES[int(word)] if word.isdigit() else word for word in WORD.findall(text))
        if not words or WORD.sub("", text).strip(" \t\n.,!?;:-'\""):
            raise _bad(phrase, "has signs other than English letters and figures")
        if len(words) > MOST_WORDS:
            raise _bad(phrase, f"has more than {MOST_WORDS} words")
        phones = 0
        for word in words:
            spoken = self.pronounce(word)
            if spoken is None:
                raise _bad(phrase, f"has a word without a pronunciation: {word}")
            if self._decoder.lookup_word(word) is None:
                self._decoder.add_word(word, " ".join(spoken), True)
            phones += len(spoken)
        if phones < FEWEST_PHONES:
            raise _bad(phrase, f"has fewer than {FEWEST_PHONES} sounds: it would be found everywhere")
        return Sought(phrase, words, phones)

    def find(
        self,
        recording: Recording,
        speech: Mapping[int, Sequence[Stretch]],
        phrases: Sequence[str],
        *,
        parties: Mapping[int, Party] | None = None,
        min_score: float = MIN_SCORE,
    ) -> tuple[SpokenPhrase, ...]:
        """Where the phrases are said, in order of time; raises NlpError for a phrase that cannot be sought.

        ``speech`` says where on each audio channel someone speaks, ``parties`` who. A score of 0.5 means: as
        often right as wrong, for phrases that are said now and then. Measured (tests/bench/phrases.py):
        at 0.5, 55 % of what is said is found, with two to three false alarms an hour and phrase.
        """
        sought: dict[str, list[Sought]] = {}  # several, where phrases differ only in their writing
        for each in map(self.sought, dict.fromkeys(phrases)):
            sought.setdefault(" ".join(each.words), []).append(each)
        if not sought:
            return ()
        if len(sought) > MOST_PHRASES:
            raise NlpError(
                "too_many_phrases", f"{MOST_PHRASES} phrases can be sought at once.", "Split the list."
            )
        self._listen_for(sought, min_score)
        found = []
        for channel, spoken in speech.items():
            party = (parties or {}).get(channel, Party.UNKNOWN)
            for region in _regions(spoken):
                samples = recording.samples(channel, start_ms=region.start_ms, end_ms=region.end_ms)
                for each, start, end, ratio in self._detections(samples, sought):
                    score = score_of(ratio, each.phones)
                    if score >= min_score:
                        begin = region.start_ms
                        found.append(
                            SpokenPhrase(
                                each.phrase, begin + start, begin + end, round(score, 4), channel, party
                            )
                        )
        return tuple(sorted(found, key=lambda hit: (hit.start_ms, hit.phrase)))

    def _listen_for(self, sought: Mapping[str, Sequence[Sought]], min_score: float) -> None:
        """Load the list; the library takes the thresholds as likelihood ratios, and the list as a file."""
        lines = [
            f"{words} /{math.exp(max(min(ratio_of(min_score, same[0].phones), 0.0), -200.0)):.3e}/\n"
            for words, same in sought.items()
        ]
        with tempfile.NamedTemporaryFile("w", suffix=".list", encoding="ascii") as file:
            file.writelines(lines)
            file.flush()
            self._decoder.add_kws("phrases", file.name)
        self._decoder.activate_search("phrases")

    def _detections(
        self, samples: NDArray[np.float32], sought: Mapping[str, Sequence[Sought]]
    ) -> Iterator[tuple[Sought, int, int, float]]:
        """Phrase, start and end in ms from the first sample, log-likelihood ratio."""
        if len(samples) < SHORTEST or silent(samples):
            return
        decoder = self._decoder
        decoder.start_utt()
        decoder.process_raw(as_trained(samples, self._bands), full_utt=True)
        decoder.end_utt()
        for hit in decoder.seg() or ():
            ratio = (math.log(hit.prob, LOG_BASE) + TOP) * SENONE_SHIFT * math.log(LOG_BASE)
            for each in sought[hit.word.strip()]:
                yield each, hit.start_frame * FRAME_MS, (hit.end_frame + 1) * FRAME_MS, ratio


def open_spoken_search(models: Path) -> SpokenSearch:
    """Load the search with the artefacts of a models folder; raises MissingArtifact."""
    manifest = read_manifest(models)
    return SpokenSearch(load_letters(manifest.path(*PRONUNCIATION)), load_band_model(manifest.path(*BANDS)))


def score_of(ratio: float, phones: int) -> float:
    """How likely it is that the phrase is said there, 0-1."""
    return 1 / (1 + math.exp(-max(min(RATIO_WEIGHT * ratio + PHONE_WEIGHT * phones + BIAS, 50.0), -50.0)))


def ratio_of(score: float, phones: int) -> float:
    """The log-likelihood ratio that gives a score."""
    odds = math.log(max(score, 1e-6) / max(1 - score, 1e-6))
    return (odds - PHONE_WEIGHT * phones - BIAS) / RATIO_WEIGHT


def _regions(spoken: Sequence[Stretch]) -> Iterator[Stretch]:
    """Stretches short enough to be held in memory."""
    for stretch in spoken:
        for start in range(stretch.start_ms, stretch.end_ms, LONGEST_REGION_MS):
            yield Stretch(start, min(start + LONGEST_REGION_MS, stretch.end_ms))


def _bad(phrase: str, why: str) -> NlpError:
    remedy = "Write 1 to 12 English words as they are spoken, at least four sounds in all."
    return NlpError("bad_spoken_phrase", f"The phrase {phrase[:80]!r} {why}.", remedy)
