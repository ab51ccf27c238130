"""GoEmotions as it lies in the data folder: texts and a 0/1 matrix of 28 labels."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class LabelledTexts:
    """Texts and their labels, a (texts, labels) array of 0 and 1; a text may have several labels."""

    texts: tuple[str, ...]
    labels: NDArray[np.int8]

    def rows(self, chosen: NDArray[np.int64]) -> "LabelledTexts":
        """Return the chosen rows, in that order."""
        return LabelledTexts(tuple(self.texts[i] for i in chosen), self.labels[chosen])


def read_labels(data: Path) -> tuple[str, ...]:
    """Names of the 28 labels, in the order of their numbers."""
    return tuple((data / "original" / "labels.txt").read_text("utf-8").split())


def read_split(data: Path, split: str) -> LabelledTexts:
    """Read ``train`` or ``dev``: lines of text, label numbers with commas, comment id."""
    count = len(read_labels(data))
    texts: list[str] = []
    rows: list[NDArray[np.int8]] = []
    for line in (data / "original" / f"{split}.tsv").read_text("utf-8").splitlines():
        text, numbers, _ = line.split("\t")
        row = np.zeros(count, np.int8)
        row[[int(number) for number in numbers.split(",")]] = 1
        texts.append(text)
        rows.append(row)
    return LabelledTexts(tuple(texts), np.stack(rows))


def held_out(
    labels: NDArray[np.int8], *, share: float, seed: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Split rows into (kept, held out) so that each label, the rarest first, gives the same share."""
    rng = np.random.default_rng(seed)
    free = np.ones(len(labels), bool)
    held = np.zeros(len(labels), bool)
    for label in np.argsort(labels.sum(0)):
        rows = rng.permutation(np.flatnonzero((labels[:, label] == 1) & free))
        held[rows[: round(len(rows) * share)]] = True
        free[rows] = False
    return np.flatnonzero(~held), np.flatnonzero(held)
