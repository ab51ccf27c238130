"""The wire shapes of examples, trained models and re-runs of a taxonomy."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from service.api.archive_run_shapes import ArchiveRunOut
from service.api.schemas import Failure, Shape
from service.taxonomies.reasons import LONGEST_NAME


class BadRowOut(Shape):
    """A row that was left out."""

    line: int
    code: str
    detail: str


class ExampleImportOut(Shape):
    """Examples on their way: a worker redacts them before they are kept."""

    id: UUID
    task_id: UUID
    accepted: int
    bad_rows: Sequence[BadRowOut] = Field(description="Left out; all others are taken")


class ExampleOut(Shape):
    """One example, redacted."""

    id: UUID
    reason: str
    text: str
    interaction_id: UUID | None
    turn: int | None
    added_by: str
    created_at: datetime


class ExamplePage(Shape):
    """Examples, the newest first."""

    items: Sequence[ExampleOut]
    next_cursor: str | None


class TurnExample(BaseModel):
    """A turn of an interaction that states a reason."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: str = Field(max_length=LONGEST_NAME)
    interaction_id: UUID
    turn: int = Field(ge=0)


class ReasonModelOut(Shape):
    """A model trained for a version of a taxonomy."""

    number: int
    taxonomy: str
    taxonomy_version: int
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    error: Failure | None
    in_use: bool
    examples: int
    corrections: int
    report: Mapping[str, Any] = Field(
        description="Cross-validated figures (null where there are too few examples), thresholds, warnings"
    )
    sha256: str | None
    created_at: datetime
    created_by: str
    trained_at: datetime | None


class ReasonModels(Shape):
    """The models of a taxonomy, the newest first."""

    items: Sequence[ReasonModelOut]


class RerunSettings(BaseModel):
    """Which interactions are labelled anew."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    dry_run: bool = Field(True, description="Count only, write nothing")
    first: date | None = None
    last: date | None = None


class ReasonCountOut(Shape):
    """Interactions of a reason before and after; null: no reason."""

    name: str | None
    before: int
    after: int


class LabelChangeOut(Shape):
    """From which reason to which."""

    before: str | None
    after: str | None
    count: int


class RerunOut(Shape):
    """A job that finds reasons anew; what was there before counts as it stands in the taxonomy in use."""

    run: ArchiveRunOut
    dry_run: bool
    same: int
    changed: int
    reasons: Sequence[ReasonCountOut]
    changes: Sequence[LabelChangeOut]
