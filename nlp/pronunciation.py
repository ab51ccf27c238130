"""How an English word that no dictionary has is pronounced: n-grams of letters joined with their phones.

A joint-sequence model (Bisani & Ney 2008): each letter carries none, one or two phones, such a pair is a
graphone, and the likeliest row of graphones that spells the word gives its phones. The n-grams, up to six
graphones long, are counted by nlp.training.pronunciation and smoothed with absolute discounting.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ORDER = 6
BITS = 10  # of a graphone's number within an n-gram's key
DISCOUNT = 0.7
BEAM = 12
END = 0
UNHEARD = -1e9

Phones = tuple[str, ...]
History = tuple[int, ...]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Letters:
    """``graphones`` are (letter, phones) from number 1 on, number 0 is the word's edge.

    ``keys`` and ``counts`` hold one array for each n-gram length; a key packs the graphones' numbers, so that
    all that can follow a history stand side by side.
    """

    graphones: tuple[tuple[str, Phones], ...]
    keys: tuple[NDArray[np.uint64], ...]
    counts: tuple[NDArray[np.uint16], ...]

    def pronounce(self, word: str) -> Phones | None:
        """The likeliest phones of a word in small letters a-z and '; None where it has no sound."""
        known: dict[History, Floats] = {}
        ways: list[tuple[float, History, Phones]] = [(0.0, (END,) * (ORDER - 1), ())]
        for letter in word:
            choices = [
                (number, phones)
                for number, (spelt, phones) in enumerate(self.graphones, start=1)
                if spelt == letter
            ]
            further = [
                (score + self._next(history, known)[number], (*history[1:], number), (*said, *phones))
                for score, history, said in ways
                for number, phones in choices
            ]
            ways = sorted(further, key=lambda way: -way[0])[:BEAM]
        ended = [(score + self._next(history, known)[END], said) for score, history, said in ways if said]
        return max(ended)[1] if ended else None

    def _next(self, history: History, known: dict[History, Floats]) -> Floats:
        """Log probability of each graphone after a history: from short to long, each corrects the last."""
        if history not in known:
            chance = np.full(len(self.graphones) + 1, 1 / (len(self.graphones) + 1))
            for length, (keys, counts) in enumerate(zip(self.keys, self.counts, strict=True)):
                packed = pack(history[len(history) - length :])
                first, last = np.searchsorted(
                    keys, np.array([packed << BITS, (packed + 1) << BITS], np.uint64)
                )
                if first == last:
                    break
                seen = counts[first:last].astype(np.float64)
                chance = chance * (DISCOUNT * len(seen) / seen.sum())
                numbers = (keys[first:last] & np.uint64((1 << BITS) - 1)).astype(np.int64)
                chance[numbers] += (seen - DISCOUNT) / seen.sum()
            known[history] = np.log(chance)
        return known[history]


def pack(numbers: tuple[int, ...]) -> int:
    """Graphones as one number."""
    packed = 0
    for number in numbers:
        packed = (packed << BITS) | number
    return packed


def load_letters(path: Path) -> Letters:
    """Read what nlp.training.pronunciation wrote."""
    with np.load(path, allow_pickle=False) as arrays:
        pairs = [str(pair).split(" ") for pair in arrays["graphones"]]
        return Letters(
            tuple((pair[0], tuple(phone for phone in pair[1:] if phone)) for pair in pairs),
            tuple(arrays[f"keys{length}"] for length in range(1, ORDER + 1)),
            tuple(arrays[f"counts{length}"] for length in range(1, ORDER + 1)),
        )


def save_letters(path: Path, letters: Letters) -> None:
    """Write a model without pickle."""
    arrays: dict[str, NDArray[np.generic]] = {
        "graphones": np.array([" ".join((letter, *phones)) for letter, phones in letters.graphones])
    }
    for length, (keys, counts) in enumerate(zip(letters.keys, letters.counts, strict=True), start=1):
        arrays |= {f"keys{length}": keys, f"counts{length}": counts}
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]
