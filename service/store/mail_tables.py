"""Tables of mail threads: which ids belong to which thread, and what a mail without ids is told by."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from service.store.columns import Base


class MailIdRow(Base):
    """One Message-ID that a mail bears or names, by its SHA-256, and the thread that it is in."""

    __tablename__ = "mail_ids"
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    thread: Mapped[str] = mapped_column(String(512), index=True)


class MailSubjectRow(Base):
    """Subject and parties of a mail as one digest: they tell the thread where no id does."""

    __tablename__ = "mail_subjects"
    __table_args__ = (Index(None, "digest", "sent_at"),)
    interaction_id: Mapped[UUID] = mapped_column(
        ForeignKey("interactions.id", ondelete="CASCADE"), primary_key=True
    )
    digest: Mapped[str] = mapped_column(String(64))
    is_reply: Mapped[bool]
    sent_at: Mapped[datetime]
