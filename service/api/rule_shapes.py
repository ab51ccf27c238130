"""Rules and what came of them as their callers see them."""

from collections.abc import Mapping, Sequence

from service.api.rule_schemas import (
    FiguresOut,
    FoundOut,
    PlaceOut,
    RuleDetail,
    RuleOut,
    RuleResultOut,
    TrialCounts,
    WarnedOut,
)
from service.rules.case import Library
from service.rules.figures import figures
from service.rules.tree import Node
from service.rules.verdicts import Outcome
from service.store import rule_marks, rule_results, rule_warnings, rules
from service.store.database import Session
from service.store.rule_results import ShownResult
from service.store.rule_trials import Trial
from service.store.tables import InteractionRow, RuleRow


def detail(session: Session, row: RuleRow) -> RuleDetail:
    """A rule with its warnings, counts and figures."""
    found = rule_marks.figures_of(session, row)
    return RuleDetail(
        **RuleOut.model_validate(row).model_dump(),
        warnings=warned(session, rules.tree_of(row), rules.library(session)),
        counts=rule_results.counts(session, row),
        figures=FiguresOut.model_validate(found) if found else None,
    )


def warned(session: Session, tree: Node, library: Library) -> list[WarnedOut]:
    """What is odd about a rule."""
    return [WarnedOut.model_validate(one) for one in rule_warnings.warnings(session, tree, library)]


def result(shown: ShownResult) -> RuleResultOut:
    """A result in one interaction."""
    return RuleResultOut(
        rule=shown.name,
        rule_version=shown.row.rule_version,
        outcome=shown.row.outcome,
        codes=shown.row.codes,
        places=[PlaceOut.model_validate(place) for place in shown.places],
        should_match=shown.should_match,
    )


def found(interaction: InteractionRow, shown: ShownResult) -> FoundOut:
    """A stored result of one rule."""
    return FoundOut(
        **_whose(interaction),
        outcome=shown.row.outcome,
        before=shown.row.before,
        codes=shown.row.codes,
        should_match=shown.should_match,
        places=[PlaceOut.model_validate(place) for place in shown.places],
    )


def tried(session: Session, trial: Trial) -> list[FoundOut]:
    """What a dry run lists."""
    verdicts = {one.interaction.id: one.verdict for one in trial.items}
    places = rule_results.shown_places(session, verdicts)
    return [
        FoundOut(
            **_whose(one.interaction),
            outcome=one.verdict.outcome.value,
            before=one.before,
            codes=[code.value for code in one.verdict.codes],
            should_match=one.label,
            places=[PlaceOut.model_validate(place) for place in places[one.interaction.id]],
        )
        for one in trial.items
    ]


def trial_counts(counts: Mapping[str, int]) -> TrialCounts:
    """What a dry run counted, under the names of its callers."""
    now = {outcome.value: counts.get(f"{outcome}_after", 0) for outcome in Outcome}
    labelled = figures(counts)
    return TrialCounts(
        seen=sum(now.values()),
        **now,
        not_evaluated_by={
            name.removeprefix("code:"): count
            for name, count in sorted(counts.items())
            if name.startswith("code:")
        },
        saved_matched=counts.get("matched_before", 0),
        newly_matched=counts.get("newly_matched", 0),
        no_longer_matched=counts.get("no_longer_matched", 0),
        figures=FiguresOut.model_validate(labelled) if labelled else None,
    )


def _whose(row: InteractionRow) -> dict[str, object]:
    same = ("started_at", "channel", "agent", "queue")
    return {"interaction_id": row.id, **{name: getattr(row, name) for name in same}}


def lines(rows: Sequence[RuleRow]) -> list[RuleOut]:
    """Rules in a list."""
    return [RuleOut.model_validate(row) for row in rows]
