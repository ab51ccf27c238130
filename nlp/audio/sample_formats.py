"""Uncompressed samples as files hold them, turned into 16-bit numbers: PCM, floating point and G.711."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Samples = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class SampleFormat:
    """How one sample lies in a file; ``name`` is FFmpeg's name of the codec, ``width`` in bytes."""

    name: str
    width: int
    decode: Callable[[Bytes], Samples]
    """From shape (..., width) to shape (...)."""


def mu_law(code: int) -> int:
    """ITU-T G.711 section 3.2, scaled to 16 bits: sign, three bits of segment, four of step, all inverted."""
    code ^= 0xFF
    magnitude = ((2 * (code & 15) + 33) << (code >> 4 & 7)) - 33
    return -4 * magnitude if code & 0x80 else 4 * magnitude


def a_law(code: int) -> int:
    """ITU-T G.711 section 3.1, scaled to 16 bits: every other bit inverted, the first segment is linear."""
    code ^= 0x55
    segment, step = code >> 4 & 7, 2 * (code & 15) + 1
    magnitude = step if segment == 0 else (step + 32) << (segment - 1)
    return 8 * magnitude if code & 0x80 else -8 * magnitude


def _table(decode: Callable[[int], int]) -> Callable[[Bytes], Samples]:
    table = np.array([decode(code) for code in range(256)], dtype=np.int16)

    def look_up(raw: Bytes) -> Samples:
        return np.take(table, raw[..., 0])

    return look_up


def _unsigned_8(raw: Bytes) -> Samples:
    return (raw[..., 0].astype(np.int16) - 128) * np.int16(256)


def _upper_half(raw: Bytes) -> Samples:
    """The two most significant bytes of a little-endian integer of any width."""
    samples: Samples = np.ascontiguousarray(raw[..., -2:]).view("<i2")[..., 0]
    return samples


def _float(kind: str) -> Callable[[Bytes], Samples]:
    def decode(raw: Bytes) -> Samples:
        values = np.ascontiguousarray(raw).view(kind)[..., 0]
        with np.errstate(over="ignore", invalid="ignore"):  # files may hold infinities and signalling NaNs
            scaled = np.nan_to_num(np.rint(values * 32768.0), posinf=32767, neginf=-32768)
        samples: Samples = np.clip(scaled, -32768, 32767).astype(np.int16)
        return samples

    return decode


S16 = SampleFormat("pcm_s16le", 2, _upper_half)
MU_LAW = SampleFormat("pcm_mulaw", 1, _table(mu_law))
A_LAW = SampleFormat("pcm_alaw", 1, _table(a_law))
# Format tag and bits of a WAV file's "fmt " chunk; a tag that is not here is compressed, or nothing we know.
OF_WAV = {
    (1, 8): SampleFormat("pcm_u8", 1, _unsigned_8),
    (1, 16): S16,
    (1, 24): SampleFormat("pcm_s24le", 3, _upper_half),
    (1, 32): SampleFormat("pcm_s32le", 4, _upper_half),
    (3, 32): SampleFormat("pcm_f32le", 4, _float("<f4")),
    (3, 64): SampleFormat("pcm_f64le", 8, _float("<f8")),
    (6, 8): A_LAW,
    (7, 8): MU_LAW,
}
