"""What hearing a recording takes above its models: peak resident memory for one hour and for ten, in stereo.

Everything of the first pipeline runs but recognition: the engine takes its packed windows and writes nothing.
The recordings are a call of the demo, said again and again; a process of its own hears each.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from nlp.asr.protocol import Asked, Samples, SpokenLanguage
from nlp.asr.whisper import REGIONS
from nlp.audio.recording import Limits, open_recording
from nlp.redaction import Redactor
from nlp.transcript import Word
from nlp.transcription import Transcription
from service.demo.samples import HERE

HOURS = (1, 10)
BOUND_MIB = 64


class Deaf:
    """Takes windows as Whisper does, eight of half a minute at a time, and hears nothing."""

    name, version = "deaf", "1"
    languages = None
    translates = may_loop = False
    regions = REGIONS
    reliable_from = 0.0

    def recognise(self, windows: Sequence[Samples], asked: Asked) -> list[tuple[Word, ...]]:
        """No words."""
        return [() for _ in windows]

    def identify_language(self, samples: Samples) -> SpokenLanguage | None:
        """Always English."""
        return SpokenLanguage("en", 1.0)


def main(arguments: Sequence[str]) -> int:
    """Print one JSON object of figures; fails above the bound."""
    if arguments:
        hear(Path(arguments[0]), Path(arguments[1]))
        return 0
    figures: dict[str, object] = {}
    highest = 0.0
    with tempfile.TemporaryDirectory(prefix="overtone-bench-") as scratch:
        short = write_call(Path(scratch) / "short.wav", seconds=5)
        for hours in HOURS:
            path = write_call(Path(scratch) / "call.wav", seconds=3600 * hours)
            command = [sys.executable, "-m", "tests.bench.memory", str(short), str(path)]
            run = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
            found = json.loads(run.stdout.splitlines()[-1])
            highest = max(highest, found["mib"])
            figures[f"{hours} h stereo: MiB above the models"] = found["mib"]
            figures[f"… models, MiB; speech found, min; CPU s ({hours} h)"] = found["rest"]
    print(json.dumps(figures))
    return int(highest > BOUND_MIB)


def write_call(path: Path, *, seconds: int) -> Path:
    """The demo's first stereo call again and again, 8 kHz G.711."""
    for source in sorted((HERE / "recordings").glob("*.wav")):
        with open_recording(source) as recording:
            if recording.audio_channels == 2 and recording.rate == 8000:
                raw = source.read_bytes()[recording.offset : recording.offset + 2 * recording.frames]
                break
    else:
        raise SystemExit("the demo has no stereo call")
    size = seconds * 16_000
    head = b"WAVEfmt \x12\0\0\0\x07\0\x02\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x08\0\0\0data"
    with path.open("wb") as out:
        out.write(b"RIFF" + (len(head) + 4 + size).to_bytes(4, "little") + head + size.to_bytes(4, "little"))
        left = size
        while left > 0:
            out.write(raw[:left])
            left -= len(raw)
    return path


def hear(short: Path, path: Path) -> None:
    """Load the models with a short call, then hear the long one; prints what that took on top."""
    engine = Deaf()
    pipeline = Transcription(lambda: (engine, ()), Redactor(region="US"), limits=Limits(seconds=24 * 3600))
    pipeline.recording(short)
    loaded = memory_mib("VmRSS")
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak is counted from here
    began = time.process_time()
    transcript = pipeline.recording(path)
    sound = transcript.sound
    spoken = (
        sum(span.end_ms - span.start_ms for spans in sound.speech.values() for span in spans) if sound else 0
    )
    peak = memory_mib("VmHWM")
    rest = f"{loaded:.0f}; {spoken / 60_000:.0f}; {time.process_time() - began:.0f}"
    print(json.dumps({"mib": round(peak - loaded, 1), "rest": rest}))


def memory_mib(name: str) -> float:
    """A line of /proc/self/status."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(name + ":"):
            return int(line.split()[1]) / 1024
    raise SystemExit(f"this system does not tell {name}")


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    raise SystemExit(main(sys.argv[1:]))
