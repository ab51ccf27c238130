"""Things that users edit as a whole: each change another version, nobody overwrites somebody else's."""

from typing import Protocol
from uuid import UUID

from service.errors import PreconditionFailed


class Versioned(Protocol):
    """A row with a version that grows by one with each change."""

    @property
    def id(self) -> UUID: ...
    @property
    def version(self) -> int: ...


def etag(row: Versioned) -> str:
    """Another one after each change."""
    return f'"{row.id.hex}-{row.version}"'


def check_unchanged(row: Versioned | None, if_match: str | None) -> None:
    """Raise PreconditionFailed("changed_meanwhile") unless ``if_match`` is None or names the row as it is."""
    wanted = [tag.strip() for tag in (if_match or "").split(",")]
    if if_match is None or (row is not None and ("*" in wanted or etag(row) in wanted)):
        return
    raise PreconditionFailed(
        "changed_meanwhile",
        "It has changed since it was read.",
        "Read it again and repeat the change with the new ETag.",
    )
