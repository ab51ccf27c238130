"""Sources: how recordings of each system are heard; a source without a row has no wishes."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import select

from service.errors import NotFound, PreconditionFailed
from service.store import plain
from service.store.database import Session, now
from service.store.insertion import insert_unless_there
from service.store.tables import SourceRow

UNKNOWN = "unknown"
DIRECTIONS = ("inbound", "outbound", UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What is known of a source; names as in ``SourceRow``."""

    name: str
    channel_maps: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    vocabulary: Sequence[str] = ()
    language: str | None = None
    translate: bool = False
    keep_original: bool | None = None


def get(session: Session, name: str) -> SourceRow:
    """The source; raises NotFound("source_not_found") where nothing was ever said about it."""
    row = find(session, name)
    if row is None:
        raise NotFound("source_not_found", "Nothing is set for this source.", "PUT it to set something.")
    return row


def find(session: Session, name: str) -> SourceRow | None:
    """The source; None where nothing was ever said about it."""
    return session.get(SourceRow, plain.text(name))


def list_all(session: Session) -> list[SourceRow]:
    """Every source of which something is known, by name."""
    return list(session.scalars(select(SourceRow).order_by(SourceRow.name)))


def put(session: Session, source: Source, *, if_match: str | None = None) -> tuple[SourceRow, bool]:
    """Write a source as a whole; gives its row and whether it is new.

    With ``if_match`` only if it is still as it was read. Raises PreconditionFailed("changed_meanwhile"),
    InvalidInput("value_too_long").
    """
    values = plain.values(asdict(source), SourceRow) | {"updated_at": now()}
    known = session.get(SourceRow, values["name"], with_for_update=True)
    check_unchanged(known, if_match)
    if known is None:
        made = insert_unless_there(session, SourceRow, values, unique=["name"])
        if made is not None:
            return made, True
        known = get(session, source.name)  # another process was quicker by a moment
    for name, value in values.items():
        setattr(known, name, value)
    session.flush()
    return known, False


def delete(session: Session, name: str, *, if_match: str | None = None) -> None:
    """Forget what is known of a source; its interactions stay. Raises NotFound, PreconditionFailed."""
    row = get(session, name)
    check_unchanged(row, if_match)
    session.delete(row)
    session.flush()


def channel_map(row: SourceRow | None, direction: str | None) -> dict[str, Any] | None:
    """The map of a source for calls of this direction; None where it has none."""
    if row is None:
        return None
    found: dict[str, Any] | None = row.channel_maps.get(direction or UNKNOWN)
    return found or None


def etag(row: SourceRow) -> str:
    """Another one after each change."""
    return f'"{hashlib.sha256(f"{row.name} {row.updated_at.isoformat()}".encode()).hexdigest()[:20]}"'


def check_unchanged(row: SourceRow | None, if_match: str | None) -> None:
    """Raise PreconditionFailed("changed_meanwhile") unless ``if_match`` is None or names the row as it is."""
    wanted = [tag.strip() for tag in (if_match or "").split(",")]
    if if_match is None or (row is not None and ("*" in wanted or etag(row) in wanted)):
        return
    raise PreconditionFailed(
        "changed_meanwhile",
        "The source has changed since it was read.",
        "Read it again and repeat the change with the new ETag.",
    )
