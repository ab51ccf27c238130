"""What every recogniser offers; the pipeline knows no engine by name."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from nlp.transcript import Segment


@dataclass(frozen=True, slots=True)
class Regions:
    """How an engine likes its speech: spans closer than ``join_gap_ms`` together, up to ``longest_ms``."""

    longest_ms: int
    join_gap_ms: int


class Recogniser(Protocol):
    """Turns one region of speech into words.

    ``languages`` is None where any language is understood. Confidences below ``reliable_from`` mean that
    the words cannot be trusted.
    """

    name: str
    version: str
    languages: frozenset[str] | None
    regions: Regions
    reliable_from: float

    def recognise(self, samples: NDArray[np.float32], *, language: str | None) -> list[Segment]:
        """Segments of one region: 16 kHz mono samples, shape (n,); times in ms from the region's start."""
        ...

    def identify_language(self, samples: NDArray[np.float32]) -> str | None:
        """ISO 639-1 code of what is spoken in up to 30 s of samples."""
        ...
