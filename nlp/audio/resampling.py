"""Brings samples of a lower rate to 16 kHz: an exact polyphase filter, as products of matrices.

Each output sample is a weighted sum of the TAPS inputs on either side of it (a sinc under a Kaiser window).
The sums of a block of samples are one row times one matrix, which the linear algebra library does faster than
any loop. For polyphase filters see F. J. Harris, *Multirate Signal Processing*, chapter 7.
"""

from dataclasses import dataclass
from functools import cache
from math import gcd

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 16_000
OWN_RATES = (4_000, 6_000, 8_000, 11_025, 12_000, 16_000)  # kept as they are until a window is read
TAPS = 28
ATTENUATION_DB = 84.0
SMALL_PRODUCT = 200_000  # multiplications; OpenBLAS wakes its threads above 262,144

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Resampler:
    """From ``rate`` to 16 kHz: every ``down`` inputs become ``up`` outputs, the first of them is an input.

    A block is ``step`` inputs; ``weights`` give its other outputs from it and from the block after it.
    """

    rate: int
    up: int
    down: int
    step: int
    weights: tuple[Floats, Floats]

    def inputs_of(self, first: int, last: int) -> tuple[int, int]:
        """Numbers of the inputs that the outputs ``first`` to ``last`` need; some lie outside the file."""
        gain = self.step * self.up // self.down
        begin, end = first // gain, -(-last // gain)
        return begin * self.step - TAPS, (end + 1) * self.step - TAPS

    def outputs(self, inputs: Floats, first: int, last: int) -> Floats:
        """The outputs ``first`` to ``last``, shape (n,), from what ``inputs_of`` asked for."""
        blocks = inputs.reshape(-1, self.step)
        between = product(blocks[:-1], self.weights[0])
        between += product(blocks[1:], self.weights[1])
        count = len(between) * self.step // self.down
        result = np.empty((count, self.up), np.float32)
        result[:, 0] = inputs[TAPS : TAPS + count * self.down : self.down]
        result[:, 1:] = between.reshape(count, self.up - 1)
        skipped = first % (self.step * self.up // self.down)
        return result.reshape(-1)[skipped : skipped + last - first]


def product(blocks: Floats, weights: Floats) -> Floats:
    """``blocks @ weights`` in pieces so small that no linear algebra library wakes its threads for them.

    For products as small as these, threads that wait for each other cost several times what they save.
    """
    rows = max(SMALL_PRODUCT // weights.size, 1)
    whole = len(blocks) // rows * rows
    result = np.empty((len(blocks), weights.shape[1]), np.float32)
    pieces = result[:whole].reshape(-1, rows, weights.shape[1])
    np.matmul(blocks[:whole].reshape(-1, rows, blocks.shape[1]), weights, out=pieces)
    np.matmul(blocks[whole:], weights, out=result[whole:])
    return result


@cache
def resampler_from(rate: int) -> Resampler:
    """The filter for one of OWN_RATES: flat to 0.45 of the input rate, ATTENUATION_DB down at 0.55 of it."""
    common = gcd(rate, SAMPLE_RATE)
    down, up = rate // common, SAMPLE_RATE // common
    step = down * -(-2 * TAPS // down)  # no shorter than the filter: two blocks hold all that it needs
    outputs = np.array([output for output in range(step * up // down) if output % up])
    distance = np.arange(2 * step)[:, None] - TAPS - outputs[None, :] * (down / up)
    beta = 0.1102 * (ATTENUATION_DB - 8.7)  # J. F. Kaiser, 1974
    window = np.i0(beta * np.sqrt(np.clip(1 - (distance / TAPS) ** 2, 0, None))) / np.i0(beta)
    weights = (np.sinc(distance) * np.where(np.abs(distance) < TAPS, window, 0.0)).astype(np.float32)
    return Resampler(rate, up, down, step, (weights[:step].copy(), weights[step:].copy()))
