"""Trains how likely a word of PocketSphinx is right: calls with known text, clean, by telephone, in noise."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Levenshtein
from sklearn.linear_model import LogisticRegression

from nlp.artifacts import Artifact, digests, register
from nlp.asr.protocol import Asked, Samples
from nlp.asr.sphinx import SphinxRecogniser
from nlp.asr.word_confidence import Calibration, Features, features_of, write_calibration
from nlp.audio.recording import SAMPLE_RATE, open_recording
from nlp.packing import joined
from nlp.training.telephone_band import over_telephone
from nlp.transcript import Stretch, Word
from nlp.vad import speech_spans

NAME, VERSION, FILES = "word_confidence", "1.0.0", ("sphinx.json",)
FLOOR = {"error_bound": 0.95}
LICENCE = "MIT (vCon calls)"
SOURCE = "vcon_synthetic_calls: ten calls with their text, as they are, over a telephone line, and in noise"
CALLS = 10
NOISE = (0.0, 15.0)  # dB of speech above noise, drawn anew for each call
BINS = 10
SPOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*")

Figures = dict[str, float]


@dataclass(frozen=True)
class Heard:
    """The regions of one call in one condition: features of each word, and whether it is right."""

    features: Features
    raw: Features
    right: Features


def train(data: Path, models: Path) -> Figures:
    """Write ``models``/word_confidence with card and manifest entry; ten minutes, the recogniser's time."""
    engine = SphinxRecogniser(models=models, calibrate=False)
    generator = np.random.default_rng(11)
    calls = [list(conditions_of(engine, path, generator)) for path in chosen(data)]
    figures = measured(calls)
    directory = models / NAME
    directory.mkdir(parents=True, exist_ok=True)
    write_calibration(directory / FILES[0], fitted([heard for call in calls for heard in call]))
    (directory / "card.md").write_text(card(figures), "utf-8")
    files = digests(directory, *FILES)
    register(models, Artifact(NAME, VERSION, files, LICENCE, SOURCE, metrics=figures, floor=FLOOR))
    return figures


def chosen(data: Path) -> list[Path]:
    """Calls spread over the folder."""
    paths = sorted((data / "vcon_synthetic_calls" / "audio").glob("*.mp3"))
    return [paths[at] for at in np.linspace(1, len(paths) - 1, CALLS).astype(int)]


def conditions_of(engine: SphinxRecogniser, path: Path, generator: np.random.Generator) -> Iterator[Heard]:
    """One call as it is, over a telephone line, and over one in noise."""
    with open_recording(path) as recording:
        spans = [Stretch(span.start_ms, span.end_ms) for span in speech_spans(recording, 0)]
        regions = joined(spans, join_gap_ms=engine.regions.join_gap_ms, longest_ms=engine.regions.longest_ms)
        samples = recording.samples(0)
    level = float(np.sqrt(np.mean(samples**2)))
    noise = generator.normal(0, level * 10 ** (-generator.uniform(*NOISE) / 20), len(samples))
    said = spoken_words(path)
    for sound in (samples, over_telephone(samples, generator), samples + noise):
        heard = np.asarray(sound, dtype=np.float32)
        yield judged(engine, [cut(heard, region) for region in regions], said)


def cut(samples: Samples, region: Stretch) -> Samples:
    """A region's samples."""
    per_ms = SAMPLE_RATE // 1000
    return samples[region.start_ms * per_ms : region.end_ms * per_ms]


def spoken_words(path: Path) -> list[str]:
    """The words of the call's text."""
    vcon = json.loads(path.with_suffix(".vcon.json").read_text("utf-8"))
    turns = next(each["body"] for each in vcon["analysis"] if each["type"] == "transcript")
    return [word for turn in turns for word in SPOKEN.findall(turn["message"].lower().replace("’", "'"))]


def judged(engine: SphinxRecogniser, regions: Sequence[Samples], said: Sequence[str]) -> Heard:
    """A word is right where the cheapest alignment of the whole call leaves it as it is."""
    heard = [words for words in engine.recognise(regions, Asked("en")) if words]
    flat: list[Word] = [word for words in heard for word in words]
    texts = [word.text.strip().lower() for word in flat]
    right = np.ones(len(flat))
    for edit in Levenshtein.editops(said, texts):
        if edit.tag in ("replace", "insert"):
            right[edit.dest_pos] = 0.0
    features = np.concatenate([features_of(words) for words in heard]) if heard else np.empty((0, 4))
    return Heard(features, np.array([word.confidence for word in flat], dtype=np.float64), right)


def fitted(calls: Sequence[Heard]) -> Calibration:
    """Logistic regression over all words."""
    model = LogisticRegression(C=1.0, max_iter=500)
    model.fit(np.concatenate([one.features for one in calls]), np.concatenate([one.right for one in calls]))
    return Calibration(tuple(float(weight) for weight in model.coef_[0]), float(model.intercept_[0]))


def measured(calls: Sequence[Sequence[Heard]]) -> Figures:
    """Each call is judged by the others: error of the confidences before and after, words and calls."""
    chances, raw, right, call_errors = [], [], [], []
    for number, call in enumerate(calls):
        rest = [heard for other, group in enumerate(calls) if other != number for heard in group]
        calibration = fitted(rest)
        for heard in call:
            margins = heard.features @ np.array(calibration.weights) + calibration.bias
            chance = 1 / (1 + np.exp(-margins))
            chances.append(chance)
            raw.append(heard.raw)
            right.append(heard.right)
            call_errors.append(abs(float(chance.mean()) - float(heard.right.mean())))
    before = calibration_error(np.concatenate(raw), np.concatenate(right))
    after = calibration_error(np.concatenate(chances), np.concatenate(right))
    return {
        "words": float(sum(len(each) for each in right)),
        "right_share": round(float(np.concatenate(right).mean()), 4),
        "calibration_error_before": round(before, 4),
        "calibration_error": round(after, 4),
        "call_error": round(float(np.mean(call_errors)), 4),
        "error_bound": round(1 - after, 4),
    }


def calibration_error(chances: Features, right: Features) -> float:
    """Expected calibration error over ten equally wide bins (Naeini et al., 2015)."""
    bins = np.minimum((chances * BINS).astype(int), BINS - 1)
    gaps = [
        (bins == one).mean() * abs(chances[bins == one].mean() - right[bins == one].mean())
        for one in range(BINS)
        if (bins == one).any()
    ]
    return float(sum(gaps))


def card(figures: Figures) -> str:
    """The model's card."""
    words, right = f"{figures['words']:.0f}", f"{figures['right_share']:.0%}"
    before, after = figures["calibration_error_before"], figures["calibration_error"]
    low, high = NOISE
    return f"""# {NAME} {VERSION}

What it does: PocketSphinx gives each word a posterior probability. This logistic regression of four features
(the word's own, its region's, its neighbours', its length) turns it into the share of such words that are
right. The confidence of a turn and of a call is the mean of its words', weighted by length; below 0.5 the
transcript is "not reliable".

- Data: {CALLS} calls of vcon_synthetic_calls (MIT) with their text, each as it is, by phone (band, mu-law),
  in white noise {low:.0f} to {high:.0f} dB below it: {words} words written, {right} right.
- Each call judged by the others: expected calibration error {after:.3f}, before {before:.3f};
  a call's mean confidence is {figures["call_error"]:.3f} away from its share of right words.
- Not for: other recognisers (Whisper's own probabilities are used as they are); unlike voices and lines.
- Train again: `python -m nlp train {NAME} --data PATH`.
"""
