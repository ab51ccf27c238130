"""Agreement of two labellers against figures worked out elsewhere."""

import pytest

from service.taxonomies.agreement import kappa, share


def test_kappa_of_the_known_table() -> None:
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    found = kappa(pairs)
    assert found.value == pytest.approx(0.4)
    assert (found.low, found.high) == (pytest.approx(0.151, abs=1e-3), pytest.approx(0.649, abs=1e-3))
    assert kappa([(b, a) for a, b in pairs]) == found


@pytest.mark.parametrize("pairs", [[], [("a", "a")], [("a", "a")] * 9])
def test_kappa_is_null_where_chance_agrees_always(pairs: list[tuple[str, str]]) -> None:
    assert kappa(pairs).value is None


def test_kappa_of_perfect_and_of_opposite_labels() -> None:
    assert kappa([("a", "a"), ("b", "b")] * 5).value == pytest.approx(1.0)
    assert kappa([("a", "b"), ("b", "a")] * 5).value == pytest.approx(-1.0)


def test_the_interval_of_a_share() -> None:
    found = share(8, 10)  # Wilson's, as in Newcombe (1998)
    assert (found.low, found.high) == (pytest.approx(0.4902, abs=1e-4), pytest.approx(0.9433, abs=1e-4))
    assert share(0, 5).low == 0.0
    assert share(0, 0).value is None
