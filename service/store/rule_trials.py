"""Dry runs: what a rule would find in the archive, beside what the saved one found; nothing is written.

What the metadata decides is counted by the database; only the rest is read, newest first.
"""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import ColumnElement, and_, case, func, literal, not_, or_, select

from service.rules.case import Library
from service.rules.conditions import Given
from service.rules.facts import Facts
from service.rules.figures import cell
from service.rules.telling import given
from service.rules.tree import Node
from service.rules.verdicts import Outcome, Verdict
from service.store import filters as conditions
from service.store import pages, rule_marks, rule_narrowing
from service.store.database import Session
from service.store.filters import InteractionFilter
from service.store.rule_judging import judge, read
from service.store.rule_results import changes, outcomes_of
from service.store.tables import InteractionRow, RuleMarkRow, RuleResultRow, RuleRow

BATCH = 200
Wanted = Literal["matched", "not_matched", "not_evaluated", "newly_matched", "no_longer_matched"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is tried: a rule, beside the ``saved`` one of its name, against labels.

    Labels are what a field says (``against``: where it is given, whether the condition holds), else the marks
    on the saved rule.
    """

    tree: Node
    library: Library
    time_zone: str
    saved: RuleRow | None = None
    against: Given | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """The rule on one interaction; ``before`` is the saved outcome, ``label`` whether it should match."""

    interaction: InteractionRow
    verdict: Verdict
    before: str | None
    label: bool | None


@dataclass(slots=True)
class Trial:
    """What was counted, some of which ones, and how far it came: ``complete`` is to the archive's end."""

    counts: Counter[str] = field(default_factory=Counter)
    items: list[Tried] = field(default_factory=list)
    complete: bool = False
    next_cursor: str | None = None

    @property
    def seen(self) -> int:
        """How many interactions were looked at or ruled out."""
        return sum(self.counts[f"{outcome}_after"] for outcome in Outcome)


def run(
    session: Session,
    plan: Plan,
    *,
    filters: InteractionFilter,
    wanted: Wanted = "matched",
    cursor: str | None = None,
    limit: int = 50,
    seconds: float = 2.0,
) -> Trial:
    """Try a rule from the newest interaction on (or from a cursor), for so many seconds at most.

    Without a cursor it goes on counting after ``limit`` items; with one it ends with the page. A list of what
    does not match holds only those that were read, not what the metadata ruled out.
    Raises InvalidInput("bad_cursor"), InvalidInput("bad_limit").
    """
    pages.check_limit(limit)
    deadline = time.monotonic() + seconds
    place = pages.decode(cursor) if cursor is not None else None
    asked = conditions.interactions(filters)
    may = candidates(plan)
    trial = Trial(ruled_out(session, plan, asked) if cursor is None else Counter())
    while True:
        query = select(InteractionRow).where(InteractionRow.transcribed_at.is_not(None), *asked, *may)
        query = query.where(conditions.after(*place)) if place is not None else query
        order = (InteractionRow.started_at.desc(), InteractionRow.id.desc())
        rows = session.scalars(query.order_by(*order).limit(BATCH)).all()
        for tried in trying(session, plan, rows):
            place = tried.interaction.started_at, tried.interaction.id
            trial.counts.update(counted(tried, plan))
            if len(trial.items) < limit and _is(tried, wanted):
                trial.items.append(tried)
                if len(trial.items) == limit:
                    trial.next_cursor = pages.encode(*place)
                    if cursor is not None:
                        return trial
        trial.complete = len(rows) < BATCH
        if trial.complete or (place is not None and time.monotonic() > deadline):
            unseen = place if not trial.complete else None
            trial.next_cursor = trial.next_cursor or (pages.encode(*unseen) if unseen else None)
            return trial
        session.expunge_all()  # flat memory over a long archive


def candidates(plan: Plan) -> list[ColumnElement[bool]]:
    """What leaves out the interactions on which the rule is false by their metadata."""
    if plan.against is not None and label_sql(plan.against) is None:
        return []  # the database could not count their labels
    return rule_narrowing.may_match(plan.tree, plan.library)


def ruled_out(session: Session, plan: Plan, asked: Sequence[ColumnElement[bool]]) -> Counter[str]:
    """The counts of the interactions that are left out: none of them matches."""
    may = candidates(plan)
    counts: Counter[str] = Counter()
    if not may:
        return counts
    saved = plan.saved.id if plan.saved else None
    label = label_sql(plan.against) if plan.against else case(
        (RuleMarkRow.should_match.is_(True), "yes"), (RuleMarkRow.should_match.is_(False), "no"), else_=""
    )  # fmt: skip
    shown = label if label is not None else literal("")
    query = (
        select(RuleResultRow.outcome, shown.label("shown"), func.count())
        .select_from(InteractionRow)
        .outerjoin(
            RuleResultRow,
            and_(RuleResultRow.interaction_id == InteractionRow.id, RuleResultRow.rule_id == saved),
        )
        .outerjoin(
            RuleMarkRow, and_(RuleMarkRow.interaction_id == InteractionRow.id, RuleMarkRow.rule_id == saved)
        )
        .where(InteractionRow.transcribed_at.is_not(None), *asked, not_(and_(*may)))
        .group_by(RuleResultRow.outcome, "shown")
    )
    for before, text, count in session.execute(query):
        names = [*changes(before, Outcome.NOT_MATCHED)]
        names += [cell(Outcome.NOT_MATCHED, should_match=text == "yes")] if text else []
        counts.update(dict.fromkeys(names, count))
    return counts


def label_sql(against: Given) -> ColumnElement[str] | None:
    """The label of a field as "yes", "no" or "" (not given); None where the database cannot tell."""
    column = rule_narrowing.column_of(against.field)
    holds = rule_narrowing.may_match(against, Library())
    fails = rule_narrowing.may_not_match(against, Library())
    if column is None or not holds or not fails or against.field == "language":
        return None
    return case((column.is_(None), ""), (and_(*holds), "yes"), (or_(*fails), "no"), else_="")


def trying(session: Session, plan: Plan, rows: Sequence[InteractionRow]) -> list[Tried]:
    """The rule on some interactions."""
    facts = read(session, plan.tree, plan.library, rows, time_zone=plan.time_zone)
    found = judge(plan.tree, facts, plan.library)
    ids = [row.id for row in rows]
    before = outcomes_of(session, plan.saved.id, ids) if plan.saved else {}
    marks = rule_marks.of(session, plan.saved.id, ids) if plan.saved and plan.against is None else {}
    return [
        Tried(row, found[row.id], before.get(row.id), marks.get(row.id, _label(plan.against, facts[row.id])))
        for row in rows
    ]


def counted(tried: Tried, plan: Plan) -> list[str]:
    """What one interaction adds to the counts; without a saved rule nothing is new."""
    outcome = tried.verdict.outcome
    names = changes(tried.before, outcome) if plan.saved else [f"{outcome}_after"]
    names += [f"code:{code}" for code in tried.verdict.codes]
    names += [cell(outcome, should_match=tried.label)] if tried.label is not None else []
    return names


def _label(against: Given | None, facts: Facts) -> bool | None:
    if against is None:
        return None
    told = against.model_copy(update={"op": "is given", "values": ()})
    return given(against, facts).value if given(told, facts).value else None


def _is(tried: Tried, wanted: Wanted) -> bool:
    return wanted in (tried.verdict.outcome, *changes(tried.before, tried.verdict.outcome))
