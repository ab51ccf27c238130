"""What a phrase query may say, and how its mistakes are told."""

import pytest
from hypothesis import given
from hypothesis import strategies as made

from service.errors import InvalidInput
from service.phrases import SpokenTurn, find, parse
from service.phrases.query import Absent, AllOf, AnyOf, Near, Row, Scope, Window
from service.phrases.terms import Exact, Fuzzy, Wildcard


def test_words_side_by_side_are_one_row() -> None:
    row = parse("Cancel my CONTRACT").node
    assert row == Row((((Exact("cancel"),),), ((Exact("my"),),), ((Exact("contract"),),)))
    assert parse('"cancel my contract"').node == row
    assert parse("cancel, my contract!").node == row


def test_a_word_may_be_wild_fuzzy_or_a_choice() -> None:
    node = parse("cancel* (my|the whole) contrakt~1").node
    assert node == Row(
        (
            ((Wildcard(("cancel", "")),),),
            ((Exact("my"),), (Exact("the"), Exact("whole"))),
            ((Fuzzy("contrakt", 1),),),
        )
    )
    assert parse("refnud~").node == Row((((Fuzzy("refnud", 2),),),))


def test_a_choice_may_stand_within_brackets() -> None:
    assert parse("agent: (cancel (contract|order))").node == parse("agent: cancel (contract|order)").node
    assert parse("((my|the) contract) OR order").node == parse("(my|the) contract OR order").node


def test_quoted_words_with_a_distance_are_near_each_other() -> None:
    assert parse('"cancel contract"~5').node == Near(((Exact("cancel"),), (Exact("contract"),)), 5)


def test_and_binds_closer_than_or() -> None:
    a, b, c = (Row((((Exact(word),),),)) for word in "abc")
    assert parse("a OR b AND c").node == AnyOf((a, AllOf((b, c))))
    assert parse("(a OR b) AND c").node == AllOf((AnyOf((a, b)), c))
    assert parse("a NOT b").node == AllOf((a, Absent(b)))
    assert parse("a and b").node == Row((((Exact("a"),),), ((Exact("and"),),), ((Exact("b"),),)))


def test_a_filter_holds_for_what_follows_it() -> None:
    first = parse("agent first 30s: hello OR bye").node
    assert isinstance(first, AnyOf)
    assert [part.scope for part in first.parts] == [  # type: ignore[union-attr]
        Scope("agent", (Window(False, 30_000, False),)),
        Scope(),
    ]
    both = parse("customer: (a OR last 10%: b)").node
    assert [part.scope for part in both.parts] == [  # type: ignore[union-attr]
        Scope("customer"),
        Scope("customer", (Window(True, 10, True),)),
    ]
    assert parse("first 2 minutes: a").node == Row(
        (((Exact("a"),),),), Scope(None, (Window(False, 120_000, False),))
    )


def test_any_script_can_be_written() -> None:
    assert parse("Felmondás").node == Row((((Exact("felmondás"),),),))
    assert parse('צה"ל').node == Row((((Exact('צה"ל'),),),))
    assert parse("לבטל* חשבון").node == Row((((Wildcard(("לבטל", "")),),), ((Exact("חשבון"),),)))
    assert parse("解約").node == Row((((Exact("解"),),), ((Exact("約"),),)))


@pytest.mark.parametrize(
    ("query", "place", "said"),
    [
        ("", 1, "nothing to look for"),
        ("   ", 1, "nothing to look for"),
        ("refund OR", 10, "word is missing"),
        ("AND refund", 1, "word is missing"),
        ("(refund OR money", 1, "not closed"),
        ("(refund|money", 1, "not closed"),
        ("(refund|)", 9, "word is missing"),
        ("refund)", 7, "never opened"),
        ('say "refund', 5, "AND, OR or NOT"),
        ('"refund', 1, "not closed"),
        ('"refund"~5', 9, "two words"),
        ('"refund me"~', 12, "how many"),
        ('"refund me"~99', 12, "how many"),
        ('"(give back|refund) me"~3', 24, "single words"),
        ("abc~2", 4, "leave too little"),
        ("refund~9", 7, "leave too little"),
        ("refund*~1", 8, "plain word"),
        ("~1", 1, "no place here"),
        ("a*", 1, "means too much"),
        ("*", 1, "between others"),
        ("* refund", 1, "between others"),
        ("agent customer: hello", 1, "one party"),
        ("agent: (customer: hello)", 9, "can never be"),
        ("boss: hello", 1, "no filter"),
        ("first 0s: hello", 1, "longer than nothing"),
        ("last 101%: hello", 1, "100 percent"),
        ("agent:", 7, "word is missing"),
        ("(" * 30 + "a OR b" + ")" * 30, 22, "too deep"),
        ("NOT " * 30 + "a", 85, "too deep"),
        ("word " * 101, 501, "100 words"),
        ("x" * 1001, 1001, "1000 characters"),
        ("...", 1, "word is missing"),
    ],
)
def test_a_mistake_is_told_with_its_place(query: str, place: int, said: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse(query)
    assert caught.value.code == "bad_phrase"
    assert caught.value.detail.startswith(f"At character {place}: ")
    assert said in caught.value.detail
    assert caught.value.remedy


PIECES = made.sampled_from(
    [*'()"|~*:% ', "AND", "OR ", "NOT ", "agent:", "first 3s:", "a", "word", "~1", "א", "約", "[", "]"]
)


@given(made.lists(PIECES | made.text(max_size=3), max_size=30))
def test_any_text_is_read_or_refused(parts: list[str]) -> None:
    query = "".join(parts)
    try:
        phrase = parse(query)
    except InvalidInput as error:
        refused = error
    else:
        assert find([phrase], (SpokenTurn("agent", query, 0, 1000),)) is not None
        return
    assert refused.code == "bad_phrase"
