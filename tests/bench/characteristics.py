"""Characteristics of a constructed telephone call, measured by the real pipeline beside the known truth.

Sentences of the demo's recordings are laid on two sides of an 8 kHz mu-law file at known times, with
overlaps, silences and hold music. The truth comes from the construction: where each sentence begins and ends
as it was laid, pauses within it above half a second taken out, and the words of its script.
"""

import json
import struct
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

from nlp.audio.recording import SAMPLE_RATE, open_recording
from nlp.characteristics import Characteristics, Thresholds, characteristics
from nlp.stretches import length_of, union, without
from nlp.transcript import Party, Stretch
from nlp.transcription import SpeechOptions, open_transcription
from tests.nlp.hold_sounds import hold_music

DEMO = Path(__file__).resolve().parents[2] / "service" / "demo"
RATE = 8_000
BLOCK_MS = 10
AUDIBLE = 0.01  # of a sentence's peak: -40 dB, 20 dB above the line noise of the samples
PAUSE_MS = 500
NOISE = 0.0005
OTHER = {Party.AGENT: Party.CUSTOMER, Party.CUSTOMER: Party.AGENT}
# Before each sentence: the silence since the last one (ms), negative where it begins while that goes on.
GAPS = (800, 700, -1200, 900, 4500, 600, -900, 1000, 700, -1500, 6500, 800, 500, -1000, 900, 3600, 700, -800)
HOLD_AFTER, HOLD_MS = 8, 20_000


@dataclass(frozen=True)
class Sentence:
    """One sentence's sound, shape (n,), where speech lies in it (ms), and how many words it has."""

    sound: NDArray[np.float64]
    speech: tuple[Stretch, ...]
    words: int


@dataclass(frozen=True)
class Truth:
    """What was laid: where each party talks, its words, the hold, and the length; ms."""

    speech: dict[Party, list[Stretch]]
    words: dict[Party, int]
    interruptions: dict[Party, list[int]]
    hold: Stretch
    duration_ms: int


def sentences(name: str) -> dict[Party, list[Sentence]]:
    """The sentences of a demo call of six words or more, by party."""
    script = json.loads((DEMO / "scripts" / f"{name}.json").read_text("utf-8"))
    found: dict[Party, list[Sentence]] = {Party.AGENT: [], Party.CUSTOMER: []}
    with open_recording(DEMO / script["recording"]) as recording:
        for turn in script["turns"]:
            party = Party(turn["party"])
            sound = resample_poly(
                recording.samples(
                    int(party is Party.CUSTOMER), start_ms=turn["start_ms"], end_ms=turn["end_ms"]
                ),
                RATE,
                SAMPLE_RATE,
            ).astype(np.float64)
            if len(turn["text"].split()) >= 6:
                found[party].append(trimmed(sound, len(turn["text"].split())))
    return found


