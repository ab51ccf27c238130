"""A killed attempt is not lost: what was on disk is taken over, and the result is the same."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from nlp.asr.protocol import Asked, Regions, Samples, SpokenLanguage
from nlp.audio.recording import Recording
from nlp.checkpoint import Checkpoint
from nlp.recording_options import RecordingOptions
from nlp.redaction import Redactor
from nlp.transcript import Transcript, Word
from nlp.transcription import Transcription
from nlp.vad import SpeechSpan
from tests.nlp.sounds import noise, write_wav

WORDS = ((Word(5, 90, " szia", 0.123456789012345),), (), (Word(100, 200, " x", None),))


class Listener:
    """Writes down how loud a window is; breaks off after so many windows, or kills the process."""

    name, version, reliable_from = "listener", "1", 0.5
    translates = may_loop = False
    languages: frozenset[str] | None = None
    regions = Regions(longest_ms=1000, join_gap_ms=0, window_ms=3000, batch=2)

    def __init__(self, *, breaks_after: int = 1000, kills: bool = False) -> None:
        self.windows = 0
        self._breaks_after, self._kills = breaks_after, kills

    def recognise(self, windows: Sequence[Samples], asked: Asked) -> list[tuple[Word, ...]]:
        if self.windows >= self._breaks_after:
            if self._kills:
                os.kill(os.getpid(), signal.SIGKILL)
            raise KeyboardInterrupt
        self.windows += len(windows)
        return [
            tuple(Word(at, at + 400, f" {peak(samples, at)}", 1 / 3) for at in range(0, 2500, 500))
            for samples in windows
        ]

    def identify_language(self, samples: Samples) -> SpokenLanguage | None:
        return SpokenLanguage("hu", 0.9)


def peak(samples: Samples, at: int) -> int:
    return round(float(np.abs(samples[at * 16 : at * 16 + 6400]).sum()))


def all_seconds(recording: Recording, audio_channel: int) -> list[SpeechSpan]:
    return [SpeechSpan(at, at + 1000) for at in range(0, recording.duration_ms, 1000)]


def hear(
    path: Path,
    engine: Listener,
    checkpoint: Checkpoint | None = None,
    options: RecordingOptions | None = None,
    seen: list[float] | None = None,
) -> Transcript:
    pipeline = Transcription(lambda: (engine, ()), Redactor(), find_speech=all_seconds)
    progress = (seen if seen is not None else []).append
    return pipeline.recording(path, options or RecordingOptions(), progress=progress, checkpoint=checkpoint)


@pytest.fixture
def call(tmp_path: Path) -> Path:
    return write_wav(tmp_path / "call.wav", noise(9.0, level=0.1), noise(9.0, level=0.2, seed=1))


def test_the_second_attempt_hears_only_the_rest(call: Path, tmp_path: Path) -> None:
    kept, whole = tmp_path / "kept", Listener()
    expected = hear(call, whole)
    first, second = Listener(breaks_after=4), Listener()
    with pytest.raises(KeyboardInterrupt):
        hear(call, first, Checkpoint(kept))
    seen: list[float] = []
    assert hear(call, second, Checkpoint(kept), seen=seen) == expected
    assert first.windows + second.windows == whole.windows
    assert min(seen) >= 4 / whole.windows
    assert seen[-1] == 1.0


@pytest.mark.slow
def test_a_killed_process_leaves_its_windows(call: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    code = (
        "from pathlib import Path; from nlp.checkpoint import Checkpoint; "
        "from tests.nlp.test_checkpoint import Listener, hear; "
        f"hear(Path({str(call)!r}), Listener(breaks_after=2, kills=True), Checkpoint(Path({str(kept)!r})))"
    )
    root = Path(__file__).parents[2]
    run = subprocess.run([sys.executable, "-c", code], cwd=root, env={**os.environ, "PYTHONPATH": str(root)})
    assert run.returncode == -signal.SIGKILL
    whole, second = Listener(), Listener()
    expected = hear(call, whole)
    assert hear(call, second, Checkpoint(kept)) == expected
    assert second.windows == whole.windows - 2


def test_a_torn_end_is_heard_again(call: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    expected = hear(call, Listener(), Checkpoint(kept))
    content = kept.read_bytes()
    kept.write_bytes(content[:-20])
    second = Listener()
    assert hear(call, second, Checkpoint(kept)) == expected
    assert second.windows == 1
    assert kept.read_bytes() == content


@pytest.mark.parametrize(
    "garbage", [b"", b"\0" * 100, b"[1]\n{}\n", b'{"format":1}\n{"window":0,"pieces":[]}\n']
)
def test_what_is_not_of_this_attempt_is_ignored(call: Path, tmp_path: Path, garbage: bytes) -> None:
    kept = tmp_path / "kept"
    kept.write_bytes(garbage)
    engine, whole = Listener(), Listener()
    assert hear(call, engine, Checkpoint(kept)) == hear(call, whole)
    assert engine.windows == whole.windows


def test_another_recording_or_wish_begins_anew(call: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    hear(call, Listener(), Checkpoint(kept))
    other = write_wav(tmp_path / "other.wav", noise(9.0, level=0.1), noise(9.0, level=0.2, seed=2))
    engine = Listener()
    hear(other, engine, Checkpoint(kept))
    assert engine.windows > 0
    engine = Listener()
    hear(other, engine, Checkpoint(kept), RecordingOptions(vocabulary=("Zorblat",)))
    assert engine.windows > 0


def test_words_come_back_as_they_were(tmp_path: Path) -> None:
    checkpoint = Checkpoint(tmp_path / "deep" / "kept")
    assert checkpoint.begin("abc") == {}
    checkpoint.add({3: WORDS})
    checkpoint.add({})
    assert Checkpoint(tmp_path / "deep" / "kept").begin("abc") == {3: WORDS}
    checkpoint.close()
    assert Checkpoint(tmp_path / "deep" / "kept").begin("abd") == {}


def test_nobody_else_reads_it_and_it_goes_when_told(tmp_path: Path) -> None:
    checkpoint = Checkpoint(tmp_path / "kept")
    checkpoint.begin("abc")
    assert stat.S_IMODE((tmp_path / "kept").stat().st_mode) == 0o600
    checkpoint.delete()
    checkpoint.delete()
    assert not (tmp_path / "kept").exists()


def test_while_another_process_holds_it_nothing_is_added(tmp_path: Path) -> None:
    holder, late = Checkpoint(tmp_path / "kept"), Checkpoint(tmp_path / "kept")
    holder.begin("abc")
    holder.add({0: WORDS})
    assert late.begin("abc") == {0: WORDS}
    late.add({1: WORDS})
    holder.add({2: WORDS})
    holder.close()
    assert set(late.begin("abc")) == {0, 2}
    late.close()
