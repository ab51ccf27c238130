"""Agreement counts documents whose labels are the same, whatever their scores."""

from typing import Any

from tests.bench.agreement import agreement


def _document(reasons: list[str], emotions: list[str] | None, sentiment: float | None) -> dict[str, Any]:
    felt = None if emotions is None else [{"label": label, "score": 0.5} for label in emotions]
    return {"call_reasons": [{"name": name} for name in reasons], "emotions": felt, "sentiment": sentiment}


def test_each_kind_is_counted_by_itself() -> None:
    exact = [_document(["Late"], ["joy", "anger"], 2.0), _document([], None, None)]
    other = [_document(["Late", "Lost"], ["anger", "joy"], 2.4), _document([], None, None)]
    assert agreement(exact, other) == {
        "same as in float32, all reasons": 0.5,
        "same as in float32, primary reason": 1.0,
        "same as in float32, all emotions": 1.0,
        "same as in float32, strongest emotion": 0.5,
        "same as in float32, sentiment (negative, neutral, positive)": 1.0,
    }
