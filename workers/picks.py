"""A summary as it is stored."""

from typing import TYPE_CHECKING

from service.store.picks import KINDS, NewPick

if TYPE_CHECKING:  # at run time it would load the models' libraries
    from nlp.summary import Summary


def picked(summary: "Summary") -> list[NewPick]:
    """What was picked, each as the place where it was said."""
    found = ((kind, getattr(summary, kind)) for kind in KINDS)
    return [
        NewPick(kind=kind, turn=one.turn, start_char=one.start, end_char=one.end, score=one.score)
        for kind, one in found
        if one is not None
    ]
