"""Tables of facts: the users' lists of terms, and what was named in interactions."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from service.store.columns import Base


class TermListRow(Base):
    """Products, competitors, places or other terms with their aliases; each change makes a ``version``."""

    __tablename__ = "term_lists"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[str] = mapped_column(String(16))  # product, competitor, place, term
    version: Mapped[int]
    terms: Mapped[list[Any]]  # [{"name", "aliases": [], "exact_case"}]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class FactRow(Base):
    """Something named in a turn, from ``start_char`` to ``end_char`` of its redacted text.

    ``name`` and ``value`` as in ``nlp.facts.Fact``; a fact of a list goes with the list.
    """

    __tablename__ = "facts"
    __table_args__ = (Index(None, "interaction_id"), Index(None, "kind", "name", "interaction_id"))
    id: Mapped[UUID] = mapped_column(primary_key=True)
    interaction_id: Mapped[UUID] = mapped_column(ForeignKey("interactions.id", ondelete="CASCADE"))
    list_id: Mapped[UUID | None] = mapped_column(ForeignKey("term_lists.id", ondelete="CASCADE"))
    list_version: Mapped[int | None]
    turn: Mapped[int]
    party: Mapped[str] = mapped_column(String(16))
    start_char: Mapped[int]
    end_char: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(200))
    value: Mapped[str | None] = mapped_column(String(64))
