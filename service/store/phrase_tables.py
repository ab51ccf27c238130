"""Tables of phrases: saved lists, what of them was found, and jobs over the archive."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from service.store.archive_tables import ArchiveWalk
from service.store.columns import Base


class PhraseListRow(Base):
    """Phrases that are sought in every new interaction; each change makes another ``version``."""

    __tablename__ = "phrase_lists"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    version: Mapped[int]
    phrases: Mapped[list[Any]]  # [{"name", "query", "party", "window", "sound"}]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class PhraseHitRow(Base):
    """One place where a phrase of a list was found.

    The words are those of the turn from ``start_char`` to ``end_char``: they are not copied. A hit
    ``in_sound`` has a time and no turn; one of a phrase that matches by absence has neither.
    """

    __tablename__ = "phrase_hits"
    __table_args__ = (Index(None, "interaction_id"), Index(None, "list_id", "phrase", "interaction_id"))
    id: Mapped[UUID] = mapped_column(primary_key=True)
    interaction_id: Mapped[UUID] = mapped_column(ForeignKey("interactions.id", ondelete="CASCADE"))
    list_id: Mapped[UUID] = mapped_column(ForeignKey("phrase_lists.id", ondelete="CASCADE"))
    list_version: Mapped[int]
    phrase: Mapped[str] = mapped_column(String(200))  # its name in the list
    in_sound: Mapped[bool]
    turn: Mapped[int | None]
    party: Mapped[str | None] = mapped_column(String(16))
    start_ms: Mapped[int | None] = mapped_column(BigInteger)
    end_ms: Mapped[int | None] = mapped_column(BigInteger)
    start_char: Mapped[int | None]
    end_char: Mapped[int | None]
    score: Mapped[float]


class PhraseRunRow(ArchiveWalk, Base):
    """A job over the archive: a list applied to it, or phrases sought in its recordings.

    ``skipped`` recordings are gone, unreadable or in a language that is not searched.
    """

    __tablename__ = "phrase_runs"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))  # apply, sound
    list_id: Mapped[UUID | None] = mapped_column(ForeignKey("phrase_lists.id", ondelete="CASCADE"))
    phrases: Mapped[list[Any]]  # what is sought in sound
    party: Mapped[str | None] = mapped_column(String(16))
    hits_before: Mapped[int]
    hits_after: Mapped[int]


class PhraseRunHitRow(Base):
    """A phrase that a job found in the sound of a recording."""

    __tablename__ = "phrase_run_hits"
    __table_args__ = (Index(None, "run_id", "id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    run_id: Mapped[UUID] = mapped_column(ForeignKey("phrase_runs.id", ondelete="CASCADE"))
    interaction_id: Mapped[UUID] = mapped_column(ForeignKey("interactions.id", ondelete="CASCADE"))
    phrase: Mapped[str] = mapped_column(String(200))
    party: Mapped[str] = mapped_column(String(16))
    start_ms: Mapped[int] = mapped_column(BigInteger)
    end_ms: Mapped[int] = mapped_column(BigInteger)
    score: Mapped[float]
