"""Conversations written as lines of text, and what of them is the customer's own."""

import numpy as np

from nlp.call_reasons.conversations import conversation_of, own_words, pooled
from nlp.transcript import Party


def test_lines_that_name_their_speaker_are_turns() -> None:
    assert conversation_of("Agent: hello\n\nCUSTOMER : it is: late\nunknown: x") == (
        (Party.AGENT, "hello"),
        (Party.CUSTOMER, "it is: late"),
        (Party.UNKNOWN, "x"),
    )


def test_any_other_text_is_the_customer_s() -> None:
    for text in ("customer: one line", "two\ncustomer: lines", "my order: 5\nnot here", ""):
        assert conversation_of(text) == ((Party.CUSTOMER, text),)


def test_the_customer_s_words_count_and_nothing_said_is_one_empty_text() -> None:
    assert own_words([(Party.AGENT, "a"), (Party.CUSTOMER, "b"), (Party.CUSTOMER, " ")]) == ["b"]
    assert own_words([(Party.AGENT, "a note")]) == ["a note"]
    assert own_words([]) == [""]


def test_vectors_are_pooled_to_unit_length() -> None:
    vectors = np.array([[1, 0], [0, 1], [3, 4]], np.float32)
    np.testing.assert_allclose(pooled(vectors, [2, 3]), [[0.5**0.5, 0.5**0.5], [0.6, 0.8]], atol=1e-6)
