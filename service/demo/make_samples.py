"""Speaks dialogues.toml: `python -m service.demo.make_samples` writes recordings/ and scripts/.

For developers; the demo itself needs only what this wrote. Wants flite with its voices slt, rms and awb, and
sox with mp3 (Debian: `apt-get install flite sox libsox-fmt-mp3`). The same programs give the same sound.
"""

import json
import random
import subprocess
import sys
import tempfile
import tomllib
import wave
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
RATE = 8000
DEFAULT_GAP_MS = 500
LEAD_MS = 700
SPEECH_LEVEL = 4200  # root mean square of speech in 16-bit steps
NOISE_LEVEL = 14  # a quiet line
SILENCE_LEVEL = 120
# The slopes of a real line: speech detectors miss speech that is cut at 300 Hz as with a knife.
TELEPHONE_BAND = ("highpass", "300", "lowpass", "3400")
ENCODINGS: Mapping[str, tuple[str, ...]] = {
    ".wav": ("-e", "mu-law", "-b", "8"),
    ".flac": (),
    ".ogg": ("-C", "4"),
    ".mp3": ("-C", "64"),
}


@dataclass(frozen=True)
class Voice:
    """A flite voice, made another person by its pitch and pace."""

    flite: str
    pitch_hz: int | None = None
    effects: tuple[str, ...] = ()


VOICES = {
    "daniel": Voice("rms"),
    "david": Voice("rms", 118, ("speed", "1.04")),
    "mark": Voice("rms", 100, ("speed", "1.03")),
    "peter": Voice("rms", 85),
    "james": Voice("rms", 112),
    "alan": Voice("awb", None, ("tempo", "-s", "1.04")),
    "claire": Voice("slt", None, ("pitch", "-150")),
    "anna": Voice("slt", None, ("pitch", "-220")),
    "linda": Voice("slt", None, ("pitch", "-250")),
    "ruth": Voice("slt", None, ("pitch", "-200")),
    "susan": Voice("slt", None, ("speed", "0.9", "tempo", "-s", "1.12")),
    "emma": Voice("slt", None, ("pitch", "-280")),
}


@dataclass(frozen=True)
class Turn:
    """What one party said, and when; ms from the recording's start."""

    party: str
    text: str
    start_ms: int
    end_ms: int


def main() -> None:
    """Make every call, or those named on the command line."""
    wanted = set(sys.argv[1:])
    dialogues = tomllib.loads((HERE / "dialogues.toml").read_text("utf-8"))
    for call in dialogues["call"]:
        if not wanted or call["name"] in wanted:
            turns, seconds, size = make(call)
            sys.stdout.write(f"{call['file']}: {seconds:.1f} s, {len(turns)} turns, {size // 1024} KiB\n")


def make(call: Mapping[str, Any]) -> tuple[list[Turn], float, int]:
    """Speak one call; write its recording and its script."""
    sides = {"agent": array("h"), "customer": array("h")}
    turns: list[Turn] = []
    now = LEAD_MS
    for said in call["turns"]:
        party = "agent" if "agent" in said else "customer"
        sound = speech(said[party], VOICES[call[f"{party}_voice"]])
        start = now + (said.get("gap_ms", DEFAULT_GAP_MS) if turns else 0)
        now = start + 1000 * len(sound) // RATE
        place(sound, sides[party], start)
        turns.append(Turn(party, said[party], start, now))
    length = RATE * (now + LEAD_MS) // 1000
    target = HERE / "recordings" / call["file"]
    write(target, [noisy(side, length, f"{call['name']} {party}") for party, side in sides.items()])
    script = {
        "name": call["name"],
        "recording": f"recordings/{call['file']}",
        "expected_reason": call["reason"],
        "duration_ms": 1000 * length // RATE,
        "turns": [asdict(turn) for turn in turns],
    }
    path = HERE / "scripts" / f"{call['name']}.json"
    path.write_text(json.dumps(script, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return turns, length / RATE, target.stat().st_size


def speech(text: str, voice: Voice) -> "array[int]":
    """One turn as 8 kHz samples in the telephone band, without silence around it."""
    with tempfile.TemporaryDirectory() as folder:
        spoken, banded = f"{folder}/spoken.wav", f"{folder}/banded.wav"
        pitch = ("--setf", f"int_f0_target_mean={voice.pitch_hz}") if voice.pitch_hz else ()
        run("flite", "-voice", voice.flite, *pitch, "-t", text, "-o", spoken)
        effects = (*voice.effects, "gain", "-3", "rate", str(RATE), *TELEPHONE_BAND)
        run("sox", spoken, "-b", "16", "-c", "1", banded, *effects)
        with wave.open(banded) as file:
            samples = array("h", file.readframes(file.getnframes()))
    return levelled(trimmed(samples))


def run(*command: str) -> None:
    """Run a program; its words reach the terminal only if it fails."""
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603  # our own words, no shell


def trimmed(samples: "array[int]") -> "array[int]":
    """Without what is silent at either end."""
    loud = [index for index, sample in enumerate(samples) if abs(sample) > SILENCE_LEVEL]
    return samples[loud[0] : loud[-1] + 1] if loud else samples


def levelled(samples: "array[int]") -> "array[int]":
    """At the level of all other turns."""
    power = sum(sample * sample for sample in samples) / max(1, len(samples))
    factor = SPEECH_LEVEL / max(1.0, power**0.5)
    return array("h", (clipped(sample * factor) for sample in samples))


def place(sound: "array[int]", side: "array[int]", start_ms: int) -> None:
    """Append a turn to its side, with silence up to its start."""
    start = RATE * start_ms // 1000
    side.extend([0] * max(0, start - len(side)))
    side.extend(sound)


def noisy(side: "array[int]", length: int, seed: str) -> "array[int]":
    """The side at full length over the noise of its line."""
    noise = random.Random(seed)  # noqa: S311  # noise, and the same every time
    side.extend([0] * max(0, length - len(side)))
    return array("h", (clipped(sample + noise.gauss(0, NOISE_LEVEL)) for sample in side[:length]))


def clipped(sample: float) -> int:
    """Within 16 bits."""
    return max(-32768, min(32767, round(sample)))


def interleaved(sides: list["array[int]"]) -> Iterator[int]:
    """Agent left, customer right."""
    for pair in zip(*sides, strict=True):
        yield from pair


def write(target: Path, sides: list["array[int]"]) -> None:
    """The sides as one stereo file, encoded as its suffix says."""
    target.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain = f"{folder}/plain.wav"
        with wave.open(plain, "wb") as file:
            file.setnchannels(2)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(array("h", interleaved(sides)).tobytes())
        run("sox", "-D", plain, *ENCODINGS[target.suffix], str(target))


if __name__ == "__main__":
    main()
