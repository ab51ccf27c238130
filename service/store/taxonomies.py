"""Taxonomies that users own: a draft that is changed, and the versions that were published of it."""

import re
from collections.abc import Callable, Sequence

from sqlalchemy import func, select, update

from service.errors import Conflict, InvalidInput, NotFound, PreconditionFailed
from service.store import call_reasons, plain
from service.store.database import Session, new_id, now
from service.store.insertion import insert_unless_there
from service.store.taxonomy_tables import ReasonExampleRow, TaxonomyRow, TaxonomyVersionRow
from service.taxonomies import Reason, folded, from_json, to_json
from service.taxonomies.editing import Renamed
from service.taxonomies.lineage import Version
from service.taxonomies.reasons import Fault, cleaned, faults

LONGEST_NAME = 64
_NAME = re.compile(r"\w[\w .-]{0,63}")  # it is also the name of a folder


def list_all(session: Session) -> list[TaxonomyRow]:
    """Every taxonomy that users own, by name."""
    return list(session.scalars(select(TaxonomyRow).order_by(TaxonomyRow.folded)))


def find(session: Session, name: str) -> TaxonomyRow | None:
    """The taxonomy with this name, whatever its case and spaces."""
    return session.scalars(
        select(TaxonomyRow).where(TaxonomyRow.folded == folded(plain.text(name)))
    ).one_or_none()


def get(session: Session, name: str) -> TaxonomyRow:
    """The taxonomy with this name; raises NotFound."""
    row = find(session, name)
    if row is None:
        raise NotFound(
            "taxonomy_not_found", "There is no taxonomy of yours with this name.", "Make it first."
        )
    return row


def draft(row: TaxonomyRow) -> tuple[Reason, ...]:
    """What the next version will be."""
    return from_json(row.draft)


def put(
    session: Session, name: str, reasons: Sequence[Reason], *, if_match: str | None = None
) -> tuple[TaxonomyRow, bool]:
    """Write a draft as a whole, or begin a taxonomy; gives its row and whether it is new.

    A reason that was left out of the draft is gone without a successor. With ``if_match`` only if it is as it
    was read. Raises InvalidInput for reasons that are none, PreconditionFailed("changed_meanwhile").
    """
    known = find(session, name)
    check_unchanged(known, if_match)
    if known is None:
        return _begun(session, name, reasons, based_on=None)
    _change(session, known, reasons)
    return known, False


def copy(session: Session, name: str, source: Version) -> TaxonomyRow:
    """Begin a taxonomy with the reasons of another, each of which says where it comes from.

    Raises Conflict(taxonomy_exists), InvalidInput.
    """
    reasons = [
        Reason(name=one.name, parent=one.parent, description=one.description, comes_from=(one.name,))
        for one in source.reasons
        if one.retired_at is None
    ]
    row, made = _begun(session, name, reasons, based_on=source)
    if not made:
        raise Conflict(
            "taxonomy_exists", "There is a taxonomy with this name already.", "Choose another name."
        )
    return row


def edit(
    session: Session,
    name: str,
    change: Callable[[tuple[Reason, ...]], tuple[tuple[Reason, ...], Renamed]],
    *,
    if_match: str | None = None,
) -> TaxonomyRow:
    """Change a draft by a function of ``service.taxonomies.editing``; examples follow their reasons.

    Raises NotFound, InvalidInput, PreconditionFailed.
    """
    row = get(session, name)
    check_unchanged(row, if_match)
    reasons, renamed = change(draft(row))
    _change(session, row, reasons)
    for before, after in renamed.items():
        if before != after:
            which = (ReasonExampleRow.taxonomy_id == row.id, ReasonExampleRow.reason == before)
            session.execute(update(ReasonExampleRow).where(*which).values(reason=after))
    return row


def publish(session: Session, name: str, *, author: str, if_match: str | None = None) -> TaxonomyVersionRow:
    """Make the draft the next version. Raises InvalidInput(no_reasons), Conflict(nothing_changed)."""
    row = get(session, name)
    check_unchanged(row, if_match)
    reasons, last = draft(row), newest(session, row)
    if not any(reason.retired_at is None for reason in reasons):
        raise InvalidInput("no_reasons", "The taxonomy has no reasons.", "Add some, then publish it.")
    if last is not None and not has_changes(row, last):
        raise Conflict(
            "nothing_changed", "The draft is the same as the last version.", "Change something first."
        )
    before = row.based_on if last is None else [row.name, str(last.number)]
    version = TaxonomyVersionRow(
        taxonomy_id=row.id,
        number=1 if last is None else last.number + 1,
        reasons=row.draft,
        before=before,
        published_at=now(),
        published_by=plain.text(author)[:200],
    )
    session.add(version)
    row.draft = to_json([_continued(reason) for reason in reasons])
    _touch(session, row)
    return version


def versions(session: Session, row: TaxonomyRow) -> list[TaxonomyVersionRow]:
    """What was published, the newest first."""
    query = select(TaxonomyVersionRow).where(TaxonomyVersionRow.taxonomy_id == row.id)
    return list(session.scalars(query.order_by(TaxonomyVersionRow.number.desc())))


