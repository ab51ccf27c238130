"""The wire shapes of trends; shares are of what can be measured, null where nothing can."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from pydantic import Field

from service.api.schemas import Shape
from service.api.taxonomy_schemas import ChangeOut


class TrendLine(Shape):
    """One reason or emotion in the period and in the one before."""

    name: str
    parent: str | None = Field(description="Top reason of a sub-reason, or group of an emotion")
    count: int
    share: float | None
    previous_count: int
    previous_share: float | None
    change_points: float | None = Field(description="Difference of the shares: 0.05 is five points")
    change_ratio: float | None = Field(description="Change relative to the share before: 0.5 is half more")


class TrendPoint(Shape):
    """One name in one bucket."""

    bucket_start: date
    name: str
    count: int
    share: float | None


class TrendBucket(Shape):
    """What the counts of a bucket are shares of."""

    start: date
    end: date
    complete: bool = Field(description="Whether the period covers the whole bucket")
    analysed: int
    measurable: int
    not_measurable: int
    sentiment: float | None


class Trend(Shape):
    """What both trends have; the period before is of the same length and ends the day before."""

    first: date
    last: date
    previous_first: date
    previous_last: date
    rows: Sequence[TrendLine]
    series: Sequence[TrendPoint]
    buckets: Sequence[TrendBucket]
    analysed: int
    measurable: int
    not_measurable: int
    previous_analysed: int
    previous_measurable: int
    previous_not_measurable: int


class LabelledByOut(Shape):
    """A version of a taxonomy and of a model; null: labelled before that was kept."""

    taxonomy: str | None
    version: str | None
    model: str | None
    count: int


class BreakOut(Shape):
    """From `at` on another version labels; earlier labels count where they stand in the taxonomy in use."""

    at: date
    from_taxonomy: str
    from_version: str
    to_taxonomy: str
    to_version: str
    changes: Sequence[ChangeOut] | None = Field(description="Null where neither version came of the other")


class ReasonTrendOut(Trend):
    """Why customers made contact: each interaction counts once, for its primary reason."""

    without_reason: int = Field(description="Measurable, but no reason was sure enough")
    previous_without_reason: int
    not_measurable_by: Mapping[str, int] = Field(description="Why they could not be measured")
    labels: Literal["corrected", "model"] = Field(description="Whose labels are counted")
    corrected: int = Field(description="Interactions whose reason a person has given or confirmed")
    models: Sequence[LabelledByOut] = Field(
        description="The versions that labelled the period's interactions"
    )
    breaks: Sequence[BreakOut] = Field(
        description="Where another version took over, in the period or the one before it"
    )


class EmotionTrendOut(Trend):
    """How customers felt: each interaction counts for every emotion found in it."""

    sentiment: float | None
    previous_sentiment: float | None
