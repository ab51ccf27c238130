"""The wire shapes of phrase lists, hits and jobs over the archive."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from service.api.schemas import ChannelName, Failure, Shape
from service.intake.phrase_lists import PhraseSettings


class PhraseListOut(Shape):
    """One list."""

    name: str
    version: int = Field(description="One more with each change")
    phrases: Sequence[PhraseSettings]
    created_at: datetime
    updated_at: datetime


class PhraseLists(Shape):
    """Every list, by name."""

    items: Sequence[PhraseListOut]


class PhraseHitOut(Shape):
    """Where a saved phrase was found in an interaction."""

    phrase_list: str
    list_version: int
    phrase: str
    in_sound: bool = Field(description="Heard in the recording, whatever was recognised")
    turn: int | None = Field(description="Null in sound, and for a phrase that matches by absence")
    party: str | None
    start_ms: int | None
    end_ms: int | None
    text: str = Field(description="The words, redacted; empty in sound")
    score: float


class PhraseHits(Shape):
    """The hits of one interaction, by time."""

    items: Sequence[PhraseHitOut]


class SearchHit(Shape):
    """A place where a query was found."""

    interaction_id: UUID
    started_at: datetime
    channel: ChannelName
    agent: str | None
    turn: int | None
    party: str | None
    start_ms: int | None
    end_ms: int | None
    score: float = Field(description="How alike the words are, 0-1")
    text: str
    before: str = Field(description="Redacted text before it in its turn")
    after: str


class SearchPage(Shape):
    """Hits, newest interactions first; a page may be empty and still have a next one."""

    items: Sequence[SearchHit]
    scanned: int = Field(description="Interactions looked at for this page")
    next_cursor: str | None


class PhraseRunOut(Shape):
    """A job over the archive."""

    id: UUID
    kind: Literal["apply", "sound"]
    phrase_list: str | None
    phrases: Sequence[str]
    party: str | None
    first: date | None
    last: date | None
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    error: Failure | None
    total: int = Field(description="Interactions at the beginning")
    done: int
    skipped: int = Field(description="Recordings that are gone, unreadable or in another language")
    hits_before: int
    hits_after: int
    created_at: datetime
    finished_at: datetime | None


class RunHitOut(Shape):
    """A phrase heard in a recording."""

    id: UUID
    interaction_id: UUID
    phrase: str
    party: str
    start_ms: int
    end_ms: int
    score: float


class RunHitPage(Shape):
    """Hits in the order in which they were found."""

    items: Sequence[RunHitOut]
    next_cursor: str | None
