"""Where in a conversation a reason may be stated: the turns that count, cut into texts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nlp.call_reasons.values import Conversation
from nlp.transcript import Party


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
