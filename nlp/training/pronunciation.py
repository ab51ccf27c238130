"""Trains the pronunciation of unknown words on the dictionary that comes with PocketSphinx."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from nlp.artifacts import Artifact, digests, register
from nlp.pronunciation import END, ORDER, Letters, Phones, pack, save_letters

NAME, VERSION, FILES = "pronunciation", "1.0.0", ("letters.npz",)
FLOOR = {"phone_accuracy": 0.9}
LICENCE = "BSD-2-Clause (CMU Pronouncing Dictionary, as packaged with PocketSphinx)"
SOURCE = "cmudict-en-us of PocketSphinx: 125,000 words"
HELD_OUT = 2000
ALIGNED_FIRST = 25_000  # words that find the costs; all words are aligned with these
ROUNDS = 4
NEVER = 12.0  # cost of a pair not seen so far
RAREST_GRAPHONE = 5
RARE_FROM, RAREST = 5, 2  # n-grams of this length and more are kept when seen twice

Graphone = tuple[str, Phones]
Costs = Mapping[str, Mapping[Phones, float]]
Figures = dict[str, float]


def train(data: Path, models: Path) -> Figures:
    """Write ``models``/pronunciation with its manifest entry; half a minute. ``data`` is not read."""
    words = dictionary()
    order = np.random.default_rng(0).permutation(len(words))
    shuffled = [words[at] for at in order]
    held, kept = shuffled[:HELD_OUT], shuffled[HELD_OUT:]
    letters = fitted(kept)
    figures = measured(letters, held)
    directory = models / NAME
    directory.mkdir(parents=True, exist_ok=True)
    save_letters(directory / FILES[0], letters)
    files = digests(directory, *FILES)
    register(models, Artifact(NAME, VERSION, files, LICENCE, SOURCE, metrics=figures, floor=FLOOR))
    return figures


def dictionary() -> list[tuple[str, Phones]]:
    """The first pronunciation of each packaged word, in order."""
    from pocketsphinx import get_model_path  # noqa: PLC0415 - a native library, only where it is trained

    found = []
    for line in Path(get_model_path("en-us/cmudict-en-us.dict")).read_text("ascii").splitlines():
        word, *phones = line.split()
        if re.fullmatch("[a-z']+", word):
            found.append((word, tuple(phones)))
    return sorted(found)


def fitted(words: Sequence[tuple[str, Phones]]) -> Letters:
    """Align letters with phones, then count rows of the pairs."""
    costs = costs_of(first_pairs(words))
    for _ in range(ROUNDS):
        rows = aligned(words[:ALIGNED_FIRST], costs)
        counts: defaultdict[str, Counter[Phones]] = defaultdict(Counter)
        for row in rows:
            for letter, phones in row:
                counts[letter][phones] += 1
        costs = costs_of(counts)
    return counted(list(aligned(words, costs)))


def first_pairs(words: Sequence[tuple[str, Phones]]) -> dict[str, Counter[Phones]]:
    """To begin with: words with as many letters as phones are taken letter by letter."""
    counts: defaultdict[str, Counter[Phones]] = defaultdict(Counter)
    for word, phones in words:
        for letter in set(word):
            counts[letter][()] += 1
        if len(word) == len(phones):
            for letter, phone in zip(word, phones, strict=True):
                counts[letter][(phone,)] += 2
    return counts


def costs_of(counts: Mapping[str, Counter[Phones]]) -> Costs:
    """Negative log share of each group of phones among those of its letter."""
    return {
        letter: {phones: float(-np.log(count / found.total())) for phones, count in found.items()}
        for letter, found in counts.items()
    }


def aligned(words: Sequence[tuple[str, Phones]], costs: Costs) -> Iterator[list[Graphone]]:
    """The cheapest pairing of each word; words with more than two phones a letter are left out."""
    for word, phones in words:
        row = alignment(word, phones, costs)
        if row:
            yield row


def alignment(word: str, phones: Phones, costs: Costs) -> list[Graphone] | None:
    """Each letter with none, one or two phones, cheapest in all (Viterbi)."""
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for at, letter in enumerate(word):
        table, left = costs.get(letter, {}), 2 * (len(word) - at - 1)
        reached: dict[int, tuple[float, int]] = {}
        for begin, (cost, _) in best[-1].items():
            for end in range(begin, min(begin + 3, len(phones) + 1)):
                total = cost + table.get(phones[begin:end], NEVER)
                if len(phones) - end <= left and total < reached.get(end, (np.inf, 0))[0]:
                    reached[end] = (total, begin)
        best.append(reached)
    if len(phones) not in best[-1]:
        return None
    row, end = [], len(phones)
    for at in range(len(word), 0, -1):
        begin = best[at][end][1]
        row.append((word[at - 1], phones[begin:end]))
        end = begin
    return row[::-1]


def counted(rows: Sequence[Sequence[Graphone]]) -> Letters:
    """N-grams of graphones; words with a rare graphone are left out."""
    often = Counter(graphone for row in rows for graphone in row)
    graphones = tuple(sorted(graphone for graphone, count in often.items() if count >= RAREST_GRAPHONE))
    numbers = {graphone: number for number, graphone in enumerate(graphones, start=1)}
    spelt = [tuple(numbers.get(graphone, -1) for graphone in row) for row in rows]
    ended = [(END,) * (ORDER - 1) + row + (END,) for row in spelt if -1 not in row]
    keys, counts = [], []
    for length in range(1, ORDER + 1):
        packed = [pack(row[at - length + 1 : at + 1]) for row in ended for at in range(ORDER - 1, len(row))]
        found, count = np.unique(np.array(packed, np.uint64), return_counts=True)
        kept = count >= (RAREST if length >= RARE_FROM else 1)
        keys.append(found[kept])
        counts.append(np.minimum(count[kept], 65_535).astype(np.uint16))
    return Letters(graphones, tuple(keys), tuple(counts))


def measured(letters: Letters, held: Sequence[tuple[str, Phones]]) -> Figures:
    """Phone errors (edits / phones) and whole words right, on words that were not trained on."""
    errors = phones = right = 0
    for word, truth in held:
        edits = phone_errors(truth, letters.pronounce(word) or ())
        errors, phones, right = errors + edits, phones + len(truth), right + (edits == 0)
    return {
        "phone_accuracy": round(1 - errors / phones, 4),
        "phone_error": round(errors / phones, 4),
        "words_right": round(right / len(held), 4),
    }


def phone_errors(truth: Phones, said: Phones) -> int:
    """Substitutions, deletions and insertions of the cheapest alignment."""
    row = list(range(len(said) + 1))
    for i, expected in enumerate(truth, start=1):
        before, row[0] = row[0], i
        for j, heard in enumerate(said, start=1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (expected != heard))
    return row[-1]
