"""Diarization error worked out by hand."""

import pytest

from tests.bench.diarization_error import Stretch, errors

TWO: list[Stretch] = [(0, 4000, "ann"), (4000, 8000, "bob")]


def rates(found: list[Stretch], reference: list[Stretch] = TWO, **options: object) -> tuple[float, ...]:
    return errors(reference, found, length_ms=10_000, **{"collar_ms": 0, **options})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([(0, 4000, "x"), (4000, 8000, "y")], (0, 0, 0, 8000)),
        ([(0, 4000, "bob"), (4000, 8000, "ann")], (0, 0, 0, 8000)),  # names do not matter
        ([], (8000, 0, 0, 8000)),
        ([(0, 10_000, "x")], (0, 2000, 4000, 8000)),
        ([(0, 5000, "x"), (5000, 8000, "y")], (0, 0, 1000, 8000)),
        ([(0, 4000, "x"), (2000, 8000, "y")], (0, 2000, 0, 8000)),
    ],
)
def test_errors_are_time(found: list[Stretch], expected: tuple[int, ...]) -> None:
    assert rates(found) == expected


def test_what_lies_near_a_boundary_is_not_scored() -> None:
    late: list[Stretch] = [(200, 4200, "x"), (4200, 8200, "y")]
    assert rates(late, collar_ms=250)[:3] == (0, 0, 0)
    assert rates(late, collar_ms=250)[3] == 8000 - 250 - 500 - 250
    assert sum(rates(late)[:3]) == 600


def test_overlap_counts_once_for_each_who_speaks_unless_left_out() -> None:
    over: list[Stretch] = [(0, 4000, "ann"), (3000, 6000, "bob")]
    found: list[Stretch] = [(0, 4000, "x"), (4000, 6000, "y")]
    assert rates(found, over) == (1000, 0, 0, 7000)
    assert rates(found, over, overlap=False) == (0, 0, 0, 5000)
