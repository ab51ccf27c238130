"""Who speaks: words given to the right party on stereo and mono calls, and diarization error on meetings.

``python -m tests.bench.parties --calls 6`` hears six mono calls instead of every second one.
"""

import argparse
import json
import os
import re
import sys
import tempfile
import time
import wave
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter

from nlp.audio.recording import open_recording
from nlp.diarization import open_diarizer
from nlp.transcript import Party, Transcript
from nlp.transcription import SpeechOptions, Transcription, open_transcription
from service.demo.samples import HERE
from tests.bench.diarization_error import Stretch, errors
from tests.bench.word_errors import words

DATA = Path(os.environ.get("OVERTONE_DATA", "../shared/data"))
ECHO_DB, ECHO_MS = -20.0, (60, 240)  # to the agent's side and to the customer's
Said = tuple[str, str]  # party, word
Sound = NDArray[np.float64]


def main(arguments: Sequence[str]) -> int:
    """Print one JSON object of figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--calls", type=int, default=57)
    options = parser.parse_args(arguments)
    figures: dict[str, object] = meetings() if DATA.is_dir() else {}
    pipeline = open_transcription(SpeechOptions(engine="sphinx", allow_download=False))
    figures |= stereo(pipeline)
    if DATA.is_dir():
        figures |= mono(pipeline, options.calls)
    print(json.dumps(figures))
    return 0


def meetings() -> dict[str, object]:
    """Diarization error on the AMI clips, the number of speakers estimated."""
    truth = dict[str, list[Stretch]]()
    for line in "".join(path.read_text() for path in DATA.glob("ami_diarization/*.rttm")).splitlines():
        _, clip, _, start, length, _, _, speaker, *_ = line.split()
        begin = round(1000 * float(start))
        truth.setdefault(clip, []).append((begin, begin + round(1000 * float(length)), speaker))
    diarizer, totals, cpu, seconds, clips = open_diarizer(), np.zeros((2, 4)), 0.0, 0.0, 0
    for path in sorted(DATA.glob("ami_diarization/*.flac")):
        with open_recording(path) as recording:
            began = time.process_time()
            told = diarizer.diarize(recording, 0)
            cpu, seconds = cpu + time.process_time() - began, seconds + recording.duration_ms / 1000
            found = [(each.start_ms, each.end_ms, str(each.speaker)) for each in told.stretches()]
            for row, overlap in enumerate((True, False)):
                length = recording.duration_ms
                totals[row] += errors(truth[path.stem], found, length_ms=length, overlap=overlap)
        clips += 1
    rates = totals[:, :3].sum(axis=1) / totals[:, 3]
    missed, alarmed, confused = totals[0, :3] / totals[0, 3]
    return {
        f"DER on {clips} AMI clips of 30 s (collar 0.25 s, overlap counted; number of speakers estimated)": (
            f"{rates[0]:.1%} (missed {missed:.1%}, false alarm {alarmed:.1%}, confused {confused:.1%})"
        ),
        "… overlap not counted": f"{rates[1]:.1%}",
        "CPU seconds of diarization per second of sound": f"{cpu / seconds:.3f}",
    }


def stereo(pipeline: Transcription) -> dict[str, object]:
    """The demo's stereo calls, clean and with each party's echo on the other's side."""
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory(prefix="overtone-bench-") as scratch:
        for title, leaking in (
            ("clean", False),
            ("with echo at -20 dB both ways, late, through mu-law", True),
        ):
            counts: Counter[str] = Counter()
            for script in sorted((HERE / "scripts").glob("*.json")):
                said = json.loads(script.read_text("utf-8"))
                path = HERE / said["recording"]
                if leaking:
                    path = with_echo(path, Path(scratch) / f"{script.stem}.wav")
                reference = [(turn["party"], word) for turn in said["turns"] for word in words(turn["text"])]
                counts += compared(reference, pipeline.recording(path))
            figures[f"words given to the right party, demo's stereo calls, {title}"] = told(counts)
    return figures


