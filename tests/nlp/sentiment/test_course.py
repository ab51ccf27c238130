"""Sentiment over an interaction: quarters by the party's own clock, shift, and where it changed for good."""

import pytest

from nlp.sentiment import Turning, by_party, overall
from nlp.transcript import Party, Turn


def said(party: Party, start: int | None, end: int | None) -> Turn:
    return Turn(party, "words", start_ms=start, end_ms=end)


def test_quarters_run_to_the_end_of_the_partys_own_last_turn() -> None:
    turns = [
        said(Party.CUSTOMER, 0, 9_000),
        said(Party.AGENT, 9_000, 100_000),
        said(Party.CUSTOMER, 9_999, 20_000),
        said(Party.CUSTOMER, 30_000, 40_000),
    ]
    customer = by_party(turns, [-5.0, 0.0, -1.0, 4.0])[Party.CUSTOMER]
    assert customer.quarters == (-3.0, None, None, 4.0)
    assert customer.score == 0.5


def test_a_quarter_begins_at_its_boundary() -> None:
    turns = [said(Party.CUSTOMER, 10_000, 20_000), said(Party.CUSTOMER, 39_999, 40_000)]
    assert by_party(turns, [1.0, 2.0])[Party.CUSTOMER].quarters == (None, 1.0, None, 2.0)


def test_messages_are_divided_by_order() -> None:
    turns = [said(Party.CUSTOMER, None, None)] * 2
    assert by_party(turns, [1.0, 2.0])[Party.CUSTOMER].quarters == (1.0, None, 2.0, None)


def test_unmeasured_turns_count_for_nothing() -> None:
    turns = [said(Party.CUSTOMER, None, None), said(Party.AGENT, None, None)]
    assert by_party(turns, [None, 1.0]) == {Party.AGENT: by_party(turns[1:], [1.0])[Party.AGENT]}


def test_the_documented_sample() -> None:
    """Quarter means and overall of the field's published example."""
    assert overall([0.0, 5.0, 2.5, 5.0]) == pytest.approx(3.12, abs=0.01)
    assert overall([None, None]) is None


def turned(*scores: float | None) -> Turning | None:
    turns = [said(Party.CUSTOMER, None, None)] * len(scores)
    return by_party(turns, scores)[Party.CUSTOMER].turned


def test_the_shift_is_the_last_quarter_minus_the_first() -> None:
    turns = [said(Party.CUSTOMER, None, None)] * 4
    assert by_party(turns, [-3.0, 0.0, None, 1.5])[Party.CUSTOMER].shift == 4.5
    assert by_party(turns[:1], [-3.0])[Party.CUSTOMER].shift is None


def test_it_turned_where_both_sides_differ_most() -> None:
    assert turned(-4.0, -3.0, 0.0, 3.0, 4.0, 3.5) == Turning(3, -2.33, 3.5)
    assert turned(3.0, 2.0, -4.0, -4.0) == Turning(2, 2.5, -4.0)


def test_a_turn_that_was_not_scored_is_no_turning() -> None:
    assert turned(-4.0, -4.0, None, 4.0, 4.0) == Turning(3, -4.0, 4.0)


def test_a_turning_is_counted_in_the_turns_of_the_transcript() -> None:
    parties = [Party.CUSTOMER, Party.AGENT] * 4
    turns = [said(party, None, None) for party in parties]
    found = by_party(turns, [-4.0, 1.0, -4.0, 1.0, 4.0, 1.0, 4.0, 1.0])
    assert found[Party.CUSTOMER].turned == Turning(4, -4.0, 4.0)
    assert found[Party.AGENT].turned is None


@pytest.mark.parametrize(
    "scores",
    [
        (-4.0, 4.0),  # too few to say that it stayed so
        (-4.0, 4.0, 4.0),
        (0.5, 0.5, 2.0, 2.0),  # too small a change
        (-4.0, 4.0, -4.0, 4.0, -4.0, 4.0),  # up and down
        (-3.0, -3.0, 4.0, 4.0, -3.0, -3.0, -3.0),  # it did not last
        (0.0, 0.0, 0.0, 0.0),
    ],
)
def test_what_did_not_change_for_good_has_not_turned(scores: tuple[float, ...]) -> None:
    assert turned(*scores) is None