def trimmed(sound: NDArray[np.float64], words: int) -> Sentence:
    """Cut the silence off both ends, and find the pauses that are no talk time."""
    size = RATE * BLOCK_MS // 1000
    blocks = np.abs(sound[: len(sound) // size * size]).reshape(-1, size).max(axis=1)
    loud = np.flatnonzero(blocks > AUDIBLE * blocks.max())
    first, last = int(loud[0]), int(loud[-1]) + 1
    spans = [Stretch(int(at - first) * BLOCK_MS, int(at - first + 1) * BLOCK_MS) for at in loud]
    return Sentence(sound[first * size : last * size], tuple(union(spans, bridge_ms=PAUSE_MS)), words)


def laid() -> tuple[dict[Party, NDArray[np.float64]], Truth]:
    """The two sides and the truth."""
    calls = [sentences(name) for name in ("charged-twice", "late-parcel", "cancel-contract", "internet-down")]
    pool = {party: [each for call in calls for each in call[party]] for party in OTHER}
    sides = {party: np.random.default_rng(4).normal(0, NOISE, RATE * 300) for party in OTHER}
    speech: dict[Party, list[Stretch]] = {party: [] for party in OTHER}
    words, cuts = dict.fromkeys(OTHER, 0), {party: list[int]() for party in OTHER}
    at, party, hold = 0, Party.CUSTOMER, Stretch(0, 0)
    for number, gap in enumerate(GAPS):
        party = OTHER[party]
        if number == HOLD_AFTER:
            hold = Stretch(at + 1000, at + 1000 + HOLD_MS)
            first = hold.start_ms * RATE // 1000
            music = hold_music(HOLD_MS / 1000, rate=RATE, level=0.05)
            sides[Party.AGENT][first : first + len(music)] += music
            at = hold.end_ms
        sentence = pool[party].pop(0)
        begin = at + gap
        if gap < 0:
            cuts[party].append(-gap)
        first = begin * RATE // 1000
        sides[party][first : first + len(sentence.sound)] += sentence.sound
        speech[party] += [Stretch(begin + part.start_ms, begin + part.end_ms) for part in sentence.speech]
        words[party] += sentence.words
        at = begin + sentence.speech[-1].end_ms
    duration = at + 5000
    sides = {who: side[: duration * RATE // 1000] for who, side in sides.items()}
    return sides, Truth(speech, words, cuts, hold, duration)


def write_mu_law(path: Path, *channels: NDArray[np.float64]) -> Path:
    """WAV of G.711 mu-law, as telephone systems write it."""
    samples = np.clip(np.stack(channels, axis=1) * 32_635, -32_635, 32_635)
    size = np.abs(samples).astype(np.int64) + 132
    exponent = np.floor(np.log2(size)).astype(np.int64) - 7
    coded = (samples < 0) * 128 + exponent * 16 + ((size >> (exponent + 3)) & 15)
    payload = (~coded & 255).astype(np.uint8).tobytes()
    count = len(channels)
    form = struct.pack("<HHIIHHH", 7, count, RATE, RATE * count, count, 8, 0)
    body = (
        b"WAVEfmt "
        + struct.pack("<I", len(form))
        + form
        + b"data"
        + struct.pack("<I", len(payload))
        + payload
    )
    path.write_bytes(b"RIFF" + struct.pack("<I", len(body)) + body)
    return path


def expected(truth: Truth, thresholds: Thresholds) -> dict[str, float]:
    """The figures by their definitions, from the construction."""
    talk = {party: length_of(union(parts)) for party, parts in truth.speech.items()}
    silent = without(
        [Stretch(0, truth.duration_ms)],
        [*truth.speech[Party.AGENT], *truth.speech[Party.CUSTOMER], truth.hold],
    )
    figures = {"interruption_ms": float(sum(map(sum, truth.interruptions.values())))}
    for party in OTHER:
        figures[f"interruptions.{party}"] = len(truth.interruptions[party])
        figures[f"talk_ms.{party}"] = talk[party]
        figures[f"words_per_minute.{party}"] = 60_000 * truth.words[party] / talk[party]
    return figures | {
        "non_talk_ms": length_of([each for each in silent if length_of([each]) > thresholds.non_talk_ms]),
        "longest_silence_ms": max(length_of([each]) for each in silent),
        "hold_ms": length_of([truth.hold]),
        "first_agent_word_ms": truth.speech[Party.AGENT][0].start_ms,
    }


def value(found: Characteristics, name: str) -> float:
    """A figure by its name, such as talk_ms.agent."""
    name, _, party = name.partition(".")
    whole = getattr(found, name)
    return float(whole[party] if party else whole)


def main() -> dict[str, object]:
    """Lay, hear, compare."""
    sides, truth = laid()
    with tempfile.TemporaryDirectory() as folder:
        path = write_mu_law(Path(folder) / "call.wav", sides[Party.AGENT], sides[Party.CUSTOMER])
        transcript = open_transcription(SpeechOptions(engine="sphinx")).recording(path)
    found = characteristics(transcript)
    result: dict[str, object] = {"seconds": truth.duration_ms // 1000}
    for name, true in expected(truth, Thresholds()).items():
        measured = value(found, name)
        off = 100 * (measured - true) / true
        result[name] = f"{measured:.0f}, truth {true:.0f} ({off:+.1f} %)"
    if "--words" in sys.argv:
        for turn in transcript.turns:
            print(turn.party, turn.start_ms, turn.end_ms, turn.text, file=sys.stderr)
        print(truth, found.interruption_instances, found.silences, found.holds, file=sys.stderr)
    return result


if __name__ == "__main__":
    print(json.dumps(main()))
