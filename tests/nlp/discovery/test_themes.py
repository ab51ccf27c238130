"""Themes: what several interactions say is found, labelled by its own words, quoted; chatter is not."""

from collections.abc import Sequence

import numpy as np
import pytest

from nlp.discovery import Said, Theme, ThemeFinder
from nlp.discovery.grouping import Vectors, groups
from nlp.discovery.labels import label

WORDS = ("parcel", "late", "refund", "card", "blocked", "abroad", "hello", "thanks")


def encode(texts: Sequence[str]) -> Vectors:
    """One dimension for each known word, and one that all texts share."""
    rows = [[0.5, *(float(word in text.lower()) for word in WORDS)] for text in texts]
    vectors = np.array(rows, np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def said(*texts: str) -> Said:
    """One interaction with a turn for each text; every second turn of the conversation is the agent's."""
    return Said(tuple((2 * number, text) for number, text in enumerate(texts)))


LATE = [said("hello", f"my parcel number {n} is late and I wait") for n in range(8)]
BLOCKED = [said(f"the card is blocked abroad, shop {n}") for n in range(6)]
OTHER = [said("thanks"), said("a refund"), said(""), said("…"), said("something else entirely")]


def found(interactions: Sequence[Said], **known: int) -> tuple[Theme, ...]:
    """The themes; a greeting says nothing."""
    return ThemeFinder(encode, lambda texts: [float(len(text) < 8) for text in texts]).find(
        interactions, **known
    )


def test_themes_are_found_the_most_frequent_first() -> None:
    first, second = found([*OTHER, *LATE, *BLOCKED])

    assert {one.interaction for one in first.members} == set(range(5, 13))
    assert {one.interaction for one in second.members} == set(range(13, 19))
    assert "parcel" in " ".join(first.label)
    assert "card" in " ".join(second.label) or "abroad" in " ".join(second.label)


def test_a_member_says_where_it_was_said() -> None:
    (theme,) = found(LATE)
    assert {one.turn for one in theme.members} == {2}
    assert all("late" in one.text for one in theme.members)


def test_a_theme_needs_as_many_interactions_as_are_asked_for() -> None:
    assert len(found([*LATE, *BLOCKED], fewest=7)) == 1
    repeated = [said(*(f"the card is blocked abroad, time {n}" for n in range(9)))]
    assert found(repeated) == ()


@pytest.mark.parametrize("interactions", [[], [said()], [said("", "😀")], [said("one thing")]])
def test_where_little_is_said_there_is_no_theme(interactions: list[Said]) -> None:
    assert found(interactions) == ()


def test_a_theme_that_is_nearly_everything_is_found() -> None:
    (theme,) = found([*LATE, said("thanks"), said("a refund")])
    assert len(theme.members) == 8


def test_vectors_that_lie_alone_are_in_no_group() -> None:
    spread = np.eye(12, dtype=np.float32)
    assert groups(spread, fewest=2) == []
    assert groups(np.zeros((0, 3), np.float32), fewest=2) == []


def test_a_label_is_of_the_groups_own_words_and_holds_no_mask() -> None:
    inside = ["my [card] was swallowed by the machine"] * 4
    words = label(inside, [*inside, *["my card and my bill"] * 8])
    assert "swallowed" in " ".join(words)
    assert not any("card" in word for word in words)
