"""What lists of interactions and searches are narrowed by: one set of query parameters."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Query

from service.api.schemas import ChannelName, DirectionName, OutcomeName, StatusName
from service.store.interactions import InteractionFilter

_Name = Annotated[str | None, Query(max_length=200)]
_Sentiment = Annotated[float | None, Query(ge=-5, le=5, description="The customer's, -5 to 5")]


def _narrowed(  # noqa: PLR0913 - each is a query parameter
    channel: ChannelName | None = None,
    direction: DirectionName | None = None,
    status: StatusName | None = None,
    source: _Name = None,
    queue: _Name = None,
    agent: _Name = None,
    campaign: _Name = None,
    language: Annotated[str | None, Query(max_length=16, description="ISO 639-1")] = None,
    customer_id: UUID | None = None,
    thread: Annotated[str | None, Query(max_length=512, description="A mail thread")] = None,
    automatic: Annotated[bool | None, Query(description="From a machine, or not")] = None,
    first: Annotated[date | None, Query(description="First local day")] = None,
    last: Annotated[date | None, Query(description="Last local day")] = None,
    reason: Annotated[str | None, Query(max_length=120, description="A top reason or a sub-reason")] = None,
    reason_match: Annotated[
        Literal["primary", "any"], Query(description="As trends count, or any")
    ] = "primary",
    no_reason: Annotated[str | None, Query(max_length=32, description="abstained, unreliable, ...")] = None,
    emotion: Annotated[str | None, Query(max_length=32, description="One of the customer's")] = None,
    sentiment_shift: Annotated[
        Literal["worse", "better"] | None,
        Query(description="The customer went from +1 or more to -1 or less, or the reverse"),
    ] = None,
    sentiment_from: _Sentiment = None,
    sentiment_to: _Sentiment = None,
    recorded: Annotated[bool | None, Query(description="Whether there is something to play")] = None,
    text: Annotated[str | None, Query(max_length=200, description="In the subject or a turn")] = None,
    phrase: Annotated[str | None, Query(max_length=200, description="A saved phrase that was found")] = None,
    phrase_list: Annotated[str | None, Query(max_length=200, description="Any phrase of this list")] = None,
    fact: Annotated[str | None, Query(max_length=200, description="Something that is named in it")] = None,
    fact_kind: Annotated[
        str | None, Query(max_length=16, description="competitor, switch_intent, ...")
    ] = None,
    rule: Annotated[str | None, Query(max_length=200, description="A rule that matched, or ...")] = None,
    rule_outcome: Annotated[OutcomeName, Query(description="... ended like this")] = "matched",
) -> InteractionFilter:
    return InteractionFilter(
        channel=channel,
        direction=direction,
        status=status,
        source=source,
        queue=queue,
        agent=agent,
        campaign=campaign,
        language=language,
        customer_id=customer_id,
        thread=thread,
        automatic=automatic,
        first=first,
        last=last,
        reason=reason,
        reason_match=reason_match,
        no_reason=no_reason,
        emotion=emotion,
        sentiment_shift=sentiment_shift,
        sentiment_from=sentiment_from,
        sentiment_to=sentiment_to,
        recorded=recorded,
        text=text,
        phrase=phrase,
        phrase_list=phrase_list,
        fact=fact,
        fact_kind=fact_kind,
        rule=rule,
        rule_outcome=rule_outcome,
    )


Narrowed = Annotated[InteractionFilter, Depends(_narrowed)]
