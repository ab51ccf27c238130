"""One rule on many interactions: what it looks at is read together, of those it may match alone."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from service.rules.case import Case, Library, reachable
from service.rules.evaluation import verdict
from service.rules.facts import Facts, needs
from service.rules.tree import Node
from service.rules.verdicts import NO, Verdict
from service.store import rule_facts, rule_narrowing
from service.store.database import Session
from service.store.tables import InteractionRow


def read(
    session: Session, tree: Node, library: Library, rows: Sequence[InteractionRow], *, time_zone: str
) -> dict[UUID, Facts]:
    """What a rule looks at in some interactions."""
    return rule_facts.read(session, rows, needs(reachable(tree, library)), time_zone=time_zone)


def read_possible(
    session: Session, tree: Node, library: Library, rows: Sequence[InteractionRow], *, time_zone: str
) -> dict[UUID, Facts | None]:
    """The same, None for those that the metadata rules out."""
    ids = [row.id for row in rows]
    may = rule_narrowing.may_match(tree, library)
    query = select(InteractionRow.id).where(InteractionRow.id.in_(ids), *may)
    possible = set(session.scalars(query)) if may else set(ids)
    found = read(session, tree, library, [row for row in rows if row.id in possible], time_zone=time_zone)
    return {key: found.get(key) for key in ids}


def judge(tree: Node, facts: Mapping[UUID, Facts | None], library: Library) -> dict[UUID, Verdict]:
    """A rule on each of some facts; what was ruled out does not match."""
    return {key: NO if each is None else verdict(tree, Case(each, library)) for key, each in facts.items()}
