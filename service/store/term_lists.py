"""The users' lists of terms: written as a whole, each change another version."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select

from service.errors import NotFound
from service.store import plain
from service.store.database import Session, new_id, now
from service.store.insertion import insert_unless_there
from service.store.tables import TermListRow
from service.store.versions import check_unchanged

KINDS = ("product", "competitor", "place", "term")


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedTerm:
    """One term of a list; ``exact_case`` is for names that are words as well."""

    name: str
    aliases: tuple[str, ...] = ()
    exact_case: bool = False


def list_all(session: Session) -> list[TermListRow]:
    """Every list, by name."""
    return list(session.scalars(select(TermListRow).order_by(TermListRow.name)))


def find(session: Session, name: str) -> TermListRow | None:
    """The list with this name."""
    return session.scalars(select(TermListRow).where(TermListRow.name == plain.text(name))).one_or_none()


def get(session: Session, name: str) -> TermListRow:
    """The list with this name; raises NotFound."""
    row = find(session, name)
    if row is None:
        raise NotFound("term_list_not_found", "There is no list of terms with this name.", "PUT it first.")
    return row


def put(
    session: Session, name: str, kind: str, terms: Sequence[SavedTerm], *, if_match: str | None = None
) -> tuple[TermListRow, bool]:
    """Write a list as a whole; gives its row and whether it is new. The same terms make no new version.

    With ``if_match`` only if it is still as it was read. Raises PreconditionFailed("changed_meanwhile").
    """
    wanted: list[Mapping[str, Any]] = [plain.json(asdict(term)) for term in terms]
    known = find(session, name)
    check_unchanged(known, if_match)
    if known is None:
        moment = now()
        values = {"id": new_id(), "name": plain.text(name), "kind": kind, "version": 1, "terms": wanted}
        values |= {"created_at": moment, "updated_at": moment}
        made = insert_unless_there(session, TermListRow, values, unique=["name"])
        if made is not None:
            return made, True
        known = get(session, name)  # another process was quicker by a moment
    if (known.kind, known.terms) != (kind, wanted):
        known.kind, known.terms = kind, list(wanted)
        known.version, known.updated_at = known.version + 1, now()
        session.flush()
    return known, False


def delete(session: Session, name: str, *, if_match: str | None = None) -> None:
    """Forget a list and what was found by it. Raises NotFound, PreconditionFailed."""
    row = get(session, name)
    check_unchanged(row, if_match)
    session.delete(row)
    session.flush()


def terms_of(row: TermListRow) -> list[SavedTerm]:
    """The terms of a list as values."""
    return [
        SavedTerm(name=term["name"], aliases=tuple(term["aliases"]), exact_case=term["exact_case"])
        for term in row.terms
    ]
