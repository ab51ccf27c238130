"""Parties by audio channel: maps, silence, dual mono, cross-talk."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from nlp.audio.recording import Limits, open_recording
from nlp.channels import Side, levels_of, sides_of
from nlp.channels.likeness import compare
from nlp.channels.sides import party_map
from nlp.transcript import Notice, Party
from tests.nlp.sounds import noise, write_wav

Sound = NDArray[np.float64]


def talk(seconds: int, *, speaks: slice, seed: int) -> Sound:
    """A second of noise in every fourth second, not on the edge of a second; a faint hiss else."""
    sound = noise(seconds, level=0.0002, seed=seed + 100)
    voice = noise(seconds, level=0.1, seed=seed)
    for second in range(seconds)[speaks]:
        part = slice(second * 16_000 + 5000, second * 16_000 + 21_000)
        sound[part] += voice[part]
    return sound


AGENT = talk(20, speaks=slice(0, None, 4), seed=1)
CUSTOMER = talk(20, speaks=slice(2, None, 4), seed=2)


def mu_law(sound: Sound) -> Sound:
    """G.711: 8 bits of a logarithmic scale."""
    step = np.round(127 * np.sign(sound) * np.log1p(255 * np.abs(sound)) / np.log(256)) / 127
    return np.asarray(np.sign(step) * np.expm1(np.abs(step) * np.log(256)) / 255)


def sides(
    folder: Path, *channels: Sound, channel_map: dict[int, Party] | None = None
) -> tuple[tuple[Side, ...], tuple[Notice, ...]]:
    path = write_wav(folder / "call.wav", *channels)
    with open_recording(path, limits=Limits(audio_channels=8)) as recording:
        return sides_of(recording, levels_of(recording), channel_map=channel_map)


def test_stereo_is_agent_then_customer(tmp_path: Path) -> None:
    found, notices = sides(tmp_path, AGENT, CUSTOMER)
    assert found == (Side(0, Party.AGENT), Side(1, Party.CUSTOMER))
    assert notices == ()


def test_a_map_turns_the_sides_round(tmp_path: Path) -> None:
    found, _ = sides(tmp_path, AGENT, CUSTOMER, channel_map={0: Party.CUSTOMER, 1: Party.AGENT})
    assert found == (Side(0, Party.CUSTOMER), Side(1, Party.AGENT))


@pytest.mark.parametrize(
    "change",
    [
        lambda sound: sound,
        lambda sound: sound * 0.5,
        lambda sound: -sound,
        lambda sound: np.roll(sound, 80),
        lambda sound: sound + noise(20, level=0.01, seed=7),
    ],
    ids=["same", "quieter", "inverted", "later by 5 ms", "noisier"],
)
def test_dual_mono_is_heard_once_and_nobody_knows_who_speaks(
    tmp_path: Path, change: Callable[[Sound], Sound]
) -> None:
    both = AGENT + CUSTOMER
    found, notices = sides(tmp_path, both, change(both))
    assert [side.party for side in found] == [Party.UNKNOWN]
    assert [notice.code for notice in notices] == ["dual_mono"]


@pytest.mark.parametrize("seconds", [-2.5, 0.3, 1.75, 4.0])
def test_dual_mono_is_found_however_late_one_channel_is(tmp_path: Path, seconds: float) -> None:
    both = AGENT + CUSTOMER
    late = np.roll(both, int(seconds * 16_000))
    late[slice(0, int(seconds * 16_000)) if seconds > 0 else slice(int(seconds * 16_000), None)] = 0.0
    found, notices = sides(tmp_path, both, 0.3 * mu_law(late))
    assert [side.party for side in found] == [Party.UNKNOWN]
    assert [notice.code for notice in notices] == ["dual_mono"]


def test_one_sentence_said_on_both_sides_is_not_dual_mono(tmp_path: Path) -> None:
    agent, customer = AGENT.copy(), CUSTOMER.copy()
    customer[8 * 16_000 : 10 * 16_000] = agent[4 * 16_000 : 6 * 16_000]
    found, notices = sides(tmp_path, agent, customer)
    assert len(found) == 2
    assert notices == ()


def test_cross_talk_is_not_dual_mono(tmp_path: Path) -> None:
    found, notices = sides(tmp_path, AGENT + 0.1 * CUSTOMER, CUSTOMER + 0.1 * AGENT)
    assert len(found) == 2
    assert notices == ()


def test_a_silent_channel_is_skipped(tmp_path: Path) -> None:
    found, notices = sides(tmp_path, AGENT, np.zeros(20 * 16_000))
    assert found == (Side(0, Party.AGENT),)
    assert [notice.code for notice in notices] == ["silent_channel"]


def test_a_constant_channel_is_skipped_and_named_so(tmp_path: Path) -> None:
    found, notices = sides(tmp_path, np.full(20 * 16_000, 0.4), CUSTOMER)
    assert found == (Side(1, Party.CUSTOMER),)
    assert [notice.code for notice in notices] == ["constant_channel"]
    assert "0.40" in notices[0].detail


def test_a_click_on_an_empty_line_is_silence(tmp_path: Path) -> None:
    clicked = np.zeros(20 * 16_000)
    clicked[5000:5020] = 0.5
    found, notices = sides(tmp_path, AGENT, clicked)
    assert found == (Side(0, Party.AGENT),)
    assert [notice.code for notice in notices] == ["silent_channel"]


def test_mono_is_unknown_unless_the_map_speaks_of_one_channel(tmp_path: Path) -> None:
    assert sides(tmp_path, AGENT)[0] == (Side(0, Party.UNKNOWN),)
    assert sides(tmp_path, AGENT, channel_map={0: Party.CUSTOMER})[0] == (Side(0, Party.CUSTOMER),)
    found, notices = sides(tmp_path, AGENT, channel_map={0: Party.AGENT, 1: Party.CUSTOMER})
    assert found == (Side(0, Party.UNKNOWN),)
    assert [notice.code for notice in notices] == ["mono_recording"]


def test_many_channels_are_heard_as_the_map_names_them(tmp_path: Path) -> None:
    named = {1: Party.AGENT, 3: Party.CUSTOMER}
    found, notices = sides(tmp_path, AGENT, AGENT, AGENT, CUSTOMER, channel_map=named)
    assert found == (Side(1, Party.AGENT), Side(3, Party.CUSTOMER))
    assert [notice.code for notice in notices] == ["channel_not_named"]
    assert "0 and 2" in notices[0].detail


def test_a_map_of_channels_that_are_not_there_says_so(tmp_path: Path) -> None:
    found, notices = sides(tmp_path, AGENT, CUSTOMER, channel_map={1: Party.AGENT, 5: Party.SYSTEM})
    assert found == (Side(0, Party.CUSTOMER), Side(1, Party.AGENT))
    assert [notice.code for notice in notices] == ["channel_not_there"]
    found, _ = sides(tmp_path, AGENT, CUSTOMER, channel_map={5: Party.SYSTEM})
    assert found == (Side(0, Party.AGENT), Side(1, Party.CUSTOMER))


def test_a_map_of_one_stereo_channel_leaves_the_other_to_the_other_party() -> None:
    assert party_map(2, {1: Party.AGENT}) == {0: Party.CUSTOMER, 1: Party.AGENT}
    assert party_map(2, {0: Party.SYSTEM}) == {0: Party.SYSTEM, 1: Party.UNKNOWN}


def test_silence_on_both_sides_compares_to_nothing(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "call.wav", np.zeros(32_000), np.zeros(32_000))
    with open_recording(path) as recording:
        levels = levels_of(recording)
        assert compare(recording, levels).blocks == 0
        found, notices = sides_of(recording, levels)
    assert found == ()
    assert len(notices) == 2
