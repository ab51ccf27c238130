"""What an address narrows a list of interactions or a search to."""

from collections.abc import Mapping
from uuid import UUID

from service.dashboard.options import day, sentiment_shift, text
from service.store.interactions import InteractionFilter


def narrowed(query: Mapping[str, str], customer_id: UUID | None = None) -> InteractionFilter:
    """The filter; what cannot be read asks nothing."""
    return InteractionFilter(
        channel=text(query, "channel"),
        queue=text(query, "queue"),
        agent=text(query, "agent"),
        campaign=text(query, "campaign"),
        status=text(query, "status"),
        reason=text(query, "reason"),
        no_reason=text(query, "no_reason"),
        emotion=text(query, "emotion"),
        sentiment_shift=sentiment_shift(query),
        text=text(query, "text"),
        phrase=text(query, "phrase"),
        phrase_list=text(query, "phrase_list"),
        fact=text(query, "fact"),
        fact_kind=text(query, "fact_kind"),
        first=day(query, "first"),
        last=day(query, "last"),
        customer_id=customer_id,
        thread=text(query, "thread"),
        automatic={"yes": True, "no": False}.get(query.get("automatic") or ""),
    )
