"""How a finding is coloured: positive, negative, ambiguous or neutral."""

from service.store.emotion_groups import GROUP_OF, group_of

LABELS = tuple(sorted(GROUP_OF))
CLEAR = 1.0  # sentiment on -5..+5 that is told as positive or negative at all


def of_emotion(label: str) -> str:
    """The group of an emotion."""
    return group_of(label)


def of_sentiment(score: float | None) -> str:
    """The side of a sentiment on -5..+5; nothing measured is neutral."""
    if score is None or abs(score) < CLEAR:
        return "neutral"
    return "positive" if score > 0 else "negative"
