"""Rules over the archive: one applied to all of it with before and after, or tried with counts alone."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeAlias
from uuid import UUID

from service.rules.case import Library
from service.rules.facts import Facts
from service.rules.tree import Node
from service.rules.verdicts import Verdict
from service.store import archive_runs, rule_results, rule_runs, rule_trials, rules
from service.store.database import Session
from service.store.rule_judging import judge, read_possible
from service.store.tables import ArchiveRunRow, InteractionRow
from service.store.tasks import Claim, DueTask
from workers.archive import go_through
from workers.context import Context, Report

BATCH = 200
Read: TypeAlias = tuple[Node, Library, Mapping[UUID, Facts | None]]


def apply_rule(context: Context, claim: Claim, report: Report) -> tuple[DueTask, ...]:
    """Evaluate a rule on every interaction; what the metadata rules out is not read."""
    time_zone = context.settings.time_zone

    def read(session: Session, run: ArchiveRunRow, rows: Sequence[InteractionRow]) -> Read:
        applied, library = rule_runs.applied(session, run), rules.library(session)
        facts = read_possible(session, applied.tree, library, rows, time_zone=time_zone)
        return applied.tree, library, facts

    def compute(read: Read) -> Mapping[UUID, Verdict]:
        tree, library, facts = read
        return judge(tree, facts, library)

    def write(session: Session, run: ArchiveRunRow, found: Mapping[UUID, Verdict]) -> Mapping[str, int]:
        applied = rule_runs.applied(session, run)
        return rule_results.write_run(session, run.id, applied.rule_id, applied.version, found)

    return go_through(context, claim, report, read=read, compute=compute, write=write, batch=BATCH)


def try_rule(context: Context, claim: Claim, report: Report) -> tuple[DueTask, ...]:
    """Count what a rule would find; nothing else is written."""
    with context.database.reading() as session:
        run = archive_runs.get(session, claim.subject_id)
        plan = rule_runs.plan_of(session, run.parameters, time_zone=context.settings.time_zone)

    def read(session: Session, run: ArchiveRunRow, rows: Sequence[InteractionRow]) -> Counter[str]:
        counts: Counter[str] = Counter()
        for tried in rule_trials.trying(session, plan, rows):
            counts.update(rule_trials.counted(tried, plan))
        return counts

    def write(session: Session, run: ArchiveRunRow, found: Counter[str]) -> Mapping[str, int]:
        return found

    return go_through(
        context,
        claim,
        report,
        read=read,
        compute=lambda counts: counts,
        write=write,
        which=rule_runs.which_of(plan),
        batch=BATCH,
    )
