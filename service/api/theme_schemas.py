"""The wire shapes of themes and of what is said more than before."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from service.api.schemas import ChannelName, Shape


class ThemeSearch(BaseModel):
    """Where themes are sought; nothing named: among what no reason explains."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    first: date | None = Field(None, description="First local day")
    last: date | None = Field(None, description="Last local day")
    reason: str | None = Field(None, max_length=120, description="Within one reason instead")
    everything: bool = Field(False, description="In all interactions instead")
    channel: ChannelName | None = None
    queue: str | None = Field(None, max_length=200)
    fewest: int = Field(5, ge=2, le=1000, description="Interactions of a theme")


class ThemeAcceptance(BaseModel):
    """Which reason a theme becomes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    taxonomy: str = Field(min_length=1, max_length=64)
    reason: str = Field(min_length=1, max_length=120, description="A new one, or one that the draft has")
    parent: str | None = Field(None, max_length=120, description="Its top reason")
    description: str = Field("", max_length=2000)


class ThemeMemberOut(Shape):
    """What was said in one interaction of a theme."""

    interaction_id: UUID
    turn: int
    text: str = Field(description="Redacted")


class ThemeOut(Shape):
    """What several interactions have in common."""

    id: UUID
    label: Sequence[str] = Field(description="Its own words")
    size: int = Field(description="Interactions")
    cohesion: float = Field(description="How alike its statements are, 0-1")
    accepted_taxonomy: str | None = Field(description="The taxonomy in which it was made a reason")
    accepted_reason: str | None
    quotes: Sequence[ThemeMemberOut]


class AcceptedTheme(ThemeOut):
    """A theme that was made a reason."""

    examples_added: int


class Themes(Shape):
    """The themes of one job, the most frequent first."""

    items: Sequence[ThemeOut]


class ThemeMembers(Shape):
    """Statements of a theme, the most typical first."""

    items: Sequence[ThemeMemberOut]


class NewTerm(Shape):
    """A word or phrase that is said more than before; counts are interactions."""

    term: str
    count: int
    previous_count: int
    log_odds: float
    z: float = Field(description="In standard errors; beyond 1.96 one in twenty is chance")


class NewWordsOut(Shape):
    """What is new in a period beside the one before."""

    first: date
    last: date
    previous_first: date
    previous_last: date
    read: int = Field(description="Interactions")
    previous_read: int
    complete: bool = Field(description="False: there were more interactions than are read")
    compared: int = Field(description="Words and phrases")
    rows: Sequence[NewTerm]
