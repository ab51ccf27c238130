"""Rules over the archive as jobs: one applied to it, or tried on it; what their parameters mean."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from service.errors import NotFound
from service.rules.case import Library
from service.rules.conditions import Given
from service.rules.tree import Node, plain, read
from service.store import archive_runs, rules
from service.store import filters as conditions
from service.store.archive_walk import Which
from service.store.database import Session
from service.store.filters import InteractionFilter
from service.store.rule_trials import Plan, candidates, ruled_out
from service.store.tables import ArchiveRunRow, RuleRow, TaskRow

APPLY, TRIAL = "rules", "rule_trials"  # kinds of task
Days = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Applied:
    """What a job applies: one version of a rule."""

    rule_id: UUID
    version: int
    tree: Node


def begin_apply(
    session: Session, row: RuleRow, *, days: Days = (None, None)
) -> tuple[ArchiveRunRow, TaskRow]:
    """Apply a rule as it is now to every interaction that has a transcript; whoever calls rings the bell."""
    parameters = {"rule": row.name, "version": row.version, "tree": row.tree}
    return archive_runs.begin(session, APPLY, about=row.id, parameters=parameters, days=days)


def begin_trial(session: Session, plan: Plan, filters: InteractionFilter) -> tuple[ArchiveRunRow, TaskRow]:
    """Try a rule on the archive; only its counts are kept. Whoever calls rings the bell."""
    parameters = {
        "tree": plain(plan.tree),
        "rule": plan.saved.name if plan.saved else None,
        "against": plain(plan.against) if plan.against else None,
    }
    asked = conditions.interactions(filters)
    return archive_runs.begin(
        session,
        TRIAL,
        about=plan.saved.id if plan.saved else None,
        parameters=parameters,
        counts=ruled_out(session, plan, asked),
        days=(filters.first, filters.last),
        which=candidates(plan),
    )


def applied(session: Session, run: ArchiveRunRow) -> Applied:
    """What a job applies. Raises NotFound where the rule was deleted meanwhile."""
    row = rules.get(session, run.parameters["rule"])
    return Applied(row.id, run.parameters["version"], read(run.parameters["tree"]))


def plan_of(session: Session, parameters: Mapping[str, Any], *, time_zone: str) -> Plan:
    """What a job tries."""
    name, against = parameters["rule"], parameters["against"]
    tree = read(parameters["tree"])
    found = read(against) if against else None
    return Plan(
        tree=tree,
        library=library_with(session, name, tree),
        time_zone=time_zone,
        saved=rules.find(session, name) if name else None,
        against=found if isinstance(found, Given) else None,
    )


def library_with(session: Session, name: str | None, tree: Node) -> Library:
    """What rules may speak of, with the rule that is tried in place of the saved one."""
    known = rules.library(session)
    return replace(known, rules={**known.rules, name: tree}) if name else known


def get_trial(session: Session, run_id: UUID) -> ArchiveRunRow:
    """The job of a dry run; raises NotFound."""
    run = archive_runs.get(session, run_id)
    if run.kind != TRIAL:
        raise NotFound("run_not_found", "There is no such dry run.")
    return run


def which_of(plan: Plan) -> Which:
    """What a trial goes through: the interactions that the metadata does not rule out."""
    return candidates(plan)
