"""Facts: precision and recall on sentences with planted facts, and microseconds per text."""

import json
import random
import sys
import time
from collections import Counter
from datetime import date

from nlp.facts import FactFinder
from nlp.transcript import Party, Turn
from tests.nlp.facts.planted import Planted, planted
from tests.nlp.facts.said import TERMS

SAID_ON = date(2026, 3, 2)


def main() -> None:
    """Print the figures; the last line is JSON."""
    finder = FactFinder(TERMS)
    sentences = planted()
    right, told, wanted = Counter[str](), Counter[str](), Counter[str]()
    for one in sentences:
        found = {(fact.kind.value, fact.name, fact.value) for fact in _facts(finder, one)}
        expected = set(one.facts)
        right.update(kind for kind, _, _ in found & expected)
        told.update(kind for kind, _, _ in found)
        wanted.update(kind for kind, _, _ in expected)
    precision, recall = sum(right.values()) / sum(told.values()), sum(right.values()) / sum(wanted.values())
    kinds = [
        f"{kind} {right[kind] / max(told[kind], 1):.2f}/{right[kind] / wanted[kind]:.2f}"
        for kind in sorted(wanted)
    ]
    figures = {
        f"facts in {len(sentences)} sentences of our own (en, hu, he), at first sight .985, .971: "
        "precision, recall (asked: .9, .95)": f"{precision:.3f}, {recall:.3f}",
        "… by kind": "; ".join(kinds),
        "facts: microseconds per sentence": f"{_microseconds(finder, sentences):.0f}",
    }
    print(json.dumps(figures, ensure_ascii=False))


def _facts(finder: FactFinder, one: Planted) -> tuple:  # type: ignore[type-arg]
    return finder.find([Turn(Party.CUSTOMER, one.text)], language=one.language, said_on=SAID_ON)


def _microseconds(finder: FactFinder, sentences: list[Planted]) -> float:
    many = random.Random(1).choices(sentences, k=2000)
    began = time.process_time()
    for one in many:
        _facts(finder, one)
    return (time.process_time() - began) / len(many) * 1e6


if __name__ == "__main__":
    sys.exit(main())
