"""Whisper's second thoughts: windows whose text looks wrong are decoded again with more chance in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

MAX_COMPRESSION = 2.4  # Whisper's own limits: beyond them it calls a text a loop, or a guess
MIN_MEAN_LOG_PROBABILITY = -1.0
NO_SPEECH = 0.6
TEMPERATURES = (0.0, 0.2, 0.4, 0.6)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Tokens of one window, with what tells whether they can be true.

    ``compression`` is the text's length over its compressed length, ``no_speech`` the probability that
    nobody speaks; ``failed`` where no temperature gave a text within the limits.
    """

    tokens: tuple[int, ...]
    mean_log_probability: float
    compression: float
    no_speech: float = 0.0
    failed: bool = False

    @property
    def is_silence(self) -> bool:
        """The model hears no speech, and is not sure of what it wrote."""
        return self.no_speech > NO_SPEECH and self.mean_log_probability < MIN_MEAN_LOG_PROBABILITY

    @property
    def passes(self) -> bool:
        """Whether the text is neither a loop nor a guess."""
        return self.compression <= MAX_COMPRESSION and self.mean_log_probability >= MIN_MEAN_LOG_PROBABILITY


def decode_all(
    count: int,
    decode: Callable[[Sequence[int], float], Sequence[Decoded]],
    temperatures: Sequence[float] = TEMPERATURES,
) -> list[Decoded]:
    """Decode ``count`` windows: greedily first, and only those that fail again at each higher temperature.

    ``decode`` takes the numbers of windows and a temperature. Of a window that always fails the likeliest
    text that is no loop is taken, marked as failed; silence has no tokens.
    """
    tried: list[list[Decoded]] = [[] for _ in range(count)]
    open_windows = list(range(count))
    for temperature in temperatures:
        if not open_windows:
            break
        for number, found in zip(open_windows, decode(open_windows, temperature), strict=True):
            tried[number].append(found)
        open_windows = [n for n in open_windows if not (tried[n][-1].passes or tried[n][-1].is_silence)]
    return [chosen(attempts) for attempts in tried]


def chosen(attempts: Sequence[Decoded]) -> Decoded:
    """The last attempt if it is good, else the best of those that failed."""
    last = attempts[-1]
    if last.is_silence:
        return Decoded((), last.mean_log_probability, 0.0, last.no_speech)
    if last.passes:
        return last
    candidates = [found for found in attempts if found.compression <= MAX_COMPRESSION] or list(attempts)
    best = max(candidates, key=lambda found: found.mean_log_probability)
    return Decoded(best.tokens, best.mean_log_probability, best.compression, best.no_speech, failed=True)
