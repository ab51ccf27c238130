"""Sums and differences of stretches of time."""

from collections.abc import Iterable, Sequence

from nlp.transcript import Stretch


def union(stretches: Iterable[Stretch], *, bridge_ms: int = 0) -> list[Stretch]:
    """In order and apart from each other; pauses up to ``bridge_ms`` are closed."""
    joined: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda each: (each.start_ms, each.end_ms)):
        if joined and stretch.start_ms - joined[-1].end_ms <= bridge_ms:
            joined[-1] = Stretch(joined[-1].start_ms, max(joined[-1].end_ms, stretch.end_ms))
        else:
            joined.append(stretch)
    return joined


def without(stretches: Iterable[Stretch], cut: Iterable[Stretch]) -> list[Stretch]:
    """What is left of the stretches; empty ones are dropped."""
    away, left = union(cut), []
    for stretch in union(stretches):
        start = stretch.start_ms
        for each in away:
            if each.end_ms > start and each.start_ms < stretch.end_ms:
                if each.start_ms > start:
                    left.append(Stretch(start, each.start_ms))
                start = each.end_ms
        if start < stretch.end_ms:
            left.append(Stretch(start, stretch.end_ms))
    return left


def within(stretches: Iterable[Stretch], bounds: Stretch) -> list[Stretch]:
    """The parts that lie within the bounds."""
    cut = [
        Stretch(max(each.start_ms, bounds.start_ms), min(each.end_ms, bounds.end_ms)) for each in stretches
    ]
    return [each for each in cut if each.start_ms < each.end_ms]


def length_of(stretches: Sequence[Stretch]) -> int:
    """Sum of lengths in ms; overlaps count twice."""
    return sum(each.end_ms - each.start_ms for each in stretches)
