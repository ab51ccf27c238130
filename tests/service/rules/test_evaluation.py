"""Conditions on one interaction: matched with the place, not matched, or why it cannot be told."""

from dataclasses import replace
from typing import Any

import pytest

from service.phrases import SpokenTurn, SpokenWord
from service.phrases import parse as parse_phrase
from service.rules import Facts, Outcome, Verdict, evaluate, parse
from service.rules.case import Library
from service.rules.facts import Heard

CALL = Facts(
    told={
        "channel": "voice",
        "queue": "Sales",
        "agent": "anna",
        "language": "en",
        "hour": 9.0,
        "weekday": "mon",
    },
    attributes={"tier": "gold", "score": "7", "vip": True},
    duration_ms=100_000,
    turns=[
        SpokenTurn("agent", "Hello, how can I help?", 0, 4000),
        SpokenTurn(
            "customer",
            "cancel my order 123456",
            5000,
            9000,
            [SpokenWord("cancel", 5000, 5500), SpokenWord("my", 8000, 8100), SpokenWord("order", 8200, 8600)],
        ),
        SpokenTurn("agent", "I am so sorry", 30_000, 33_000),
        SpokenTurn("customer", "This is awful", 80_000, 83_000),
    ],
    characteristics={
        "silences": [{"start_ms": 9000, "end_ms": 30_000}, {"start_ms": 33_000, "end_ms": 80_000}],
        "longest_silence_ms": 47_000,
        "non_talk_threshold_ms": 3000,
        "holds": [],
        "interruption_instances": None,
        "talk_share": {"agent": 0.7, "customer": 0.3},
        "words_per_minute": {"agent": 140.0},
    },
    sentiments={"customer": {"score": -2.0, "quarters": [0.0, None, None, -4.0]}},
    findings=[(0.0, {}), (-0.5, {"annoyance": 0.4}), (0.5, {"remorse": 0.9}), (-4.0, {"anger": 0.8})],
    reasons=[("billing", None, True, 1), ("wrong charge", "billing", False, 1)],
)
MONO = replace(CALL, turns=[replace(turn, party="unknown") for turn in CALL.turns])
MAIL = Facts(told={"channel": "email"}, turns=[SpokenTurn("customer", "Please cancel")], findings=[(0.0, {})])


def outcome(rule: str, facts: Facts = CALL, library: Library | None = None) -> Verdict:
    """The verdict on a rule."""
    return evaluate(parse(rule), facts, library or Library())


@pytest.mark.parametrize(
    "rule",
    [
        'customer says "cancel* my" in first 30%',
        'customer says exactly "cancel my order"',
        'customer says any form of "orders" or customer says any form of "order"',
        'customer says regex "order \\d{6}" in first 30s',
        'agent says "sorry" in last 2 turns and not agent says "sorry" in first 2 turns',
        'customer says "order" in 8s to 9s and not customer says "cancel" in 8s to 9s',
        'customer says "cancel" within 1 words of "order"',
        'customer says "cancel" not within 0 words of "order"',
        "silence > 40s and total silence >= 68s and not silence > 40s after customer",
        "silence > 40s after agent",
        "silence > 20s in first 20% and not silence > 40s in first 20%",
        "hold < 1s and holds = 0 and total hold = 0s",
        "agent talk share > 60% and agent talk speed = 140 and duration > 1m",
        "customer sentiment < -1 and customer sentiment < -3 in quarter 4",
        "customer sentiment change <= -4",
        "customer sentiment < -3 in last 30s and customer sentiment is negative",
        "customer feels anger group and customer feels anger >= 0.8 in last 30s and anyone feels remorse",
        'reason is "billing" and reason is "wrong charge" and not main reason is "wrong charge"',
        'queue is "Sales" and agent in (anna, bob) and queue contains "ALE" and campaign is missing',
        "attributes.tier is gold and attributes.score > 6 and attributes.vip is true",
        "attributes.none is not x and not attributes.none is x",
        "hour < 12 and weekday is mon and customer is unknown and customer turns = 2",
    ],
)
def test_conditions_hold(rule: str) -> None:
    assert outcome(rule).outcome is Outcome.MATCHED, outcome(rule)


@pytest.mark.parametrize(
    ("rule", "facts", "code"),
    [
        ("silence > 10s", MAIL, "not_measured"),
        ('customer says "cancel" in first 30%', MAIL, "no_times"),
        ("interruptions > 0", CALL, "not_measured"),
        ('customer says "cancel"', MONO, "party_unknown"),
        ('anyone says "cancel"', replace(CALL, reliable=False), "unreliable_transcript"),
        ("customer feels anger", replace(MAIL, findings=[(-2.0, None)]), "language_not_supported"),
        ("customer feels anger", replace(MAIL, findings=[(None, {})], no_reason="language_not_supported"),
         "language_not_supported"),
        ("customer sentiment < 0", replace(CALL, analysed=False), "not_analysed"),
        ('reason is "x"', replace(CALL, no_reason="unreliable", reasons=[]), "unreliable_transcript"),
        ("language is hu", MAIL, "language_unknown"),
        ("attributes.tier > 3", CALL, "not_a_number"),
        ("silence > 1s after unknown", CALL, "below_threshold"),
        ("customer talk speed > 3", CALL, "not_measured"),
        ("agent first response > 1m", CALL, "not_measured"),
        ('finds list "gone"', CALL, "no_such_phrase_list"),
        ('rule "gone"', CALL, "no_such_rule"),
        ('anyone says "x y"', replace(CALL, turns=[]), "no_text"),
    ],
)  # fmt: skip
def test_what_cannot_be_told_says_why(rule: str, facts: Facts, code: str) -> None:
    found = outcome(rule, facts)
    assert (found.outcome, list(found.codes)) == (Outcome.NOT_EVALUATED, [code])


