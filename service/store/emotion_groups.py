"""The groups that emotions are shown in."""

GROUPS = {
    "positive": (
        "admiration amusement approval caring desire excitement gratitude joy love optimism pride relief"
    ),
    "negative": (
        "anger annoyance disappointment disapproval disgust embarrassment fear grief"
        " nervousness remorse sadness"
    ),
    "ambiguous": "confusion curiosity realization surprise",
    "neutral": "neutral",
}
OTHER = "ambiguous"  # what a model of its own may find
GROUP_OF = {label: group for group, labels in GROUPS.items() for label in labels.split()}


def group_of(label: str) -> str:
    """The group of an emotion."""
    return GROUP_OF.get(label, OTHER)
