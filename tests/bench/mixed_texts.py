"""Texts of mixed lengths, 5 to 200 tokens: the same ones every time, of sentences of the public data."""

import csv
import os
import random
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHORTEST, LONGEST = 5, 200  # tokens


def mixed_texts(count: int, tokens: Callable[[str], int], *, seed: int = 4) -> list[str]:
    """Distinct texts whose lengths are spread evenly on a logarithmic scale between 5 and 200 tokens.

    Customers' questions and comments are drawn without returning, and joined as long as the drawn length
    asks for more; ``tokens`` counts those of a text.
    """
    drawn = random.Random(seed)
    said = _sentences()
    drawn.shuffle(said)
    texts: dict[str, None] = {}
    while len(texts) < count and said:
        wanted = SHORTEST * (LONGEST / SHORTEST) ** drawn.random()
        text = said.pop()
        while said and tokens(text) < wanted:
            text = f"{text} {said.pop()}"
        if SHORTEST <= tokens(text) <= LONGEST:
            texts[text] = None
    return list(texts)


def _sentences() -> list[str]:
    """What customers asked (banking77) and people wrote (GoEmotions, dev), else made up."""
    data = Path(os.environ.get("OVERTONE_DATA", ROOT.parent / "shared" / "data"))
    questions, comments = data / "banking77" / "train.csv", data / "goemotions" / "original" / "dev.tsv"
    if not (questions.is_file() and comments.is_file()):
        return _made_up()
    with questions.open(encoding="utf-8", newline="") as file:
        asked = [" ".join(row["text"].split()) for row in csv.DictReader(file)]
    written = [line.split("\t")[0] for line in comments.read_text("utf-8").splitlines()]
    return list(dict.fromkeys([*asked, *written]))


def _made_up() -> list[str]:
    tails: Sequence[str] = ("", " and nobody calls me back.", ", thank you very much for your help with it!")
    return [f"My order of {n} cups has not arrived{tails[n % 3]}" for n in range(12_000)]
