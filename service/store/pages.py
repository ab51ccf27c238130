"""Pages of a long list: what one holds, and the cursor that leads to the next."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from service.errors import InvalidInput

Item = TypeVar("Item")
Other = TypeVar("Other")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some items of a list and, where there are more, the cursor of the next page."""

    items: Sequence[Item]
    next_cursor: str | None

    def with_items(self, items: Sequence[Other]) -> "Page[Other]":
        """The same place in the list, its items shown otherwise."""
        return Page(items, self.next_cursor)


def cut(rows: Sequence[Item], *, limit: int, place: Callable[[Item], tuple[datetime, UUID]]) -> Page[Item]:
    """The first ``limit`` of rows that were read one beyond the limit."""
    items = rows[:limit]
    return Page(items, encode(*place(items[-1])) if len(rows) > limit else None)


def encode(moment: datetime, row_id: UUID) -> str:
    """Write a cursor: the sort key and id of the last item of a page."""
    payload = json.dumps([moment.isoformat(), str(row_id)], separators=(",", ":"))
    return base64.urlsafe_b64encode(payload.encode()).decode().rstrip("=")


def decode(cursor: str) -> tuple[datetime, UUID]:
    """Read a cursor; raises InvalidInput("bad_cursor")."""
    try:
        payload = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        moment, row_id = json.loads(payload)
        place = datetime.fromisoformat(moment), UUID(row_id)
    except (ValueError, TypeError, AttributeError, RecursionError, binascii.Error) as error:
        raise bad_cursor() from error
    if place[0].tzinfo is None:
        raise bad_cursor()
    return place


def check_limit(limit: int) -> None:
    """Raise InvalidInput("bad_limit") unless a page has room for something."""
    if limit < 1:
        raise InvalidInput("bad_limit", "A page holds at least one item.", "Ask for a limit of 1 or more.")


def bad_cursor() -> InvalidInput:
    """What is answered to a cursor that is none."""
    return InvalidInput(
        "bad_cursor", "The cursor is not one that this service gave.", "Begin again without a cursor."
    )
