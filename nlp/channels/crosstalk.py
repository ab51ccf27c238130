"""Cross-talk: one party's echo on the other's audio channel is estimated, subtracted and silenced."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve_toeplitz
from scipy.signal import oaconvolve

from nlp.audio.recording import Recording
from nlp.channels.levels import Levels
from nlp.channels.sides import Side
from nlp.transcript import Notice

QUIETER = 0.5  # an echo is at least 6 dB below its source
MOST_SECONDS = 120  # of echo that are listened to, spread over the recording
FEWEST_SECONDS = 2
EARLIEST_MS, LATEST_MS = -100, 600
HEAD_MS, TAPS_MS = 8, 64
STEADYING = 1e-4  # of the source's energy is added to the equations: an 8 kHz call is empty above 4 kHz
EXPLAINED = 0.25  # the share of the echo's energy that its estimate must account for
BLOCK_MS = 32
SMOOTH_BLOCKS = 5
LEFT_OVER = 0.35  # where less than this share of the energy is left, the echo was all there was
CHUNK_MS = 20_000

Samples = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class EchoPath:
    """How ``source`` sounds on another channel: filtered by ``taps`` from ``lag`` frames later on."""

    source: int
    lag: int
    taps: Samples
    explained: float
    level_db: float


@dataclass(slots=True)
class EchoFree(Recording):
    """A recording that gives the samples of one channel without the echoes of the others on it."""

    paths: dict[int, EchoPath] = field(default_factory=dict)

    def channel(self, audio_channel: int, first: int, last: int) -> Samples:
        """See Recording.channel; where nothing but echo was heard, digital silence."""
        heard = cut(self, audio_channel, first, last)
        path = self.paths.get(audio_channel)
        if path is None:
            return heard
        chunk = CHUNK_MS * self.rate // 1000
        for at in range(0, len(heard), chunk):
            part = heard[at : at + chunk]
            part[:] = self._cleaned(part, first + at, path)
        return heard

    def _cleaned(self, heard: Samples, first: int, path: EchoPath) -> Samples:
        source = cut(self, path.source, first - path.lag - len(path.taps) + 1, first - path.lag + len(heard))
        echo = oaconvolve(source, path.taps, mode="valid")
        rest = heard - echo
        block = self.rate * BLOCK_MS // 1000
        alone = (energies(rest, block) < LEFT_OVER * energies(heard, block)) & (
            energies(heard, block) < QUIETER**2 * energies(source[len(path.taps) - 1 :], block)
        )
        rest[np.repeat(alone, block)[: len(rest)]] = 0.0
        return np.asarray(rest, np.float32)


def without_crosstalk(
    recording: Recording, levels: Levels, sides: Iterable[Side]
) -> tuple[Recording, tuple[Notice, ...]]:
    """The recording as it is without echo between its sides, and a notice for each echo that was found."""
    channels = sorted({side.audio_channel for side in sides})
    paths = {}
    for target in channels:
        others = [path_of(recording, levels, source, target) for source in channels if source != target]
        found = [path for path in others if path is not None]
        if found:
            paths[target] = max(found, key=lambda path: path.explained)
    if not paths:
        return recording, ()
    details = (
        f"Audio channel {path.source} is heard on audio channel {target} too, {-path.level_db:.0f} dB lower: "
        "this echo was left out."
        for target, path in paths.items()
    )
    same: dict[str, Any] = {each.name: getattr(recording, each.name) for each in fields(recording)}
    free = EchoFree(**same, paths=paths)
    return free, tuple(Notice("crosstalk", detail) for detail in details)


def path_of(recording: Recording, levels: Levels, source: int, target: int) -> EchoPath | None:
    """How the source echoes on the target, learned where the target is much quieter; None if it does not."""
    here, there = levels.rms[:, source], levels.rms[:, target]
    echoing = np.flatnonzero(levels.active(source) & (there < QUIETER * here))
    if len(echoing) < FEWEST_SECONDS:
        return None
    spread = np.linspace(0, len(echoing) - 1, min(len(echoing), MOST_SECONDS)).astype(int)
    seconds = [int(second) for second in echoing[spread]]
    earliest, latest = EARLIEST_MS * recording.rate // 1000, LATEST_MS * recording.rate // 1000
    wide = latest - earliest
    own, shared = correlations(recording, source, target, seconds, lag=earliest, taps=wide)
    # Divided by the source's spectrum, a pitch period does not look like an echo of its own.
    spectrum = np.fft.rfft(np.concatenate([own, own[:0:-1]])).real
    response = np.fft.irfft(
        np.fft.rfft(shared, 2 * wide - 1) / np.maximum(spectrum, 1e-3 * spectrum.max()), 2 * wide - 1
    )
    peak = int(np.argmax(np.abs(response[:wide])))
    lag = earliest + peak - HEAD_MS * recording.rate // 1000
    taps_count = TAPS_MS * recording.rate // 1000
    own, shared = correlations(recording, source, target, seconds, lag=lag, taps=taps_count)
    if own[0] <= 0:
        return None
    own[0] *= 1 + STEADYING
    taps = solve_toeplitz(own, shared).astype(np.float32)
    return judged(recording, source, target, seconds, lag, taps)


def correlations(
    recording: Recording, source: int, target: int, seconds: Sequence[int], *, lag: int, taps: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Autocorrelation of the source and its correlation with the target at lags lag..lag+taps-1."""
    own, shared = np.zeros(taps), np.zeros(taps)
    size = 1 << (recording.rate + 2 * taps).bit_length()
    for second in seconds:
        first = second * recording.rate
        heard = cut(recording, target, first, first + recording.rate)
        said = cut(recording, source, first - lag - taps + 1, first - lag + recording.rate)
        spectrum = np.fft.rfft(said, size)
        # Correlation j frames back from the source sample that stands under the target's at ``lag``.
        both = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(spectrum), size)
        shared += both[np.arange(0, -taps, -1)][::-1]
        own += np.fft.irfft(np.abs(spectrum) ** 2, size)[:taps]
    return own, shared


def judged(
    recording: Recording, source: int, target: int, seconds: Sequence[int], lag: int, taps: Samples
) -> EchoPath | None:
    """The path if its estimate accounts for enough of what is heard."""
    total = left = loud = 0.0
    for second in seconds:
        first = second * recording.rate
        heard = cut(recording, target, first, first + recording.rate)
        said = cut(recording, source, first - lag - len(taps) + 1, first - lag + recording.rate)
        rest = heard - oaconvolve(said, taps, mode="valid")
        total, left = total + float(heard @ heard), left + float(rest @ rest)
        loud += float(said @ said)
    if total <= 0 or 1 - left / total < EXPLAINED:
        return None
    echo = max(total - left, 1e-12)
    return EchoPath(source, lag, taps, 1 - left / total, 10 * float(np.log10(echo / loud)))


def cut(recording: Recording, audio_channel: int, first: int, last: int) -> Samples:
    """One channel between two frame numbers with whatever echo is on it, see Recording.channel."""
    return Recording.channel(recording, audio_channel, first, last)


def energies(samples: Samples, block: int) -> NDArray[np.float64]:
    """Energy of each block with its neighbours, a last part of a block counting as one."""
    whole = np.pad(samples, (0, -len(samples) % block)).reshape(-1, block)
    energy = np.einsum("ij,ij->i", whole, whole, dtype=np.float64)
    return np.convolve(energy, np.ones(SMOOTH_BLOCKS) / SMOOTH_BLOCKS, mode="same")
