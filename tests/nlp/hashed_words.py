"""An encoder without weights: a text is the mean of its words' random directions, the same in every run."""

import re
from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

WIDTH = 96


class HashedWords:
    """Texts that share words are alike; ``calls`` remembers what was asked."""

    version = "hashed-words@1"

    def __init__(self) -> None:
        self.calls: list[list[str]] = []

    def encode(self, texts: Sequence[str], *, adapter: str | None = None) -> NDArray[np.float32]:
        """One unit vector per text, (texts, 96)."""
        self.calls.append(list(texts))
        return np.array([_vector(text) for text in texts], np.float32).reshape(len(texts), WIDTH)


def _vector(text: str) -> NDArray[np.float64]:
    words = re.findall(r"\w+", text.lower()) or [""]
    total = np.sum([np.random.default_rng(crc32(word.encode())).normal(size=WIDTH) for word in words], axis=0)
    return total / np.linalg.norm(total)
