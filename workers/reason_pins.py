"""Labels pinned to the versions that gave them: of the shipped reasons, or of those that users trained."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from service.store.analyses import NewAnalysis, NewReason
from service.store.reason_models import Pinned
from workers.context import Analysing

if TYPE_CHECKING:  # at run time it would load the models' libraries
    from nlp.call_reasons import ReasonScore


def pinned_reasons(
    reasons: Sequence["ReasonScore"],
    why: str | None,
    models: Analysing,
    own: Pinned | None,
) -> NewAnalysis:
    """Reasons found, pinned to the versions that found them; nothing else is in it."""
    version = models.models.get("call_reasons", "")
    return NewAnalysis(
        reasons=[
            NewReason(
                name=one.name, parent=one.parent, score=one.score, is_primary=one.primary, turn=one.turn
            )
            for one in reasons
        ],
        no_reason=why,
        models={"call_reasons": version},
        thresholds={
            name: value for name, value in models.thresholds.items() if name.startswith("call_reasons")
        },
        taxonomy=own.taxonomy if own else models.taxonomy.name,
        taxonomy_version=own.version if own else models.taxonomy.version,
        model_version=own.model_version if own else version,
    )
