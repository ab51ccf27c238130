"""What is said in several turns is found as it is in one: asked for, answered, repeated, corrected."""

from collections.abc import Sequence

from nlp.redaction import Redactor, Statement
from tests.nlp.redaction.spoken_cards import calls, is_gone

REDACTOR = Redactor()


def masked(*turns: str, redactor: Redactor = REDACTOR) -> list[str]:
    """Redacted turns; "a:" is said by the agent, all else by the customer."""
    statements = [
        Statement(turn.removeprefix("a:"), "agent" if turn.startswith("a:") else "customer") for turn in turns
    ]
    return [one.text for one in redactor.redact_turns(statements)]


def missed(rate: float, count: int = 1) -> tuple[int, Sequence[str]]:
    """How many secrets of the generated calls there are, and which words of them are left."""
    total, left = 0, []
    for call in calls(count, seed=11, rate=rate):
        found = REDACTOR.redact_turns(call.turns)
        total += len(call.secrets)
        left += [
            f"{call.language} {kind}: {said}"
            for turn, kind, said in call.secrets
            if not is_gone(said, found[turn].text)
        ]
    return total, left


def test_spoken_cards_dates_and_codes_are_found_in_six_languages_however_they_are_said() -> None:
    total, left = missed(0.0)
    assert total > 900
    assert len(left) <= total * 0.002, left


def test_they_are_found_when_the_recogniser_drops_and_mistakes_digits() -> None:
    total, left = missed(0.03)
    assert len(left) <= total * 0.005, left


def test_a_number_given_over_turns_is_joined_and_what_the_agent_repeats_goes_too() -> None:
    assert masked(
        "a:Could I have the card number please?", "sure it's four one one one", "a:yes", "one one one one",
        "a:okay go ahead", "double one double one", "a:so one one one one", "right and one one one one",
        "a:and the three digits on the back?", "five two nine", "a:five two nine thank you. How many nights?",
        "three nights, room two hundred",
    ) == [
        "Could I have the card number please?", "sure it's [card]", "yes", "[card]", "okay go ahead",
        "[card]",
        "so [card]", "right and [card]", "and the three digits on the back?", "[cvv]",
        "[cvv] thank you. How many nights?", "three nights, room two hundred",
    ]  # fmt: skip


def test_parts_that_lie_far_apart_in_time_are_not_joined() -> None:
    def turns(pause_ms: int) -> list[str]:
        said = ["four one one one one one one one", "one one one one one one one one"]
        times = [0, 3_000 + pause_ms]
        statements = [
            Statement(text, "customer", at, at + 3_000) for text, at in zip(said, times, strict=True)
        ]
        return [one.text for one in REDACTOR.redact_turns(statements)]

    assert turns(2_000) == ["[card]", "[card]"]
    assert turns(60_000)[0] != "[card]"


def test_a_correction_is_masked_with_what_it_corrects() -> None:
    (text,) = masked(
        "my card number is four one one two no sorry four one one one one one one one one one one one"
        " one one one one"
    )
    assert text == "my card number is [card]"


def test_the_question_says_what_the_answer_is() -> None:
    assert (
        masked("a:What is your date of birth?", "the third of march nineteen eighty five")[1]
        == "the [birth_date]"
    )
    assert masked("a:And your PIN please?", "four four two one")[1] == "[pin]"
    assert masked("a:Your order number?", "four one two three four five six seven eight nine")[1].startswith(
        "four"
    )
    assert masked("a:Mi a biztonsági kód?", "öt kettő kilenc")[1] == "[cvv]"
    assert (
        masked("a:Wie ist Ihre Telefonnummer?", "null drei null eins zwei drei vier fünf sechs")[1]
        == "[phone]"
    )


def test_a_new_question_ends_the_one_before() -> None:
    assert masked(
        "a:the security code?", "one moment", "a:How many of you are travelling?", "two hundred three"
    )[3] == ("two hundred three")


def test_redacting_a_conversation_twice_changes_nothing() -> None:
    for call in calls(1, seed=5, rate=0.05):
        once = REDACTOR.redact_turns(call.turns)
        again = [Statement(one.text, turn.party) for one, turn in zip(once, call.turns, strict=True)]
        assert [one.text for one in REDACTOR.redact_turns(again)] == [one.text for one in once]
