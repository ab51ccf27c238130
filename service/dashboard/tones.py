"""How a finding is coloured: positive, negative, ambiguous or neutral."""

# The 28 labels of GoEmotions in its own four groups.
_POSITIVE = (
    "admiration", "amusement", "approval", "caring", "desire", "excitement", "gratitude", "joy", "love", "optimism",
    "pride", "relief",
)  # fmt: skip
_NEGATIVE = (
    "anger", "annoyance", "disappointment", "disapproval", "disgust", "embarrassment", "fear", "grief",
    "nervousness", "remorse", "sadness",
)  # fmt: skip
_AMBIGUOUS = ("confusion", "curiosity", "realization", "surprise")
_TONES = {
    **dict.fromkeys(_POSITIVE, "positive"),
    **dict.fromkeys(_NEGATIVE, "negative"),
    **dict.fromkeys(_AMBIGUOUS, "ambiguous"),
}
CLEAR = 1.0  # sentiment on -5..+5 that is told as positive or negative at all


def of_emotion(label: str) -> str:
    """The group of an emotion; one we do not know is neutral."""
    return _TONES.get(label, "neutral")


def of_sentiment(score: float | None) -> str:
    """The side of a sentiment on -5..+5; nothing measured is neutral."""
    if score is None or abs(score) < CLEAR:
        return "neutral"
    return "positive" if score > 0 else "negative"
