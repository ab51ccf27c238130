"""What was found in an interaction."""

from uuid import UUID

from fastapi import APIRouter

from service.api import shapes
from service.api.callers import Reader
from service.api.problems import documented
from service.api.schemas import AnalysisOut, EmotionOut, PartySentimentOut, TurnFindingOut
from service.deps import SessionDep
from service.errors import NotFound
from service.store import analyses, interactions

router = APIRouter(tags=["interactions"])


@router.get("/interactions/{interaction_id}/analysis", responses=documented(404))
def get_analysis(interaction_id: UUID, caller: Reader, session: SessionDep) -> AnalysisOut:
    """Call reasons, emotions, sentiment and characteristics, with models and thresholds."""
    row = analyses.get(session, interactions.get(session, interaction_id).id)
    if row is None:
        raise NotFound(
            "analysis_not_ready", "There is no analysis yet.", "Look at the task; it says how far it is."
        )
    reasons = analyses.reasons(session, interaction_id)
    emotions: dict[str, list[EmotionOut]] = {}
    for found in analyses.emotions(session, interaction_id):
        emotions.setdefault(found.party, []).append(EmotionOut.model_validate(found))
    return AnalysisOut(
        interaction_id=interaction_id,
        call_reasons=shapes.reasons(reasons),
        no_reason=row.no_reason,
        taxonomy=reasons[0].taxonomy if reasons else None,
        taxonomy_version=reasons[0].taxonomy_version if reasons else None,
        emotions=emotions,
        sentiment=row.sentiment,
        sentiment_by_party={
            party: PartySentimentOut.model_validate(scores)
            for party, scores in row.sentiment_by_party.items()
        },
        characteristics=row.characteristics,
        turns=[
            TurnFindingOut.model_validate(turn) for turn in analyses.turn_findings(session, interaction_id)
        ],
        models=row.models,
        thresholds=row.thresholds,
        created_at=row.created_at,
    )
