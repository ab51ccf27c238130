"""Voice prints to speakers: how many there are, and whose each print is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.optimize import linear_sum_assignment

# Cosine distances between the prints of two speakers, mean over their pairs. Measured: prints of one voice
# merge below 0.25 (0.4 on a noisy line), two voices lie 0.5 to 0.66 apart, alike ones 0.37.
APART = 0.45
CLEARLY_APART = 0.5
PERHAPS_APART = 0.33
CLEARLY_NEARER = 0.12
MOST_LINKED = 1500  # prints that are compared with each other: the memory grows with the square
ENOUGH_MS = 2000  # of clean speech make a print that may found a speaker
FEWEST_MS = 3000  # of clean speech make a speaker; less is somebody known, badly heard
FEWEST_SHARE = 0.02
MOST_SPEAKERS = 8

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Print:
    """The print of local voice ``voice`` between two frames of window ``window``.

    It was made from ``clean_ms`` of speech during which nobody else spoke.
    """

    window: int
    voice: int
    clean_ms: int
    vector: Vectors
    first: int = 0
    last: int = 1 << 30


def speakers_of(
    prints: Sequence[Print], *, speakers: int | None = None, expected: int | None = None
) -> list[int]:
    """The speaker's number for each print, numbered by their first appearance.

    ``speakers`` is how many there are where it is known. ``expected`` is how many there usually are: more are
    found only if they are clearly apart, and voices that are rather alike still count as that many.
    """
    if not prints:
        return []
    founding = [one for one in prints if one.clean_ms >= ENOUGH_MS] or list(prints)
    if len(founding) > MOST_LINKED:
        founding = [founding[at] for at in np.linspace(0, len(founding) - 1, MOST_LINKED).astype(int)]
    chosen = assigned(prints, founders(founding, speakers, expected))
    order = {speaker: number for number, speaker in enumerate(dict.fromkeys(chosen))}
    return [order[speaker] for speaker in chosen]


def founders(prints: Sequence[Print], speakers: int | None, expected: int | None) -> Vectors:
    """The speakers' centres, shape (speakers, dimensions), unit vectors."""
    vectors = np.stack([one.vector for one in prints])
    lengths = np.array([one.clean_ms for one in prints])
    if len(prints) == 1:
        return vectors
    tree = linkage(vectors, method="average", metric="cosine")
    if speakers is not None:
        labels = fcluster(tree, speakers, criterion="maxclust")
        return centres_of(vectors, labels, lengths, most=speakers, least_ms=0)
    least_ms = max(FEWEST_MS, round(FEWEST_SHARE * int(lengths.sum())))
    if expected is None:
        labels = fcluster(tree, APART, criterion="distance")
        return centres_of(vectors, labels, lengths, most=MOST_SPEAKERS, least_ms=least_ms)
    for apart in (CLEARLY_APART, APART, PERHAPS_APART):
        labels = fcluster(tree, apart, criterion="distance")
        most = MOST_SPEAKERS if apart == CLEARLY_APART else expected
        centres = centres_of(vectors, labels, lengths, most=most, least_ms=least_ms)
        if len(centres) >= expected:
            break
    return centres


def centres_of(
    vectors: Vectors, labels: NDArray[np.int64], lengths: NDArray[np.int64], *, most: int, least_ms: int
) -> Vectors:
    """Unit vectors of the clusters that said at least ``least_ms``, at most ``most``, the longest first."""
    said = {int(label): int(lengths[labels == label].sum()) for label in np.unique(labels)}
    ranked = sorted(said, key=lambda label: -said[label])
    kept = [label for label in ranked if said[label] >= least_ms][:most] or ranked[:1]
    centres = np.stack([vectors[labels == label].mean(axis=0) for label in kept])
    return np.asarray(centres / np.linalg.norm(centres, axis=1, keepdims=True), np.float32)


def assigned(prints: Sequence[Print], centres: Vectors) -> list[int]:
    """The speaker of each print: voices of one window are different speakers while there are enough.

    One of several prints of a voice that is clearly another speaker's goes its own way: the segmentation may
    take two people for one.
    """
    windows: dict[int, list[int]] = {}
    for at, one in enumerate(prints):
        windows.setdefault(one.window, []).append(at)
    chosen = [0] * len(prints)
    for members in windows.values():
        voices = sorted({prints[at].voice for at in members})
        alike = np.stack([prints[at].vector for at in members]) @ centres.T
        weights = np.array([min(prints[at].clean_ms, ENOUGH_MS) + 1 for at in members])
        of_voice = np.array([[prints[at].voice == voice for at in members] for voice in voices])
        total = (of_voice * weights) @ alike
        of = dict(zip(voices, total.argmax(axis=1).tolist(), strict=True))
        of |= {voices[row]: int(column) for row, column in zip(*linear_sum_assignment(-total), strict=True)}
        for at, likeness in zip(members, alike, strict=True):
            own, best = of[prints[at].voice], int(likeness.argmax())
            parts = of_voice[voices.index(prints[at].voice)].sum()
            surely = prints[at].clean_ms >= ENOUGH_MS and likeness[best] - likeness[own] > CLEARLY_NEARER
            chosen[at] = best if parts > 1 and surely else own
    return chosen
