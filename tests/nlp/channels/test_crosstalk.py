"""The other party's echo is taken out; what its own party says over it stays."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.signal import lfilter

from nlp.audio.recording import Recording, open_recording
from nlp.channels import Side, levels_of, sides_of, without_crosstalk
from nlp.transcript import Notice, Party
from tests.nlp.sounds import noise, write_wav

Sound = NDArray[np.float64]
RATE = 8000
SIDES = (Side(0, Party.AGENT), Side(1, Party.CUSTOMER))


def voice(seconds: float, *, seed: int, level: float = 0.12) -> Sound:
    """Noise coloured like speech, in syllables of 250 ms."""
    coloured = lfilter([1.0], [1.0, -1.3, 0.7], noise(seconds, rate=RATE, level=1.0, seed=seed))
    syllables = 0.55 + 0.45 * np.sin(2 * np.pi * 4 * np.arange(len(coloured)) / RATE + seed)
    sound = coloured * syllables
    return np.asarray(level * sound / sound.std())


def conversation(*, turns: int = 8) -> tuple[Sound, Sound]:
    """Turns of three seconds, one after the other; 1 s of quiet line at the end."""
    length = turns * 3 + 1
    agent, customer = (noise(length, rate=RATE, level=0.0004, seed=seed) for seed in (50, 51))
    for turn in range(turns):
        side = (agent, customer)[turn % 2]
        side[turn * 3 * RATE : (turn * 3 + 3) * RATE] += voice(3, seed=turn)
    return agent, customer


def echo(sound: Sound, *, db: float = -20.0, ms: float = 0.0) -> Sound:
    """Later, lower, through a line of its own."""
    late = np.concatenate([np.zeros(int(ms * RATE / 1000)), sound])[: len(sound)]
    line = lfilter([1.0, 0.5], [1.0, -0.4], late)
    return np.asarray(line * (10 ** (db / 20) * sound.std() / line.std()))


def through_mu_law(sound: Sound) -> Sound:
    """G.711: 8 bits of a logarithmic scale."""
    step = np.round(127 * np.sign(sound) * np.log1p(255 * np.abs(sound)) / np.log(256)) / 127
    return np.asarray(np.sign(step) * np.expm1(np.abs(step) * np.log(256)) / 255)


def energy_db(recording: Recording, audio_channel: int, start_ms: int, end_ms: int) -> float:
    samples = recording.samples(audio_channel, start_ms=start_ms, end_ms=end_ms)
    return 10 * float(np.log10(np.mean(samples.astype(np.float64) ** 2) + 1e-12))


@contextmanager
def cleaned(path: Path) -> Iterator[tuple[Recording, Recording, tuple[Notice, ...]]]:
    with open_recording(path) as recording:
        free, notices = without_crosstalk(recording, levels_of(recording), SIDES)
        yield recording, free, notices


@pytest.mark.parametrize("ms", [0, 40, 300], ids=["at once", "later by 40 ms", "later by 300 ms"])
@pytest.mark.parametrize("law", [lambda sound: sound, through_mu_law], ids=["linear", "mu-law"])
def test_an_echo_20_db_down_is_silenced(tmp_path: Path, ms: float, law: object) -> None:
    assert callable(law)
    agent, customer = conversation()
    left, right = law(agent + echo(customer, ms=ms)), law(customer + echo(agent, ms=ms))
    with cleaned(write_wav(tmp_path / "call.wav", left, right, rate=RATE)) as (before, after, notices):
        assert [notice.code for notice in notices] == ["crosstalk", "crosstalk"]
        assert energy_db(before, 1, 500, 2900) > -45
        assert energy_db(after, 1, 500, 2900) < -70
        assert energy_db(after, 0, 3500, 5900) < -70
        assert energy_db(after, 0, 500, 2900) == pytest.approx(energy_db(before, 0, 500, 2900), abs=0.3)


def test_a_quiet_yes_over_the_other_party_stays(tmp_path: Path) -> None:
    agent, customer = conversation()
    yes = slice(int(7.2 * RATE), int(7.5 * RATE))
    customer[yes] += voice(0.3, seed=99, level=0.02)  # 15 dB below the agent, who speaks all the while
    right = through_mu_law(customer + echo(agent, ms=120))
    path = write_wav(tmp_path / "call.wav", through_mu_law(agent), right, rate=RATE)
    with cleaned(path) as (_, after, _):
        assert energy_db(after, 1, 7230, 7470) > -38
        assert energy_db(after, 1, 8000, 8900) < -70


def test_two_voices_without_echo_are_left_as_they_are(tmp_path: Path) -> None:
    agent, customer = conversation()
    with cleaned(write_wav(tmp_path / "call.wav", agent, customer, rate=RATE)) as (before, after, notices):
        assert notices == ()
        assert after is before


def test_a_party_that_only_echoes_leaves_silence(tmp_path: Path) -> None:
    agent, _ = conversation(turns=2)
    right = echo(agent, ms=80)
    with open_recording(write_wav(tmp_path / "call.wav", agent, right, rate=RATE)) as recording:
        levels = levels_of(recording)
        sides, _ = sides_of(recording, levels)
        assert sides == SIDES  # 20 dB down is cross-talk, not a second copy
        free, _ = without_crosstalk(recording, levels, sides)
        assert energy_db(free, 1, 500, 2900) < -70


def test_any_piece_is_cleaned_as_the_whole_is(tmp_path: Path) -> None:
    agent, customer = conversation(turns=4)
    path = write_wav(tmp_path / "call.wav", agent, customer + echo(agent, ms=300), rate=RATE)
    with cleaned(path) as (_, after, _):
        whole, piece = after.samples(1), after.samples(1, start_ms=1000, end_ms=2600)
    assert piece[3000:-3000] == pytest.approx(whole[16_000 + 3000 : 16 * 2600 - 3000], abs=1e-4)