def with_echo(path: Path, target: Path) -> Path:
    """A copy with what crosses over a bad line: filtered, 20 dB lower, late, both sides G.711."""
    with open_recording(path) as recording:
        rate, both = recording.rate, recording.window(0, recording.frames) / 32768
    sides = [both[:, 0], both[:, 1]]
    mixed = [
        mu_law(side + echo(other, ms, rate))
        for side, other, ms in zip(sides, sides[::-1], ECHO_MS, strict=True)
    ]
    with wave.open(str(target), "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes((np.stack(mixed, axis=1) * 32767).astype("<i2").tobytes())
    return target


def echo(sound: Sound, ms: int, rate: int) -> Sound:
    """Late, filtered and lower."""
    line = lfilter([1.0, 0.3, 0.1], [1.0, -0.3], sound)
    late = np.concatenate([np.zeros(ms * rate // 1000), line])[: len(sound)]
    return np.asarray(late * 10 ** (ECHO_DB / 20) * sound.std() / line.std())


def mu_law(sound: Sound) -> Sound:
    """G.711: 8 bits of a logarithmic scale."""
    sound = np.clip(sound, -1, 1)
    step = np.round(127 * np.sign(sound) * np.log1p(255 * np.abs(sound)) / np.log(256)) / 127
    return np.asarray(np.sign(step) * np.expm1(np.abs(step) * np.log(256)) / 255)


def mono(pipeline: Transcription, calls: int) -> dict[str, object]:
    """Synthetic mono calls, none of whose texts the model of roles was trained on."""
    counts: Counter[str] = Counter()
    whole, heard = [], 0
    began = time.process_time()
    for path, reference in mono_calls(calls):
        transcript = pipeline.recording(path)
        found = compared(reference, transcript)
        counts += found
        heard += transcript.duration_ms or 0
        whole.append((found["right"], found["wrong"], found["unknown"]))
        print(path.stem, dict(found), [notice.code for notice in transcript.notices], file=sys.stderr)
    unknown = sum(1 for _, _, none in whole if none)
    swapped = sum(1 for right, wrong, _ in whole if wrong > right)
    minutes, cpu = heard / 60_000, time.process_time() - began
    return {
        f"words given to the right party, {len(whole)} synthetic mono calls ({minutes:.0f} min)": told(
            counts
        ),
        "… calls whose parties stayed unknown; calls with parties swapped": f"{unknown}; {swapped}",
        "… CPU seconds per minute of sound, recognition included": f"{cpu / max(minutes, 0.1):.1f}",
    }


def mono_calls(calls: int) -> Iterator[tuple[Path, list[Said]]]:
    """Recordings with the words of their vCons, spread evenly over the folder."""
    paths = sorted((DATA / "vcon_synthetic_calls" / "audio").glob("*.mp3"))
    for at in np.linspace(0, len(paths) - 1, min(calls, len(paths))).round().astype(int):
        vcon = json.loads(paths[at].with_suffix(".vcon.json").read_text("utf-8"))
        yield paths[at], [(party, word) for party, text in said_in(vcon) for word in words(text)]


def said_in(vcon: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Party and text of each turn."""
    (transcript,) = [each for each in vcon["analysis"] if each["type"] == "transcript"]
    for turn in transcript["body"]:
        yield turn["speaker"].lower(), re.sub(r"[\[\]*]", " ", turn["message"])


def compared(reference: Sequence[Said], transcript: Transcript) -> Counter[str]:
    """How many recognised words that are in the reference have its party; how many words there are at all."""
    timed = [
        (word.start_ms, str(turn.party), text)
        for turn in transcript.turns
        for word in turn.words
        for text in words(word.text)
    ]
    heard = [(party, text) for _, party, text in sorted(timed, key=lambda each: each[0])]
    counts = Counter({"said": len(reference), "heard": len(heard)})
    matcher = SequenceMatcher(
        None, [word for _, word in reference], [word for _, word in heard], autojunk=False
    )
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            party = heard[block.b + step][0]
            right = party == reference[block.a + step][0]
            counts["unknown" if party == Party.UNKNOWN else "right" if right else "wrong"] += 1
    return counts


def told(counts: Counter[str]) -> str:
    """Shares of the words that were recognised rightly."""
    known = counts["right"] + counts["wrong"]
    every = max(known + counts["unknown"], 1)
    return (
        f"{counts['right'] / max(known, 1):.2%} of those given to a party, {counts['right'] / every:.1%} "
        f"of all (unknown {counts['unknown'] / every:.1%}); {counts['heard']} words written, "
        f"{counts['said']} said"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
