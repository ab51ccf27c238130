"""Emotions in the six groups of Ekman, as GoEmotions maps its labels to them."""

_JOY = "admiration amusement approval caring desire excitement gratitude joy love optimism pride relief"
EKMAN = {
    "anger": frozenset(("anger", "annoyance", "disapproval")),
    "disgust": frozenset(("disgust",)),
    "fear": frozenset(("fear", "nervousness")),
    "joy": frozenset(_JOY.split()),
    "sadness": frozenset(("disappointment", "embarrassment", "grief", "remorse", "sadness")),
    "surprise": frozenset(("confusion", "curiosity", "realization", "surprise")),
}
GROUPS = {
    **EKMAN,
    "positive": EKMAN["joy"],
    "negative": EKMAN["anger"] | EKMAN["disgust"] | EKMAN["fear"] | EKMAN["sadness"],
}


def labels(emotion: str, *, group: bool) -> frozenset[str]:
    """The labels that are meant; a group that nobody knows is the label alone."""
    return GROUPS.get(emotion, frozenset((emotion,))) if group else frozenset((emotion,))
