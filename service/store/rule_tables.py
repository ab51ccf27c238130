"""Tables of rules: as they are, as they were, what came of them, and what people say about that."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from service.store.columns import Base


class RuleRow(Base):
    """A rule, applied to every new interaction while it is ``enabled``.

    Each change makes another ``version``. ``rule`` is its text, ``tree`` the same as JSON; ``key`` is the
    name as it may stand only once: without case and invisible signs. ``owner`` is who wrote it last.
    """

    __tablename__ = "rules"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    key: Mapped[str] = mapped_column(String(400), unique=True)
    version: Mapped[int]
    rule: Mapped[str]
    tree: Mapped[dict[str, Any]]
    description: Mapped[str]
    enabled: Mapped[bool]
    owner: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class RuleVersionRow(Base):
    """A rule as it was saved once."""

    __tablename__ = "rule_versions"
    rule_id: Mapped[UUID] = mapped_column(ForeignKey("rules.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    rule: Mapped[str]
    owner: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime]


class RuleResultRow(Base):
    """What came of a rule in an interaction; there is none before the rule was applied to it.

    ``codes`` say why it could not be evaluated, ``evidence`` where it holds (no words are copied). A job over
    the archive leaves its id in ``run_id`` and the outcome before it in ``before``.
    """

    __tablename__ = "rule_results"
    __table_args__ = (
        Index(None, "interaction_id"),
        Index(None, "rule_id", "outcome", "interaction_id"),
        Index(None, "run_id"),
    )
    rule_id: Mapped[UUID] = mapped_column(ForeignKey("rules.id", ondelete="CASCADE"), primary_key=True)
    interaction_id: Mapped[UUID] = mapped_column(
        ForeignKey("interactions.id", ondelete="CASCADE"), primary_key=True
    )
    rule_version: Mapped[int]
    outcome: Mapped[str] = mapped_column(String(16))
    codes: Mapped[list[Any]]
    evidence: Mapped[list[Any]]  # [{"condition", "turn", "start", "end", "start_ms", "end_ms", "value"}]
    before: Mapped[str | None] = mapped_column(String(16))
    run_id: Mapped[UUID | None]


class RuleMarkRow(Base):
    """What a person said: whether a rule should match an interaction; it holds for later versions, too."""

    __tablename__ = "rule_marks"
    __table_args__ = (Index(None, "interaction_id"),)
    rule_id: Mapped[UUID] = mapped_column(ForeignKey("rules.id", ondelete="CASCADE"), primary_key=True)
    interaction_id: Mapped[UUID] = mapped_column(
        ForeignKey("interactions.id", ondelete="CASCADE"), primary_key=True
    )
    should_match: Mapped[bool]
    marked_by: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime]
