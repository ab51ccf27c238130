"""Issue, outcome and next action, picked from what was said."""

from collections.abc import Sequence

import numpy as np
import pytest

from nlp.call_reasons.values import Conversation
from nlp.encoder import Vectors
from nlp.summary import NOTHING, Asked, Summaries, Summary
from nlp.transcript import Party

AGENT, CUSTOMER, UNKNOWN = Party.AGENT, Party.CUSTOMER, Party.UNKNOWN


class BillReasons:
    """A text about a bill surely states a reason, any other surely none."""

    def probabilities(self, texts: Sequence[str]) -> Vectors:
        return np.array([(0.9, 0.1) if "bill" in text else (0.0, 1.0) for text in texts], np.float32)


SUMMARIES = Summaries(BillReasons())
CALL: Conversation = (
    (AGENT, "Thank you for calling Northwind, I have a great offer today. How can I help you?"),
    (CUSTOMER, "Hello, my name is Ann. I was charged twice on my bill."),
    (AGENT, "I'm sorry about that. Let me check your account."),
    (AGENT, "I have refunded the second payment. You will receive it within five days."),
    (CUSTOMER, "Thank you, that is great."),
    (AGENT, "You're welcome. If you need anything else, feel free to call. Have a great day!"),
)


def texts(found: Summary) -> list[str | None]:
    """The words of each pick."""
    return [pick.text if pick else None for pick in (found.issue, found.outcome, found.next_action)]


def test_a_call_comes_down_to_three_sentences_each_with_its_place() -> None:
    found = SUMMARIES.of(CALL)

    assert texts(found) == [
        "I was charged twice on my bill.",
        "I have refunded the second payment.",
        "You will receive it within five days.",
    ]
    for pick in (found.issue, found.outcome, found.next_action):
        assert pick is not None
        assert CALL[pick.turn][1][pick.start : pick.end] == pick.text
        assert 0 < pick.score <= 1


def test_what_an_agent_greets_with_is_never_the_issue() -> None:
    greeting = (AGENT, "Thank you for calling about your bill, how can I help you?")
    assert SUMMARIES.of((greeting,)) == NOTHING
    assert SUMMARIES.of(((UNKNOWN, greeting[1]), (UNKNOWN, "My bill is wrong."))).issue is not None
    assert (
        texts(SUMMARIES.of(((UNKNOWN, greeting[1]), (UNKNOWN, "My bill is wrong."))))[0]
        == "My bill is wrong."
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "\U0001f600\U0001f600 \U0001f44d",
        "ok",
        "Thanks, bye!",
        "\u200b\u202e",
        "a" * 1_000_000,
        "?!",
    ],
)
def test_nothing_is_guessed_from_nothing(text: str) -> None:
    assert SUMMARIES.of(((CUSTOMER, text), (AGENT, text))) == NOTHING


def test_no_conversation_has_no_summary() -> None:
    assert SUMMARIES.of(()) == NOTHING


def test_a_promise_of_the_moment_is_no_next_action() -> None:
    call = (
        (CUSTOMER, "My bill is wrong."),
        (AGENT, "I will check that for you, one moment."),
        (AGENT, "It is right after all."),
        (CUSTOMER, "Good."),
    )
    assert SUMMARIES.of(call).next_action is None


def test_a_mail_states_its_reason_and_what_it_asks_for() -> None:
    mail = "Dear team,\nI was billed twice in May and my bill is wrong. Please call me back. Regards"
    found = SUMMARIES.of(((CUSTOMER, mail),))

    assert texts(found) == ["I was billed twice in May and my bill is wrong.", None, "Please call me back."]


def test_a_note_of_an_agent_tells_what_was_done() -> None:
    note = "Customer's bill was wrong. Refunded the fee. Will call her on Monday."
    found = SUMMARIES.of(((AGENT, note),))

    assert texts(found) == [
        "Customer's bill was wrong.",
        "Refunded the fee.",
        "Will call her on Monday.",
    ]


def test_no_sentence_is_picked_twice() -> None:
    call = ((CUSTOMER, "My bill is wrong."), (AGENT, "I have refunded it and you will receive it tomorrow."))
    found = SUMMARIES.of(call)
    assert found.outcome is None or found.next_action is None
    assert found.outcome is not None or found.next_action is not None


def test_the_turn_of_the_call_reason_weighs_more() -> None:
    call = ((CUSTOMER, "I need some help today."), (CUSTOMER, "I want a new contract."), (AGENT, "Sure."))
    assert SUMMARIES.of(call, evidence=1).issue != SUMMARIES.of(call).issue
    assert texts(SUMMARIES.of(call, evidence=1))[0] == "I want a new contract."


def test_many_are_summed_up_as_each_alone() -> None:
    mail = ((CUSTOMER, "My bill is wrong, please call me."),)
    asked = [Asked(CALL), Asked(()), Asked(mail, 0), Asked(CALL, 1)]
    alone = [SUMMARIES.of(one.turns, evidence=one.evidence) for one in asked]
    assert SUMMARIES.of_many(asked) == alone


def test_a_short_complaint_is_no_introduction() -> None:
    call = ((AGENT, "Hello?"), (CUSTOMER, "Hi, I'm Ann."), (CUSTOMER, "It's not working."))
    assert texts(SUMMARIES.of(call))[0] == "It's not working."


def test_speech_without_full_stops_is_cut() -> None:
    said = "well you know i was looking at the papers, " * 6 + "and my bill is wrong i can't pay that"
    found = SUMMARIES.of(((CUSTOMER, said), (AGENT, "Sure.")))
    assert found.issue is not None
    assert len(found.issue.text.split()) <= 40
    assert "my bill is wrong" in found.issue.text


def test_curly_apostrophes_and_invisible_signs_hide_no_cue() -> None:
    call = ((CUSTOMER, "My bill is wrong."), (AGENT, "I\u2019ve ref\u200bunded the fee."))
    assert texts(SUMMARIES.of(call))[1] == "I\u2019ve ref\u200bunded the fee."


def test_a_sentence_made_to_slow_patterns_down_is_read_at_once() -> None:
    for words in ("the " * 70, "i will " * 50, "we have " * 50, "please " * 50, "hi, " * 90):
        SUMMARIES.of(((AGENT, words * 20), (CUSTOMER, words * 20)))
