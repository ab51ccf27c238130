"""The language of rules: read, written, read again; mistakes told with their place."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.errors import InvalidInput
from service.rules import parse, written
from service.rules.tree import TREE, plain, read

RULES = (
    'customer says "cancel*" in first 30% and not agent says "sorry" and silence > 10s and channel is voice',
    'anyone says regex "order \\d{6}" in last 3 turns or queue in ("a", "b") and customer is known',
    "customer sentiment < -2 in quarter 4 and customer sentiment is negative in 10s to 60s",
    "customer feels anger group >= 0.6 in last 30s and agent talk share > 60% and agent talk speed >= 180",
    'agent is "anna" and interruptions > 3 and agent interruptions >= 1 in first 2m and hour >= 18',
    'attributes.tier = gold and attributes."x y" < 5 and attributes.a not in (1, b)',
    'customer says "refund" not within 3 words of "thanks" and weekday in (sat, sun)',
    'customer says exactly "a * b" within 0 words of "c"',
    'customer says any form of "számla" and finds list "x" and finds phrase "p" of list "y" and rule "z"',
    'not (channel is voice or reason is "delivery") and not main reason is "billing"',
    'unknown says "x y" and queue is missing and campaign is given',
    'queue contains "sales" and duration < 500ms',
    "silence > 10s after agent and total silence >= 30s and hold > 1m and total hold > 90s and holds != 0",
    "agent first response > 2m and agent longest response > 5m and customer average response < 1h",
    "customer turns > 10 and customer sentiment change <= -3",
)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_read_and_written_and_goes_through_json_unchanged(rule: str) -> None:
    node = parse(rule)
    assert parse(written(node)) == node
    assert read(json.loads(json.dumps(plain(node)))) == node


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12)


@given(TEXTS)
@settings(max_examples=100)
def test_any_name_survives_being_written(name: str) -> None:
    node = TREE.validate_python({"kind": "rule", "name": name})
    assert parse(written(node)) == node


def test_signs_that_turn_the_direction_are_left_out() -> None:
    assert written(parse('customer says "\u202ecancel\u202c"')) == 'customer says "cancel"'


def test_quotation_marks_are_doubled_or_typographic_or_hebrew() -> None:
    assert parse('rule "a ""b"" c"') == parse('rule “a "b" c”')
    assert parse('customer says "צה"ל"') == parse('customer says "צה""ל"')


@pytest.mark.parametrize(
    ("rule", "place", "what"),
    [
        ("", 1, "no condition"),
        ("channel is voice and", 21, "missing"),
        ("(channel is voice", 1, "not closed"),
        ("channel is voice)", 17, "never opened"),
        ('customer says "x', 15, "not closed"),
        ("hour is 3s", 9, "no unit"),
        ("silence > 10", 11, "is a time"),
        ('customer says "cancel" in first 30', 33, "which unit"),
        ('customer says "a" in 50% to 20%', 19, "begins before it ends"),
        ("customer sentiment is sad", 23, "negative, positive or neutral"),
        ("talk share > 60%", 1, "needs a party"),
        ("silence > 10s in quarter 2", 1, "takes no quarter"),
        ('customer says regex "(a"', 21, "missing )"),
        ('customer says regex "(?=a)"', 21, "invalid perl operator"),
        ('customer says regex "a*"', 21, "everywhere"),
        ("weekday is someday", 1, "mon"),
        ("colour is red", 1, "no such condition"),
        ("channel is voice channel is email", 18, "put and, or"),
        ("<script>alert(1)</script>", 18, "no place"),
        ("😀", 1, "no place"),
    ],
)
def test_a_mistake_is_told_with_its_place(rule: str, place: int, what: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse(rule)
    assert caught.value.code == "bad_rule"
    assert caught.value.detail.startswith(f"At character {place}: ")
    assert what in caught.value.detail


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("x" * 1_000_000, "bad_rule"),
        ("(" * 1000 + "channel is voice" + ")" * 1000, "rule_too_large"),
        ("not " * 1000 + "channel is voice", "rule_too_large"),
        (" or ".join(["channel is voice"] * 51), "rule_too_large"),
    ],
)
def test_a_rule_too_large_is_refused(rule: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse(rule)
    assert caught.value.code == code
