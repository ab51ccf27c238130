"""What was masked is known again, however it is written."""

from nlp.redaction.values import joined, number_candidates, value_of, word_candidates


def test_a_value_has_one_spelling() -> None:
    assert (
        value_of("4111 1111-1111 1111", "card")
        == value_of("four " + "one " * 15, "card")
        == "4111111111111111"
    )
    assert value_of("john dot smith at mail dot com", "email") == value_of("John.Smith@mail.com", "email")
    assert value_of("Olivia  Flores", "name") == "olivia flores"
    assert value_of("A B one two three four", "passport") == "AB1234"


def test_a_number_given_in_parts_is_one_value() -> None:
    parts = [("card", "4111"), ("name", "jo"), ("card", "111111111111"), ("card", "4111")]
    assert ("card", "4111111111111111") in joined(parts)
    assert ("card", "4111") not in joined(parts)
    assert ("name", "jo") in joined(parts)


def test_values_are_among_the_candidates_of_a_text_that_holds_them() -> None:
    assert "4111111111111111" in set(number_candidates("so it was four " + "one " * 15))
    assert "jo@mail.example" in set(number_candidates("mail jo@mail.example now"))
    assert "olivia flores" in set(word_candidates("ask Olivia Flores about it"))
