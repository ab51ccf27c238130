"""The wire shapes of taxonomies that users own, their versions and what was changed between them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from service.api.schemas import Shape


class OwnReasonOut(Shape):
    """One reason of a draft or version."""

    name: str
    parent: str | None
    description: str
    comes_from: Sequence[str] = Field(description="Reasons of the version before that it continues")
    retired_at: str | None = Field(description="Since when it is no longer found; its history stays")


class TaxonomyOut(Shape):
    """A taxonomy that users own."""

    name: str
    version: int | None = Field(description="Published last; null before the first")
    unpublished_changes: bool
    in_use: bool = Field(description="Whether interactions are labelled by it now")
    based_on: str | None = Field(description="What it was copied from")
    reasons: Sequence[OwnReasonOut] = Field(description="The draft")
    examples: Mapping[str, int] = Field(description="Examples by reason")
    created_at: datetime
    updated_at: datetime


class TaxonomyList(Shape):
    """Every taxonomy that users own, by name."""

    items: Sequence[TaxonomyOut]


class ChangeOut(Shape):
    """What became of reasons from one version to a later one."""

    kind: Literal["renamed", "merged", "split", "moved", "added", "retired", "removed"]
    before: Sequence[str]
    after: Sequence[str]


class VersionOut(Shape):
    """A published version."""

    version: int
    before: str | None = Field(description="The version that its reasons continue")
    changes: Sequence[ChangeOut]
    reasons: Sequence[OwnReasonOut]
    published_at: datetime
    published_by: str


class Versions(Shape):
    """What was published, the newest first."""

    items: Sequence[VersionOut]


class CopyOf(BaseModel):
    """Which taxonomy to begin with."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    of: str | None = Field(None, max_length=64, description="A taxonomy of yours; null: the shipped one")
