"""Phrases found in turns: where, when, said by whom, how alike."""

import time

import pytest

from service.phrases import Hit, SpokenTurn, SpokenWord, find, outcomes, parse

CALL = (
    SpokenTurn("agent", "Hello, this call may be recorded. How can I help?", 0, 5_000),
    SpokenTurn("customer", "I'd like to cancel the whole contract, please.", 6_000, 9_000),
    SpokenTurn("agent", "You want to cancel? Let me see what I can do.", 10_000, 13_000),
    SpokenTurn("customer", "No. Cancelling it is what I want, and my refund.", 14_000, 18_000),
    SpokenTurn("agent", "All right, it is cancelled. Goodbye.", 95_000, 100_000),
)


def texts(query: str, turns: tuple[SpokenTurn, ...] = CALL) -> list[str]:
    return [hit.text for hit in find([parse(query)], turns)]


def matched(query: str, turns: tuple[SpokenTurn, ...] = CALL) -> bool | None:
    return outcomes([parse(query)], turns)[0].matched


def test_a_hit_says_where_when_and_who() -> None:
    words = tuple(
        SpokenWord(text, 6_000 + at * 300, 6_250 + at * 300) for at, text in enumerate(CALL[1].text.split())
    )
    turns = (CALL[0], SpokenTurn("customer", CALL[1].text, 6_000, 9_000, words))
    assert find([parse("cancel the whole")], turns) == [
        Hit("cancel the whole", 1, "customer", 6_900, 7_750, 1.0, "cancel the whole", 12, 28)
    ]


def test_a_row_is_exact_and_does_not_cross_turns() -> None:
    assert texts("CANCEL") == ["cancel", "cancel"]
    assert texts("cancel the contract") == []
    assert texts("can do no") == []
    assert texts("i'd like") == ["I'd like"]


def test_wildcards_stand_for_letters_and_for_words() -> None:
    assert texts("cancel*") == ["cancel", "cancel", "Cancelling", "cancelled"]
    assert texts("c*l*d") == ["cancelled"]
    assert texts("cancel * whole contract") == ["cancel the whole contract"]


def test_a_choice_may_be_of_several_words() -> None:
    assert texts("(close|cancel) (my|the whole) (account|contract)") == ["cancel the whole contract"]


def test_words_near_each_other_may_come_in_any_order() -> None:
    assert texts('"contract cancel"~2') == ["cancel the whole contract"]
    assert texts('"contract cancel"~1') == []
    far, close = find([parse('"help can"~4')], CALL), find([parse('"call this"~4')], CALL)
    assert far[0].score < close[0].score == 1.0
    assert texts('"no no"~3', (SpokenTurn("customer", "no"),)) == []
    assert texts('"no no"~3', (SpokenTurn("customer", "oh no please no"),)) == ["no please no"]
    assert texts('"can* cancel"~3', (SpokenTurn("customer", "cancel, cancelling"),)) == ["cancel, cancelling"]


def test_fuzzy_words_forgive_as_many_letters_as_asked() -> None:
    said = (SpokenTurn("customer", "where is my refnud"),)
    (hit,) = find([parse("my refund~1")], said)
    assert (hit.text, hit.score) == ("my refnud", pytest.approx((1 + 5 / 6) / 2, abs=1e-4))
    assert texts("refund", said) == []
    assert texts("funds~1", said) == []


def test_absence_is_a_hit_without_a_turn() -> None:
    (hit,) = find([parse("NOT agent: sorry")], CALL)
    assert (hit.turn, hit.start_ms, hit.text, hit.score) == (None, None, "", 1.0)
    assert matched("NOT agent: goodbye") is False
    assert texts("refund NOT sorry") == ["refund"]
    assert texts("refund NOT goodbye") == []


def test_party_and_time_narrow_the_search() -> None:
    assert texts("agent: cancel*") == ["cancel", "cancelled"]
    assert texts("last 10%: cancel*") == ["cancelled"]
    assert texts("last 5s: cancel*") == ["cancelled"]
    assert texts("customer first 10s: cancel*") == ["cancel"]
    assert texts("agent first 30s: call may be recorded") == ["call may be recorded"]
    assert matched("NOT agent first 30s: recorded") is False
    assert matched("agent last 10%: goodbye AND NOT agent last 10%: sorry") is True


def test_what_hangs_on_an_unknown_party_or_time_is_not_told() -> None:
    unknown = (SpokenTurn("unknown", "this call may be recorded", 0, 1_000),)
    assert matched("agent: recorded", unknown) is None
    assert matched("NOT agent: recorded", unknown) is None
    assert matched("agent: refund", unknown) is False
    assert matched("agent: recorded OR call", unknown) is True
    note = (SpokenTurn("agent", "customer was recorded"),)
    assert matched("first 30s: recorded", note) is None
    assert matched("recorded", note) is True
    assert matched("NOT recorded", ()) is None


def test_any_language_can_be_searched() -> None:
    hungarian = (SpokenTurn("customer", "Szeretném FELMONDANI a szerződésemet."),)
    assert texts("felmond* a szerződés*", hungarian) == ["FELMONDANI a szerződésemet"]
    hebrew = (SpokenTurn("customer", "אני רוצה לְבַטֵּל את החשבון"),)
    assert texts("לבטל את *חשבון", hebrew) == ["לְבַטֵּל את החשבון"]
    assert texts("STRASSE", (SpokenTurn("customer", "In der Hauptstraße und Straße 5"),)) == ["Straße"]
    assert texts("解約", (SpokenTurn("customer", "契約を解約したい"),)) == ["解約"]


def test_masks_are_found_only_by_their_name() -> None:
    masked = (SpokenTurn("customer", "My card is [CARD_NUMBER], card."),)
    assert texts("card", masked) == ["card", "card"]
    assert texts("card*", masked) == ["card", "card"]
    assert texts("[card_number]", masked) == ["[CARD_NUMBER]"]
    ours = (SpokenTurn("customer", "My card is [card], yes."),)
    assert texts("card", ours) == ["card"]
    assert texts("[CARD]", ours) == ["[card]"]
    assert texts("car*", ours) == ["card"]


def test_hostile_queries_and_texts_stay_quick() -> None:
    turns = (SpokenTurn("customer", "a" * 5_000 + " " + "aaaa " * 10_000 + "cc"),)
    begin = time.process_time()
    for query in (
        "*a*a*a*a*a*a*a*ab",
        '"aa* aa* aa* aa* aa* aa* aa* bb"~50',
        "aaaaaaab~3",
        "aaaa * " * 40 + "b",
    ):
        assert find([parse(query)], turns) == []
    assert texts('"aa* aa* aa* aa* aa* aa* cc"~50', turns) == ["aaaa " * 6 + "cc"]
    assert time.process_time() - begin < 5