def newest(session: Session, row: TaxonomyRow) -> TaxonomyVersionRow | None:
    """The version published last."""
    found = versions(session, row)
    return found[0] if found else None


def has_changes(row: TaxonomyRow, last: TaxonomyVersionRow | None) -> bool:
    """Whether the draft differs from what was published last."""
    if last is None:
        return True
    return row.draft != to_json([_continued(reason) for reason in from_json(last.reasons)])


def names_before(session: Session, row: TaxonomyRow) -> tuple[str, ...]:
    """Names of the reasons of the version that the draft continues."""
    last = newest(session, row)
    if last is not None:
        return tuple(reason.name for reason in from_json(last.reasons))
    if row.based_on is None:
        return ()
    return tuple(one.name for one in version(session, *row.based_on).reasons)


def version(session: Session, taxonomy: str, number: str) -> Version:
    """A version as labels name it, of an own taxonomy or one that came with the models; raises NotFound."""
    row = find(session, taxonomy)
    kept = session.get(TaxonomyVersionRow, (row.id, int(number))) if row and number.isdecimal() else None
    if row is not None and kept is not None:
        return Version(row.name, number, from_json(kept.reasons))
    shipped = call_reasons.of_version(session, taxonomy, number)
    if not shipped:
        raise NotFound("version_not_found", "There is no such version of this taxonomy.", "See its history.")
    found = tuple(Reason(name=one.name, parent=one.parent, description=one.description) for one in shipped)
    return Version(taxonomy, number, found)


def delete(session: Session, name: str, *, if_match: str | None = None) -> None:
    """Forget a taxonomy with its versions, examples and models. Raises NotFound, PreconditionFailed."""
    row = get(session, name)
    check_unchanged(row, if_match)
    session.delete(row)
    session.flush()


def etag(row: TaxonomyRow) -> str:
    """Another one after each change."""
    return f'"{row.id.hex}-{row.revision}"'


def check_unchanged(row: TaxonomyRow | None, if_match: str | None) -> None:
    """Raise PreconditionFailed("changed_meanwhile") unless ``if_match`` is None or names the row as it is."""
    wanted = [tag.strip() for tag in (if_match or "").split(",")]
    if if_match is None or (row is not None and ("*" in wanted or etag(row) in wanted)):
        return
    raise PreconditionFailed(
        "changed_meanwhile",
        "The taxonomy has changed since it was read.",
        "Read it again and repeat the change with the new ETag.",
    )


def check(reasons: Sequence[Reason], known_before: Sequence[str]) -> None:
    """Raise InvalidInput for the first thing that is wrong."""
    for fault in faults(reasons, known_before):
        raise InvalidInput(fault.code, _sentence(fault, reasons), "Correct the reason and send it again.")


def _sentence(fault: Fault, reasons: Sequence[Reason]) -> str:
    if fault.place >= len(reasons):
        return f"The taxonomy has {fault.detail}."
    return f"Reason {fault.place + 1}: its {fault.field.replace('_', ' ')} {fault.detail}."


def _begun(
    session: Session, name: str, reasons: Sequence[Reason], *, based_on: Version | None
) -> tuple[TaxonomyRow, bool]:
    shown = cleaned(plain.text(name))
    if not _NAME.fullmatch(shown):
        sentence = f"A taxonomy's name has up to {LONGEST_NAME} letters, digits, spaces, dots, dashes."
        raise InvalidInput("bad_name", sentence, "Give it another name.")
    if call_reasons.knows(session, shown):
        raise Conflict(
            "taxonomy_exists", "The models came with a taxonomy of this name.", "Choose another name."
        )
    check(reasons, tuple(one.name for one in based_on.reasons) if based_on else ())
    moment = now()
    values = {
        "id": new_id(),
        "name": shown,
        "folded": folded(shown),
        "revision": 1,
        "draft": plain.json(to_json(reasons)),
        "based_on": [based_on.taxonomy, based_on.version] if based_on else None,
        "created_at": moment,
        "updated_at": moment,
    }
    made = insert_unless_there(session, TaxonomyRow, values, unique=["folded"])
    return (made, True) if made is not None else (get(session, shown), False)


def _change(session: Session, row: TaxonomyRow, reasons: Sequence[Reason]) -> None:
    check(reasons, names_before(session, row))
    wanted = plain.json(to_json(reasons))
    if row.draft != wanted:
        row.draft = wanted
        _touch(session, row)


def _touch(session: Session, row: TaxonomyRow) -> None:
    row.revision, row.updated_at = row.revision + 1, now()
    session.flush()


def _continued(reason: Reason) -> Reason:
    return Reason(
        name=reason.name,
        parent=reason.parent,
        description=reason.description,
        comes_from=(reason.name,),
        retired_at=reason.retired_at,
    )


def example_counts(session: Session, row: TaxonomyRow) -> dict[str, int]:
    """Examples by reason."""
    query = select(ReasonExampleRow.reason, func.count()).where(ReasonExampleRow.taxonomy_id == row.id)
    found = session.execute(query.group_by(ReasonExampleRow.reason)).all()
    return {str(name): int(count) for name, count in found}
