"""Tables of taxonomies that users own: drafts and versions, examples, trained models, which one is in use."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service.store.columns import Base


class TaxonomyRow(Base):
    """One taxonomy; ``draft`` is what the next version will be, ``revision`` counts its changes.

    ``based_on`` is the taxonomy and version that it was copied from.
    """

    __tablename__ = "taxonomies"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64))
    folded: Mapped[str] = mapped_column(String(64), unique=True)  # names that look alike are one
    revision: Mapped[int]
    draft: Mapped[list[Any]]  # service.taxonomies.Reason
    based_on: Mapped[list[Any] | None]  # [taxonomy, version]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class TaxonomyVersionRow(Base):
    """A published version: never changed. ``before`` is the one its reasons say where they come from."""

    __tablename__ = "taxonomy_versions"
    taxonomy_id: Mapped[UUID] = mapped_column(
        ForeignKey("taxonomies.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    reasons: Mapped[list[Any]]
    before: Mapped[list[Any] | None]  # [taxonomy, version]
    published_at: Mapped[datetime]
    published_by: Mapped[str] = mapped_column(String(200))


class ReasonExampleRow(Base):
    """A text that states a reason, redacted before it came here; it follows its reason through changes."""

    __tablename__ = "reason_examples"
    __table_args__ = (UniqueConstraint("taxonomy_id", "digest"), Index(None, "taxonomy_id", "reason", "id"))
    id: Mapped[UUID] = mapped_column(primary_key=True)
    taxonomy_id: Mapped[UUID] = mapped_column(ForeignKey("taxonomies.id", ondelete="CASCADE"))
    reason: Mapped[str] = mapped_column(String(120))
    text: Mapped[str]
    digest: Mapped[str] = mapped_column(String(64))  # of reason and text: the same one is kept once
    interaction_id: Mapped[UUID | None] = mapped_column(ForeignKey("interactions.id", ondelete="CASCADE"))
    turn: Mapped[int | None]
    added_by: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]


class ExampleImportRow(Base):
    """Examples on their way: the blob holds them as they were given, until a worker has redacted them."""

    __tablename__ = "example_imports"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    taxonomy_id: Mapped[UUID] = mapped_column(ForeignKey("taxonomies.id", ondelete="CASCADE"))
    blob_key: Mapped[str | None] = mapped_column(String(80))  # None: deleted
    given: Mapped[int]
    kept: Mapped[int | None]  # None: not done yet
    added_by: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]


class ReasonModelRow(Base):
    """A model trained for a version of a taxonomy; ``folder`` lies under ``reasons`` in the data folder."""

    __tablename__ = "reason_models"
    __table_args__ = (UniqueConstraint("taxonomy_id", "number"),)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    taxonomy_id: Mapped[UUID] = mapped_column(ForeignKey("taxonomies.id", ondelete="CASCADE"))
    taxonomy_version: Mapped[int]
    number: Mapped[int]
    folder: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str | None] = mapped_column(String(64))  # of its files; None until it is trained
    report: Mapped[dict[str, Any]]
    examples: Mapped[int]
    corrections: Mapped[int]
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(200))
    trained_at: Mapped[datetime | None]


class TaxonomyActivationRow(Base):
    """From when on which taxonomy and model label; the newest is in use. Without a model: the shipped one."""

    __tablename__ = "taxonomy_activations"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    model_id: Mapped[UUID | None] = mapped_column(ForeignKey("reason_models.id", ondelete="CASCADE"))
    taxonomy: Mapped[str] = mapped_column(String(64))
    version: Mapped[str] = mapped_column(String(32))
    day: Mapped[date]  # local
    activated_at: Mapped[datetime]
    activated_by: Mapped[str] = mapped_column(String(200))


class ReasonPlaceRow(Base):
    """Where a label of another version stands in the taxonomy in use; none where it stands for itself."""

    __tablename__ = "reason_places"
    taxonomy: Mapped[str] = mapped_column(String(64), primary_key=True)
    version: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    now_name: Mapped[str] = mapped_column(String(160))
    now_parent: Mapped[str | None] = mapped_column(String(120))
    split: Mapped[bool]
