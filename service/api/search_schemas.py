"""The wire shapes of searches."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from service.api.schemas import ChannelName, Shape


class SearchResult(Shape):
    """An interaction that was found, and why."""

    interaction_id: UUID
    started_at: datetime
    channel: ChannelName
    agent: str | None
    queue: str | None
    customer_id: UUID | None
    subject: str | None = Field(description="Redacted")
    score: float = Field(description="By meaning the cosine, 0-1; else comparable within one search alone")
    sources: Sequence[Literal["words", "meaning"]] = Field(description="What it was found by")
    turns: int = Field(description="In how many turns something of the query stands")
    turn: int | None = Field(
        description="The turn in which most of it stands, by meaning the one nearest to the whole; "
        "null: the subject"
    )
    party: str = Field(description="Who said it; `subject`: it stands in the subject")
    start_ms: int | None
    text: str = Field(description="A stretch of that turn, redacted")
    marks: Sequence[tuple[int, int]] = Field(
        description="Characters of `text`, from and to, that were sought"
    )


class Indexed(Shape):
    """How far the index of an older archive is; what is not in it is not found by its words yet."""

    done: int
    total: int


class SearchResults(Shape):
    """Interactions, the best or the newest first."""

    items: Sequence[SearchResult]
    state: Literal["done", "waiting"] = Field(description="`waiting`: no worker has answered yet")
    measurable: bool = Field(description="False: the interaction to compare with cannot be read")
    indexed: Indexed | None = Field(description="Null where everything is indexed")
    next_cursor: str | None
