"""Conversations full of numbers in which no card is."""

from nlp.redaction import Redactor
from tests.nlp.redaction.spoken_negatives import harmless


def test_orders_amounts_phones_and_years_are_no_cards() -> None:
    redactor, masks, conversations = Redactor(), 0, 0
    for turns in harmless(20, seed=4):
        conversations += 1
        masks += sum(
            span.kind in ("card", "cvv", "expiry")
            for one in redactor.redact_turns(turns)
            for span in one.spans
        )
    assert conversations == 120
    assert masks <= 1
