"""What every recogniser offers; the pipeline knows no engine by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from nlp.transcript import Word

Samples = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Regions:
    """How an engine likes its speech.

    Spans closer than ``join_gap_ms`` are heard together, up to ``longest_ms``. Where ``window_ms`` is given,
    several such regions are packed into one window of at most that length; otherwise a region is a window.
    ``batch`` windows are recognised at once.
    """

    longest_ms: int
    join_gap_ms: int
    window_ms: int | None = None
    batch: int = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """How windows are to be recognised: language as ISO 639-1 code or None (find out), English text
    whatever is spoken (``translate``), and words to be expected (``vocabulary``)."""

    language: str | None = None
    translate: bool = False
    vocabulary: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpokenLanguage:
    """ISO 639-1 code of what is spoken, and how sure that is, 0-1."""

    code: str
    probability: float


class Recogniser(Protocol):
    """Turns windows of speech into words.

    ``languages`` is None where any language is understood; ``translates`` says whether it can give English
    text of another language; ``may_loop`` whether its decoder may repeat itself without end. Confidences
    below ``reliable_from`` mean that the words cannot be trusted.
    """

    name: str
    version: str
    languages: frozenset[str] | None
    translates: bool
    may_loop: bool
    regions: Regions
    reliable_from: float

    def recognise(self, windows: Sequence[Samples], asked: Asked) -> list[tuple[Word, ...]]:
        """The words of each window of 16 kHz mono samples, shape (n,), n up to 30 s, in order of time.

        Times are ms from the window's start. A word's text begins with a space where the script puts one
        between words, so that joined texts read as they should.
        """
        ...

    def identify_language(self, samples: Samples) -> SpokenLanguage | None:
        """What is spoken in up to 30 s of samples; None where nothing can be told."""
        ...
