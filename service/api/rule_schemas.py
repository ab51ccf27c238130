"""The wire shapes of rules, their results, dry runs and trends."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from service.api.archive_run_shapes import ArchiveRunOut
from service.api.schemas import ChannelName, OutcomeName, Shape


class ShareOut(Shape):
    """A share with its 95 % interval (Wilson); null of nothing."""

    value: float | None
    low: float | None
    high: float | None
    of: int


class FiguresOut(Shape):
    """A rule beside labels."""

    labelled: int
    positives: int = Field(description="Labelled as such that should match")
    not_evaluated: int
    precision: ShareOut
    recall: ShareOut = Field(description="Of those that could be evaluated")
    recall_of_all: ShareOut = Field(description="What could not be evaluated counts as missed")


class WarnedOut(Shape):
    """What is odd about a rule that is saved all the same."""

    code: str
    detail: str
    condition: str | None


class RuleOut(Shape):
    """One rule."""

    name: str
    version: int = Field(description="One more with each change of the conditions")
    rule: str = Field(description="In one line, as docs/rules.md describes")
    format: int = Field(1, description="Of the tree")
    tree: Mapping[str, Any]
    description: str
    enabled: bool
    owner: str | None = Field(description="The key that wrote it last")
    created_at: datetime
    updated_at: datetime


class RuleDetail(RuleOut):
    """One rule, what is odd about it, and its results beside what people said of them."""

    warnings: Sequence[WarnedOut]
    counts: Mapping[str, int] = Field(description="Stored results by outcome")
    figures: FiguresOut | None = Field(description="Beside the marks; null where nobody marked anything")


class Rules(Shape):
    """Every rule, by name."""

    items: Sequence[RuleOut]


class RuleVersionOut(Shape):
    """A rule as it was once."""

    version: int
    rule: str
    owner: str | None
    created_at: datetime


class RuleVersions(Shape):
    """All that a rule was, the newest first."""

    items: Sequence[RuleVersionOut]


class PlaceOut(Shape):
    """Where a condition holds."""

    condition: str
    turn: int | None
    start: int | None = Field(description="Characters of the turn")
    end: int | None
    start_ms: int | None
    end_ms: int | None
    value: float | str | None = Field(description="What was measured, or the value of a field")
    text: str = Field(description="The words, redacted")
    party: str | None


class RuleResultOut(Shape):
    """What came of a rule in an interaction; a match by absence has no place."""

    rule: str
    rule_version: int
    outcome: OutcomeName
    codes: Sequence[str] = Field(description="Why it could not be evaluated")
    places: Sequence[PlaceOut]
    should_match: bool | None = Field(description="What a person said; null: nobody did")


class RuleResults(Shape):
    """The results of all rules in one interaction, matched ones first."""

    items: Sequence[RuleResultOut]


class FoundOut(Shape):
    """A rule in one interaction."""

    interaction_id: UUID
    started_at: datetime
    channel: ChannelName
    agent: str | None
    queue: str | None
    outcome: OutcomeName
    before: OutcomeName | None = Field(description="Of the saved rule, or before the job")
    codes: Sequence[str]
    should_match: bool | None = Field(description="Its label; null: it has none")
    places: Sequence[PlaceOut]


class RuleMatches(Shape):
    """Results of one rule, newest interactions first."""

    items: Sequence[FoundOut]
    next_cursor: str | None


class TrialCounts(Shape):
    """What a dry run counted."""

    seen: int
    matched: int
    not_matched: int
    not_evaluated: int
    not_evaluated_by: Mapping[str, int] = Field(description="By code; one interaction may have several")
    saved_matched: int = Field(description="By the saved rule, as far as it was applied")
    newly_matched: int
    no_longer_matched: int
    figures: FiguresOut | None


class TrialOut(Shape):
    """A dry run, newest interactions first. ``complete`` false: a job counts the whole archive."""

    rule: str
    warnings: Sequence[WarnedOut]
    complete: bool
    counts: TrialCounts
    items: Sequence[FoundOut]
    next_cursor: str | None
    run: ArchiveRunOut | None


class RuleTrialRun(Shape):
    """A dry run that a job does: how far it is and what it has counted."""

    run: ArchiveRunOut
    counts: TrialCounts


class RuleLine(Shape):
    """One rule in a period and in the one before."""

    rule: str
    matched: int
    evaluated: int
    not_evaluated: int
    share: float | None = Field(description="Of those evaluated")
    previous_matched: int
    previous_evaluated: int
    previous_share: float | None
    change_points: float | None


class RulePoint(Shape):
    """One rule in one bucket."""

    bucket_start: date
    rule: str
    matched: int
    evaluated: int
    share: float | None


class RuleTrendOut(Shape):
    """Rules over time."""

    first: date
    last: date
    rows: Sequence[RuleLine]
    series: Sequence[RulePoint]
