"""Which party speaks on which audio channel, and which channels are worth hearing."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.audio.recording import Recording
from nlp.transcript import Notice, Party

STEREO = {0: Party.AGENT, 1: Party.CUSTOMER}
SILENT_PEAK = 0.002  # -54 dBFS
ACTIVE_RMS = 0.004
MAX_BLOCKS = 600  # seconds that are compared; spread over a long recording
LAG_MS = 20
LOUD_PART = 0.2  # seconds much quieter than the loudest hold noise of either line, not speech
SAME_CORRELATION = 0.85
SAME_SHARE = 0.9
SAME_SPREAD_DB = 4.0
SAME_LEVEL_DB = 12.0


@dataclass(frozen=True, slots=True)
class Side:
    """An audio channel to transcribe and the party on it."""

    audio_channel: int
    party: Party


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two audio channels compared second by second, where either is loud.

    ``same_share`` of the seconds are alike in sound and in their usual difference of level, ``level_db``.
    """

    blocks: int
    same_share: float
    level_db: float

    @property
    def dual_mono(self) -> bool:
        """The same sound on both: alike in nearly every second, at one constant, small difference of level.

        Cross-talk is alike as well, but its difference of level turns round with the speaker.
        """
        return self.blocks > 0 and self.same_share >= SAME_SHARE and abs(self.level_db) <= SAME_LEVEL_DB


def sides_of(
    recording: Recording, *, channel_map: Mapping[int, Party] | None = None
) -> tuple[tuple[Side, ...], tuple[Notice, ...]]:
    """The audio channels to transcribe with their parties, and what the reader must know about them."""
    if recording.audio_channels == 1:
        return mono_side(channel_map)
    peaks = channel_peaks(recording)
    parties = party_map(recording.audio_channels, channel_map)
    if recording.audio_channels == 2 and min(peaks) >= SILENT_PEAK and compare(recording).dual_mono:
        detail = "Both audio channels carry the same sound: heard as mono, nobody knows who speaks."
        return (Side(int(np.argmax(peaks)), Party.UNKNOWN),), (Notice("dual_mono", detail),)
    sides = [
        Side(channel, party) for channel, party in sorted(parties.items()) if peaks[channel] >= SILENT_PEAK
    ]
    silent = [channel for channel in sorted(parties) if peaks[channel] < SILENT_PEAK]
    notices = [Notice("silent_channel", f"Audio channel {channel} is silent: skipped.") for channel in silent]
    return tuple(sides), tuple(notices)


def mono_side(channel_map: Mapping[int, Party] | None) -> tuple[tuple[Side, ...], tuple[Notice, ...]]:
    """One channel: its party is known only where the map speaks of this one channel alone."""
    if channel_map is not None and set(channel_map) == {0}:
        return (Side(0, channel_map[0]),), ()
    if channel_map:
        detail = (
            "The channel map names several audio channels, the recording has one: nobody knows who speaks."
        )
        return (Side(0, Party.UNKNOWN),), (Notice("mono_recording", detail),)
    return (Side(0, Party.UNKNOWN),), ()


def party_map(audio_channels: int, channel_map: Mapping[int, Party] | None) -> dict[int, Party]:
    """Channel to party; in stereo a map that names one channel leaves the other to the other party."""
    if not channel_map:
        return dict(STEREO)
    named = {channel: party for channel, party in channel_map.items() if 0 <= channel < audio_channels}
    if audio_channels == 2 and len(named) == 1:
        (channel, party), other = next(iter(named.items())), Party.UNKNOWN
        if party in (Party.AGENT, Party.CUSTOMER):
            other = Party.CUSTOMER if party is Party.AGENT else Party.AGENT
        named[1 - channel] = other
    return named


def channel_peaks(recording: Recording) -> list[float]:
    """Highest sample of every audio channel, 0..1."""
    peaks = np.zeros(recording.audio_channels)
    for _, window in recording.windows(recording.rate * 30):
        peaks = np.maximum(peaks, np.abs(window.astype(np.int32)).max(axis=0, initial=0) / 32768)
    return [float(peak) for peak in peaks]


def compare(recording: Recording) -> Likeness:
    """Compare the two channels of a stereo recording in blocks of a second."""
    block = recording.rate
    step = max(block, recording.frames // MAX_BLOCKS // block * block)
    alike, levels, loudness = [], [], []
    for first in range(0, recording.frames, step):
        pair = recording.window(first, first + block) / np.float32(32768)
        if len(pair) < block // 2:
            continue
        left, right = pair[:, 0].astype(np.float32), pair[:, 1].astype(np.float32)
        rms = np.sqrt(np.mean(pair**2, axis=0)) + 1e-6
        alike.append(correlation(left, right, lag=recording.rate * LAG_MS // 1000) > SAME_CORRELATION)
        levels.append(20 * np.log10(rms[0] / rms[1]))
        loudness.append(rms.max())
    loud = np.array(loudness) >= max(ACTIVE_RMS, LOUD_PART * max(loudness, default=0.0))
    if not loud.any():
        return Likeness(0, 0.0, 0.0)
    level = float(np.median(np.array(levels)[loud]))
    same = np.array(alike)[loud] & (np.abs(np.array(levels)[loud] - level) <= SAME_SPREAD_DB)
    return Likeness(int(loud.sum()), float(same.mean()), level)


def correlation(left: NDArray[np.float32], right: NDArray[np.float32], *, lag: int) -> float:
    """Highest absolute correlation of two equally long blocks when shifted by up to ``lag`` samples, 0..1."""
    left, right = left - left.mean(), right - right.mean()
    scale = float(np.linalg.norm(left) * np.linalg.norm(right))
    if scale < 1e-9:
        return 0.0
    size = 2 * len(left)
    product = np.fft.irfft(np.fft.rfft(left, size) * np.conj(np.fft.rfft(right, size)), size)
    near = np.concatenate([product[: lag + 1], product[-lag:]])
    return float(np.abs(near).max() / scale)
