"""How often two runs of `analyze --jsonl` say the same of the same texts."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

Document = dict[str, Any]


def agreement(exact: Sequence[Document], other: Sequence[Document]) -> dict[str, float]:
    """Share of the documents with the same labels, by kind of finding."""
    same: dict[str, Callable[[Document], Any]] = {
        "all reasons": lambda one: [reason["name"] for reason in one["call_reasons"]],
        "primary reason": lambda one: [reason["name"] for reason in one["call_reasons"][:1]],
        "all emotions": lambda one: sorted(_labels(one["emotions"])),
        "strongest emotion": lambda one: _labels(one["emotions"])[:1],
        "sentiment (negative, neutral, positive)": lambda one: _side(one["sentiment"]),
    }
    return {
        f"same as in float32, {name}": round(
            float(np.mean([of(a) == of(b) for a, b in zip(exact, other, strict=True)])), 4
        )
        for name, of in same.items()
    }


def _labels(emotions: Sequence[Document] | None) -> list[str]:
    """None where a text is in a language that the model does not know."""
    return [emotion["label"] for emotion in emotions or ()]


def _side(score: float | None) -> int | None:
    """Thirds of the scale: below -5/3, above 5/3, between."""
    return None if score is None else int(np.digitize(score, [-5 / 3, 5 / 3]))
