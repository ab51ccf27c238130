"""Where in a conversation a reason may be stated: the turns that count, cut into texts."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.call_reasons.values import Conversation
from nlp.transcript import Party

SPEAKER = re.compile(
    r"\s*(customer|caller|client|user|agent|operator|advisor|system|unknown)\s*:", re.IGNORECASE
)
PARTIES = {"agent": Party.AGENT, "operator": Party.AGENT, "advisor": Party.AGENT, "system": Party.SYSTEM}


@dataclass(frozen=True)
class Said:
    """Statements of many conversations: which texts, and which of them belong to which turn."""

    texts: list[str]
    turns: list[list[tuple[int, int, int]]]  # by conversation: turn, its first statement, the one after


def said(conversations: Sequence[Conversation], cut: Callable[[str], list[str]]) -> Said:
    """Cut the turns that count into statements; empty turns have none."""
    texts: list[str] = []
    turns: list[list[tuple[int, int, int]]] = []
    for conversation in conversations:
        turns.append([])
        for turn, text in counting(conversation):
            first = len(texts)
            texts.extend(cut(text) if text.strip() else ())
            if len(texts) > first:
                turns[-1].append((turn, first, len(texts)))
    return Said(texts, turns)


def counting(conversation: Conversation) -> list[tuple[int, str]]:
    """Number and text of the turns in which a reason may be stated."""
    for parties in ((Party.CUSTOMER,), (Party.UNKNOWN,), (Party.AGENT,)):
        found = [(turn, text) for turn, (party, text) in enumerate(conversation) if party in parties]
        if found:
            return found
    return []


def conversation_of(text: str) -> Conversation:
    """A text whose lines begin with who speaks ("customer: ...") as turns; any other is the customer's."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 2 or not all(SPEAKER.match(line) for line in lines):
        return ((Party.CUSTOMER, text),)
    return tuple(_turn(line) for line in lines)


def own_words(conversation: Conversation) -> list[str]:
    """The texts of the turns that count; one empty text where there are none."""
    return [text for _, text in counting(conversation) if text.strip()] or [""]


def pooled(vectors: NDArray[np.float32], ends: Sequence[int]) -> NDArray[np.float32]:
    """Unit vectors of the means of neighbouring rows, each group up to its end; no group is empty."""
    sums = np.add.reduceat(vectors, [0, *ends[:-1]])
    units: NDArray[np.float32] = sums / np.linalg.norm(sums, axis=1, keepdims=True)
    return units


def _turn(line: str) -> tuple[Party, str]:
    speaker, _, said_so = line.partition(":")
    name = speaker.strip().lower()
    unknown = Party.UNKNOWN if name == "unknown" else Party.CUSTOMER
    return PARTIES.get(name, unknown), said_so.strip()
