"""The wire shapes of customers and their histories."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from service.api.schemas import InteractionLine, Shape
from service.intake.metadata import AttributeKey, AttributeValue, Name

IdentifierName = Literal["phone", "email", "crm"]


class IdentifierOut(Shape):
    """What a customer is known by: phone in E.164, e-mail in lower case, the CRM's id as it is."""

    kind: IdentifierName
    value: str


class CustomerOut(Shape):
    """One customer."""

    id: UUID
    name: str | None
    attributes: Mapping[str, Any]
    identifiers: Sequence[IdentifierOut]
    created_at: datetime
    updated_at: datetime


class CustomerPage(Shape):
    """A page, newest first."""

    items: Sequence[CustomerOut]
    next_cursor: str | None


class TimelinePage(Shape):
    """A customer's interactions with what was found in them, newest first."""

    items: Sequence[InteractionLine]
    next_cursor: str | None


class LastReasonOut(Shape):
    """A reason they made contact for, how often, and when last."""

    name: str
    parent: str | None
    count: int
    last_at: datetime
    interaction_id: UUID


class MonthOfEmotionOut(Shape):
    """How they felt in a month, named by its first day; emotions count interactions."""

    month: date
    interactions: int
    sentiment: float | None
    emotions: Mapping[str, int]


class CustomerDetail(CustomerOut):
    """One customer with their history."""

    timeline: TimelinePage
    last_reasons: Sequence[LastReasonOut]
    emotion_trend: Sequence[MonthOfEmotionOut]


class CustomerChange(BaseModel):
    """What to change; what is left out stays."""

    model_config = ConfigDict(extra="forbid")

    name: Name | None = None
    attributes: dict[AttributeKey, AttributeValue | None] = Field(
        default_factory=dict, max_length=50, description="One by one; null takes an attribute away"
    )


class NewIdentifier(BaseModel):
    """One more thing that a customer is known by."""

    model_config = ConfigDict(extra="forbid")

    kind: IdentifierName
    value: Annotated[str, Field(min_length=1, max_length=320)]
