"""Accepting a theme: it becomes a reason of a taxonomy's draft, its statements the reason's examples."""

from uuid import UUID

from service.store import plain, reason_examples, taxonomies, themes
from service.store.database import Session
from service.store.tables import ThemeRow
from service.taxonomies import Reason, editing, folded

EXAMPLES = 30  # the most typical statements


def accept(
    session: Session,
    theme_id: UUID,
    taxonomy: str,
    reason: str,
    *,
    author: str,
    parent: str | None = None,
    description: str = "",
) -> tuple[ThemeRow, int]:
    """Make a theme a reason, or add to one that the draft has; gives how many examples it got.

    Raises NotFound, InvalidInput for a name that is none.
    """
    row = themes.get(session, theme_id)
    name = plain.text(reason)
    known = _known(taxonomies.draft(taxonomies.get(session, taxonomy)), name)
    if known is None:
        changed = taxonomies.edit(
            session,
            taxonomy,
            lambda reasons: (
                editing.add(reasons, name, parent=parent, description=plain.text(description)),
                {},
            ),
        )
        known = _known(taxonomies.draft(changed), name)
    owner = taxonomies.get(session, taxonomy)
    label = known.name if known is not None else name
    said = [
        (one.interaction_id, one.turn, one.text) for one in themes.members(session, row.id, limit=EXAMPLES)
    ]
    added = sum(reason_examples.add_statement(session, owner, label, one, author=author) for one in said)
    row.accepted_taxonomy, row.accepted_reason = owner.name, label
    session.flush()
    return row, added


def _known(reasons: tuple[Reason, ...], name: str) -> Reason | None:
    living = (one for one in reasons if one.retired_at is None)
    return next((one for one in living if folded(one.name) == folded(name)), None)
