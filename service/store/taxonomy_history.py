"""The versions of taxonomies as a chain: what each changed, and where labels of earlier ones stand now."""

from sqlalchemy import delete, insert

from service.errors import NotFound
from service.store import call_reasons, taxonomies
from service.store.database import Session
from service.store.taxonomy_tables import ReasonPlaceRow, TaxonomyRow, TaxonomyVersionRow
from service.taxonomies import from_json
from service.taxonomies.lineage import Change, Place, Version, changes, places

_LONGEST = 1000  # versions of a chain; more would be a circle


def chain(session: Session, newest: Version) -> list[Version]:
    """The versions before one, back to where it was copied from, the oldest first, itself the last."""
    found = [newest]
    while len(found) < _LONGEST:
        before = _before(session, found[-1])
        if before is None:
            break
        found.append(before)
    return found[::-1]


def changes_of(session: Session, row: TaxonomyRow, version: TaxonomyVersionRow) -> list[Change]:
    """What a version changed in the one before; everything of a first version is new."""
    now = Version(row.name, str(version.number), from_json(version.reasons))
    before = _before(session, now)
    return changes([before or Version("", "", ()), now])


def unpublished(session: Session, row: TaxonomyRow) -> list[Change]:
    """What the draft changes in the version published last."""
    last = taxonomies.newest(session, row)
    before = Version(row.name, str(last.number), from_json(last.reasons)) if last else None
    if before is None and row.based_on:
        before = taxonomies.version(session, *row.based_on)
    return changes([before or Version("", "", ()), Version(row.name, "", taxonomies.draft(row))])


def copied(session: Session, name: str, of: str | None) -> TaxonomyRow:
    """Begin a taxonomy with the reasons of another one, by default of the shipped one. Raises NotFound."""
    if of is None:
        shipped = call_reasons.shipped(session)
        if not shipped:
            raise NotFound(
                "taxonomy_not_found", "No worker has told of the shipped reasons yet.", "Start a worker once."
            )
        source = taxonomies.version(session, shipped[0].taxonomy, shipped[0].version)
    else:
        last = taxonomies.newest(session, taxonomies.get(session, of))
        if last is None:
            raise NotFound("version_not_found", "Nothing of this taxonomy is published.", "Publish it first.")
        source = taxonomies.version(session, of, str(last.number))
    return taxonomies.copy(session, name, source)


def place_labels(session: Session, now: Version) -> None:
    """Write down where labels of other versions stand in the one that is in use from now on."""
    session.execute(delete(ReasonPlaceRow))
    rows = [
        {
            "taxonomy": taxonomy,
            "version": version,
            "name": name,
            "now_name": place.name,
            "now_parent": place.parent,
            "split": place.split,
        }
        for (taxonomy, version, name), place in _places(session, now).items()
        if (taxonomy, version) != (now.taxonomy, now.version)
    ]
    if rows:
        session.execute(insert(ReasonPlaceRow), rows)


def between(session: Session, before: tuple[str, str], after: tuple[str, str]) -> list[Change] | None:
    """What was changed between two versions; None where neither came of the other."""
    try:
        known = chain(session, taxonomies.version(session, *after))
    except NotFound:
        return None
    place = next((i for i, one in enumerate(known) if (one.taxonomy, one.version) == before), None)
    return None if place is None else changes(known[place:])


def _places(session: Session, now: Version) -> dict[tuple[str, str, str], Place]:
    return places(chain(session, now))


def _before(session: Session, version: Version) -> Version | None:
    row = taxonomies.find(session, version.taxonomy)
    if row is None or not version.version.isdecimal():
        return None
    kept = session.get(TaxonomyVersionRow, (row.id, int(version.version)))
    if kept is None or kept.before is None:
        return None
    try:
        return taxonomies.version(session, *kept.before)
    except NotFound:  # what it was copied from is deleted
        return None
