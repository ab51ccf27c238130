"""The table of the full-text index; on SQLite an FTS5 table and its triggers stand beside it."""

from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from service.store.columns import Base

FTS = "search_words"  # SQLite's table of words; ``rowid`` is the id of the entry
SUBJECT_POSITION = -1


class SearchEntryRow(Base):
    """The words of one turn, or of a stretch of a long one; at ``SUBJECT_POSITION`` those of the subject.

    ``words`` are made comparable by ``service.search``, so that neither database needs to know a language:
    on PostgreSQL a tsvector with a GIN index, on SQLite plain text that the FTS5 table indexes.
    """

    __tablename__ = "search_entries"
    __table_args__ = (
        Index(None, "interaction_id"),
        Index("ix_search_entries_words", "words", postgresql_using="gin").ddl_if(dialect="postgresql"),
    )
    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    interaction_id: Mapped[UUID] = mapped_column(ForeignKey("interactions.id", ondelete="CASCADE"))
    position: Mapped[int]
    party: Mapped[str] = mapped_column(String(16))  # that of the turn, or "subject"
    words: Mapped[str] = mapped_column(Text().with_variant(TSVECTOR, "postgresql"))
