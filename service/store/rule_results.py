"""What came of rules in interactions: evaluated on their facts, stored with the place, listed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select

from service.phrases import SpokenTurn
from service.phrases.spoken import times_of
from service.rules.case import Case, Library
from service.rules.evaluation import verdict
from service.rules.facts import Facts
from service.rules.verdicts import Outcome, Verdict
from service.store import filters as conditions
from service.store import pages, plain
from service.store.database import Session
from service.store.pages import Page
from service.store.phrase_hits import spoken_turns
from service.store.rules import tree_of
from service.store.tables import InteractionRow, RuleMarkRow, RuleResultRow, RuleRow, TurnRow

_ORDER = ("matched", "not_evaluated", "not_matched")


@dataclass(frozen=True, slots=True)
class RuleResult:
    """The verdict of one version of a rule."""

    rule_id: UUID
    version: int
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """Where a condition holds, with the words that stand there (redacted), empty where it is no text."""

    condition: str
    turn: int | None
    start: int | None
    end: int | None
    start_ms: int | None
    end_ms: int | None
    value: float | str | None
    text: str = ""
    party: str | None = None


@dataclass(frozen=True, slots=True)
class ShownResult:
    """A result with the rule it is of, its places, and what a person said of it."""

    row: RuleResultRow
    name: str
    places: Sequence[ShownPlace]
    should_match: bool | None


def evaluated(rules: Sequence[RuleRow], facts: Facts, library: Library) -> list[RuleResult]:
    """Every rule on one interaction."""
    case = Case(facts, library)
    return [RuleResult(row.id, row.version, verdict(tree_of(row), case)) for row in rules]


def replace(session: Session, interaction_id: UUID, results: Sequence[RuleResult]) -> None:
    """Write the results of an interaction in place of those before, of all rules that are enabled."""
    wanted = [result.rule_id for result in results]
    there = set(session.scalars(select(RuleRow.id).where(RuleRow.id.in_(wanted))))
    which = (RuleResultRow.interaction_id == interaction_id, RuleResultRow.rule_id.in_(wanted))
    session.execute(delete(RuleResultRow).where(*which))
    values = [
        _values(result.rule_id, result.version, interaction_id, result.verdict)
        for result in results
        if result.rule_id in there  # one may have been deleted meanwhile
    ]
    if values:
        session.execute(insert(RuleResultRow), values)


def write_run(
    session: Session, run_id: UUID, rule_id: UUID, version: int, found: Mapping[UUID, Verdict]
) -> Counter[str]:
    """Write what a job over the archive found, beside what was before; gives what is to be counted."""
    before = outcomes_of(session, rule_id, list(found))
    which = (RuleResultRow.rule_id == rule_id, RuleResultRow.interaction_id.in_(list(found)))
    session.execute(delete(RuleResultRow).where(*which))
    values = [
        _values(rule_id, version, key, one) | {"before": before.get(key), "run_id": run_id}
        for key, one in found.items()
    ]
    if values:
        session.execute(insert(RuleResultRow), values)
    counts: Counter[str] = Counter()
    for key, one in found.items():
        counts.update(changes(before.get(key), one.outcome))
    return counts


def changes(before: str | None, after: Outcome) -> list[str]:
    """What one result adds to the counts of a job."""
    found = [f"{after}_after"]
    if before is not None:
        found.append(f"{before}_before")
    if after is Outcome.MATCHED and before != after:
        found.append("newly_matched")
    if before == Outcome.MATCHED and before != after:
        found.append("no_longer_matched")
    return found


def outcomes_of(session: Session, rule_id: UUID, ids: Sequence[UUID]) -> dict[UUID, str]:
    """The stored outcomes of a rule in some interactions."""
    columns = select(RuleResultRow.interaction_id, RuleResultRow.outcome)
    rows = session.execute(
        columns.where(RuleResultRow.rule_id == rule_id, RuleResultRow.interaction_id.in_(ids))
    )
    return {row.interaction_id: row.outcome for row in rows}


def of(session: Session, interaction_id: UUID) -> list[ShownResult]:
    """The results in one interaction, by rule: matched ones first."""
    query = (
        select(RuleResultRow, RuleRow.name, RuleMarkRow.should_match)
        .join(RuleRow, RuleRow.id == RuleResultRow.rule_id)
        .outerjoin(
            RuleMarkRow,
            (RuleMarkRow.rule_id == RuleResultRow.rule_id)
            & (RuleMarkRow.interaction_id == RuleResultRow.interaction_id),
        )
        .where(RuleResultRow.interaction_id == interaction_id)
        .order_by(RuleRow.key)
    )
    found = session.execute(query).all()
    turns = _turns(session, [(row.interaction_id, place) for row, *_ in found for place in row.evidence])
    shown = [
        ShownResult(row, name, _places(row.interaction_id, row.evidence, turns), mark)
        for row, name, mark in found
    ]
    return sorted(shown, key=lambda one: _ORDER.index(one.row.outcome))


def telling(session: Session, interaction_id: UUID) -> list[ShownResult]:
    """Those that a reader wants to see: matched ones, and those that could not be evaluated."""
    return [one for one in of(session, interaction_id) if one.row.outcome != Outcome.NOT_MATCHED]


def find(
    session: Session,
    rule: RuleRow,
    *,
    outcome: str | None = None,
    run_id: UUID | None = None,
    change: str | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[tuple[InteractionRow, ShownResult]]:
    """A page of a rule's results, newest interactions first.

    ``change`` (newly_matched, no_longer_matched) with ``run_id``: what a job over the archive changed.
    Raises InvalidInput("bad_cursor"), InvalidInput("bad_limit").
    """
    pages.check_limit(limit)
    matched = RuleResultRow.outcome == Outcome.MATCHED.value
    was_matched = (RuleResultRow.before == Outcome.MATCHED.value).is_(True)
    which = [RuleResultRow.rule_id == rule.id]
    which += [RuleResultRow.outcome == outcome] if outcome is not None else []
    which += [RuleResultRow.run_id == run_id] if run_id is not None else []
    which += [matched, ~was_matched] if change == "newly_matched" else []
    which += [~matched, was_matched] if change == "no_longer_matched" else []
    which += [conditions.after(*pages.decode(cursor))] if cursor is not None else []
    query = (
        select(InteractionRow, RuleResultRow, RuleMarkRow.should_match)
        .join(RuleResultRow, RuleResultRow.interaction_id == InteractionRow.id)
        .outerjoin(
            RuleMarkRow,
            (RuleMarkRow.rule_id == rule.id) & (RuleMarkRow.interaction_id == InteractionRow.id),
        )
        .where(*which)
        .order_by(InteractionRow.started_at.desc(), InteractionRow.id.desc())
    )
    rows = session.execute(query.limit(limit + 1)).all()
    page = pages.cut(rows, limit=limit, place=lambda row: (row[0].started_at, row[0].id))
    turns = _turns(
        session, [(row.interaction_id, place) for _, row, _ in page.items for place in row.evidence]
    )
    return page.with_items(
        [
            (interaction, ShownResult(row, rule.name, _places(interaction.id, row.evidence, turns), mark))
            for interaction, row, mark in page.items
        ]
    )


def shown_places(session: Session, found: Mapping[UUID, Verdict]) -> dict[UUID, list[ShownPlace]]:
    """The places of verdicts that are not stored, with their words."""
    evidence = {key: [asdict(place) for place in one.evidence] for key, one in found.items()}
    turns = _turns(session, [(key, place) for key, places in evidence.items() for place in places])
    return {key: _places(key, places, turns) for key, places in evidence.items()}


def _values(rule_id: UUID, version: int, interaction_id: UUID, one: Verdict) -> dict[str, Any]:
    return {
        "rule_id": rule_id,
        "interaction_id": interaction_id,
        "rule_version": version,
        "outcome": one.outcome.value,
        "codes": [code.value for code in one.codes],
        "evidence": plain.json([asdict(place) for place in one.evidence]),
        "before": None,
        "run_id": None,
    }


def _turns(
    session: Session, places: Sequence[tuple[UUID, Mapping[str, Any]]]
) -> dict[tuple[UUID, int], SpokenTurn]:
    """The turns in which places lie; as they are searched, with their words."""
    ids = {key for key, place in places if place["turn"] is not None}
    positions = {place["turn"] for _, place in places if place["turn"] is not None}
    query = select(TurnRow).where(TurnRow.interaction_id.in_(ids), TurnRow.position.in_(positions))
    rows = list(session.scalars(query))
    keys = [(row.interaction_id, row.position) for row in rows]
    return dict(zip(keys, spoken_turns(rows), strict=True))


def _places(
    interaction_id: UUID, places: Sequence[Mapping[str, Any]], turns: Mapping[tuple[UUID, int], SpokenTurn]
) -> list[ShownPlace]:
    """Places with their words, and with the times of these words where they have any."""
    shown = []
    for place in places:
        turn = turns.get((interaction_id, place["turn"])) if place["turn"] is not None else None
        if turn is None:
            shown.append(ShownPlace(**place))
            continue
        start, end = place["start"] or 0, place["end"] or 0
        begin, finish = times_of(turn, start, end)
        exact = {**place, "start_ms": begin, "end_ms": finish}
        shown.append(ShownPlace(**exact, text=turn.text[start:end], party=turn.party))
    return shown


def counts(session: Session, rule: RuleRow) -> dict[str, int]:
    """How many results of each outcome are stored."""
    query = select(RuleResultRow.outcome, func.count().label("number"))
    query = query.where(RuleResultRow.rule_id == rule.id).group_by(RuleResultRow.outcome)
    found = {row.outcome: row.number for row in session.execute(query)}
    return {outcome.value: found.get(outcome.value, 0) for outcome in Outcome}
