"""Tables of imports: files of many interactions, how far each is, and the lines that were not taken."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from service.store.columns import Base


class ImportRow(Base):
    """One file and its mapping. ``reached`` is the last line that is done with.

    ``imported`` are new interactions, ``existing`` had come before, ``bad`` are stretches of lines that were
    not taken; ``failure_code`` says why the whole file could not be read.
    """

    __tablename__ = "imports"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    file_name: Mapped[str | None] = mapped_column(String(255))
    blob_key: Mapped[str] = mapped_column(String(80), index=True)
    blob_bytes: Mapped[int] = mapped_column(BigInteger)
    mapping: Mapped[dict[str, Any]]
    encoding: Mapped[str | None] = mapped_column(String(16))
    reached: Mapped[int] = mapped_column(BigInteger)
    imported: Mapped[int] = mapped_column(Integer)
    existing: Mapped[int] = mapped_column(Integer)
    bad: Mapped[int] = mapped_column(Integer)
    failure_code: Mapped[str | None] = mapped_column(String(64))
    failure_detail: Mapped[str | None]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class BadRowsRow(Base):
    """Lines of a file that were not taken, with a code and a sentence; never what stands in them."""

    __tablename__ = "import_bad_rows"
    import_id: Mapped[UUID] = mapped_column(ForeignKey("imports.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)  # from 1 in the order of the file
    first_line: Mapped[int] = mapped_column(BigInteger)
    last_line: Mapped[int] = mapped_column(BigInteger)
    code: Mapped[str] = mapped_column(String(64))
    detail: Mapped[str]