def test_unknown_parts_give_way_to_what_decides() -> None:
    assert outcome("interruptions > 0 and channel is email").outcome is Outcome.NOT_MATCHED
    assert outcome("interruptions > 0 or channel is voice").outcome is Outcome.MATCHED
    assert outcome("not interruptions > 0").codes == ("not_measured",)


def test_an_answer_that_abstains_is_no_unknown() -> None:
    assert outcome('reason is "x"', replace(CALL, no_reason="abstained", reasons=[])).outcome == "not_matched"


def test_the_place_of_words_is_turn_characters_and_time() -> None:
    (place,) = outcome('customer says "my order"').evidence
    assert (place.turn, place.start, place.end, place.start_ms, place.end_ms) == (1, 7, 15, 8000, 8600)
    assert place.condition == 'customer says "my order"'


def test_the_place_of_a_silence_is_its_time_and_a_match_by_absence_has_none() -> None:
    (place,) = outcome("silence > 40s").evidence
    assert (place.start_ms, place.end_ms, place.value) == (33_000, 80_000, 47_000)
    assert outcome('not anyone says "goodbye"') == Verdict(True)


@pytest.mark.parametrize("text", ["can\u200bcel", "CANCEL", "\u202ecancel\u202c", "ｃａｎｃｅｌ"])
def test_case_width_and_invisible_signs_do_not_hide_words(text: str) -> None:
    facts = Facts(told={}, turns=[SpokenTurn("customer", f"I {text} it")])
    assert outcome('customer says "cancel"', facts).value
    assert outcome('customer says regex "cancel"', facts).value is ("ｃ" not in text)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("számla", "a szamlamat kérem"),
        ("szerződés", "a szerződéssel baj van"),
        ("חשבון", "והחשבונות שלי"),
        ("policy", "two policies"),
        ("café", "the cafe\u0301s"),
    ],
)
def test_any_form_of_a_word_is_found(word: str, text: str) -> None:
    facts = Facts(told={}, turns=[SpokenTurn("customer", text)])
    assert outcome(f'customer says any form of "{word}"', facts).value
    assert outcome(f'customer says any form of "{word}x"', facts).value is False


def test_a_pattern_finds_the_place_in_text_with_marks_written_apart() -> None:
    facts = Facts(told={}, turns=[SpokenTurn("customer", "e\u0301s a\u0301rvi\u0301z \u200fe\u0301s")])
    places = [(one.start, one.end) for one in outcome('customer says regex "árvíz|és"', facts).evidence]
    assert places == [(0, 3), (4, 11), (13, 16)]


def test_a_catastrophic_pattern_takes_no_longer_than_its_text() -> None:
    facts = Facts(told={}, turns=[SpokenTurn("customer", "a" * 200_000 + "b")])
    assert outcome('customer says regex "(a+)+$"', facts).value is False


def test_lists_are_sought_in_words_and_taken_from_sound() -> None:
    library = Library(lists={"l": [("late", parse_phrase("parcel is late")), ("bye", None)]})
    assert outcome('finds list "l"', CALL, library).value is False
    heard = replace(CALL, heard=[Heard("l", "bye", 10, 20)])
    assert outcome('finds phrase "bye" of list "l"', heard, library).evidence[0].start_ms == 10


def test_another_rule_is_evaluated_in_its_place() -> None:
    library = Library(rules={"angry": parse("customer feels anger")})
    assert outcome('rule "angry" and channel is voice', CALL, library).evidence[0].turn == 3


def chat(*turns: tuple[str, int]) -> Facts:
    """Messages of (party, second)."""
    spoken = [SpokenTurn(party, "word", second * 1000, second * 1000) for party, second in turns]
    return Facts(told={"channel": "chat"}, turns=spoken)


def test_a_response_is_timed_from_the_first_message_that_waits() -> None:
    facts = chat(
        ("customer", 0), ("customer", 20), ("agent", 30), ("agent", 40), ("customer", 50), ("agent", 60)
    )
    assert outcome("agent first response = 30s and agent average response = 20s", facts).value
    assert outcome("agent longest response >= 30s", facts).evidence[0].turn == 2
    assert outcome("customer first response > 1s", facts).value


def test_half_of_the_turns_make_a_mood_and_turns_not_read_leave_it_open() -> None:
    facts: Any = replace(MAIL, turns=[SpokenTurn("customer", "a")] * 4)
    two = replace(facts, findings=[(-3.0, {}), (-2.0, {}), (0.0, {}), (0.0, {})])
    assert outcome("customer sentiment is negative", two).value
    open_one = replace(facts, findings=[(-3.0, {}), (None, {}), (0.0, {}), (0.0, {})])
    assert outcome("customer sentiment is negative", open_one).value is None
    assert outcome("customer sentiment is positive", open_one).value is False
