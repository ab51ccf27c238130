"""What cannot stand in a text is left out early, and nothing else is."""

import pytest

from service.phrases import SpokenTurn, find, parse
from service.phrases.presence import may_stand
from service.phrases.spoken import key_of

TEXTS = (
    "my money",
    "I WANT my mon\u200bey back",
    "the money is back",
    "refnud me",
    "צה\u05f4ל ישראל",
    "nothing [CARD]",
)
QUERIES = (
    "money back",
    "mon* OR refund",
    '"back money"~3',
    "(my | the) money",
    "refund~",
    "NOT money",
    "money AND NOT back",
    'צה"ל',
    "[CARD]",
    "m*y is back",
)


@pytest.mark.parametrize("query", QUERIES)
def test_no_hit_is_lost(query: str) -> None:
    phrase = parse(query)
    found = [bool(find([phrase], [SpokenTurn("customer", text)])) for text in TEXTS]
    possible = [may_stand(phrase.node, key_of(text)) for text in TEXTS]
    assert all(may or not hit for hit, may in zip(found, possible, strict=True))
    assert any(found)


def test_letters_that_are_missing_rule_a_text_out() -> None:
    assert not may_stand(parse("cancel* my contract").node, key_of("a parcel is late"))
