"""What people say about results: whether a rule should match an interaction; what it is measured against."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, func, select

from service.errors import NotFound
from service.rules.figures import Figures, cell, figures
from service.store import interactions
from service.store.database import Session, now
from service.store.tables import RuleMarkRow, RuleResultRow, RuleRow


def put(
    session: Session, rule: RuleRow, interaction_id: UUID, *, should_match: bool, marked_by: str | None
) -> RuleMarkRow:
    """Say whether the rule should match; the last word counts. Raises NotFound."""
    interactions.get(session, interaction_id)
    row = session.get(RuleMarkRow, (rule.id, interaction_id)) or RuleMarkRow(
        rule_id=rule.id, interaction_id=interaction_id
    )
    row.should_match, row.marked_by, row.created_at = should_match, marked_by, now()
    session.add(row)
    session.flush()
    return row


def remove(session: Session, rule: RuleRow, interaction_id: UUID) -> None:
    """Take a word back; raises NotFound."""
    which = (RuleMarkRow.rule_id == rule.id, RuleMarkRow.interaction_id == interaction_id)
    if not session.execute(delete(RuleMarkRow).where(*which).returning(RuleMarkRow.rule_id)).first():
        raise NotFound("mark_not_found", "Nobody has marked this result.")


def of(session: Session, rule_id: UUID, ids: Sequence[UUID]) -> dict[UUID, bool]:
    """Whether the rule should match some interactions, as far as anybody said."""
    columns = select(RuleMarkRow.interaction_id, RuleMarkRow.should_match)
    rows = session.execute(columns.where(RuleMarkRow.rule_id == rule_id, RuleMarkRow.interaction_id.in_(ids)))
    return {row.interaction_id: row.should_match for row in rows}


def figures_of(session: Session, rule: RuleRow) -> Figures | None:
    """The rule's stored results beside what people said; None where nobody said anything."""
    query = (
        select(RuleResultRow.outcome, RuleMarkRow.should_match, func.count())
        .join(
            RuleMarkRow,
            (RuleMarkRow.rule_id == RuleResultRow.rule_id)
            & (RuleMarkRow.interaction_id == RuleResultRow.interaction_id),
        )
        .where(RuleResultRow.rule_id == rule.id)
        .group_by(RuleResultRow.outcome, RuleMarkRow.should_match)
    )
    counts = Counter(
        {cell(outcome, should_match=should): count for outcome, should, count in session.execute(query)}
    )
    return figures(counts)
