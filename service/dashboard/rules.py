"""Rules: written as text, tried on the archive before they are saved, applied, their results marked."""

from dataclasses import dataclass
from typing import get_args
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from service.dashboard.options import text
from service.dashboard.rendering import render
from service.dashboard.route import PageRoute
from service.dashboard.tasks import done
from service.dashboard.visitor import OwnForm, Reader, Visitor
from service.deps import DatabaseDep, JobsDep, SessionDep, SettingsDep
from service.errors import InvalidInput
from service.intake.rules import RuleSettings, read_label
from service.rules import Outcome, parse, written
from service.rules.figures import Figures, figures
from service.store import archive_runs, rule_marks, rule_results, rule_runs, rule_trials, rule_warnings, rules
from service.store.database import Session
from service.store.filters import InteractionFilter
from service.store.rule_results import ShownPlace
from service.store.rule_trials import Trial, Tried, Wanted
from service.store.rule_warnings import Warned
from service.store.tables import ArchiveRunRow

router = APIRouter(route_class=PageRoute)
LISTED, JOBS = 20, 5
FIELDS = ("name", "rule", "description", "enabled", "against", "show")
WANTED: tuple[Wanted, ...] = get_args(Wanted)


@dataclass(frozen=True)
class Shown:
    """A dry run as the page tells it; ``counts`` are those of the job once there is one."""

    rule: str
    counts: dict[str, int]
    codes: list[tuple[str, int]]
    figures: Figures | None
    warnings: list[Warned]
    items: list[tuple[Tried, list[ShownPlace]]]
    complete: bool


@router.get("/rules", name="rules_page")
def show(request: Request, visitor: Reader, session: SessionDep) -> Response:
    """Every rule, and the form of one: ``?rule=`` names it, ``?run=`` shows the counts of a large dry run."""
    name = text(request.query_params, "rule")
    row = rules.find(session, name) if name else None
    fields = {"rule": row.rule, "description": row.description} if row else {}
    fields |= {"enabled": "on"} if row is None or row.enabled else {}
    return _page(request, visitor, session, fields, name=row.name if row else None)


@router.post("/rules/try", name="rule_try_form")
def try_rule(
    request: Request,
    visitor: Reader,
    fields: OwnForm,
    database: DatabaseDep,
    jobs: JobsDep,
    settings: SettingsDep,
) -> Response:
    """What the rule in the form would find; a large archive is counted on by a job."""
    name = fields.get("name") or None
    with database.reading() as session:
        known = rules.find(session, name) if name else None
        try:
            plan, shown = _tried(session, fields, name, settings.time_zone)
        except InvalidInput as error:
            mistake = f"{error.detail} {error.remedy}".strip()
            return _page(request, visitor, session, fields, name=name if known else None, mistake=mistake)
        if shown.complete:
            return _page(request, visitor, session, fields, name=name if known else None, shown=shown)
    with database.transaction() as writing:
        run, task = rule_runs.begin_trial(writing, plan, InteractionFilter())
    jobs.ring(task.id, task.job_queue)
    with database.reading() as session:
        return _page(request, visitor, session, fields, name=name if known else None, shown=shown, run=run)


@router.post("/rules", name="rule_form")
def save(request: Request, visitor: Reader, fields: OwnForm, database: DatabaseDep) -> Response:
    """Save the rule in the form; somebody else's change in between is not overwritten."""
    visitor.must_administer()
    name = fields.get("name", "")
    try:
        if not 0 < len(name) <= 200:
            raise InvalidInput("invalid_field", "A rule has a name of up to 200 signs.", "Give it one.")
        new = RuleSettings(
            rule=fields.get("rule", "")[:10_000],
            description=fields.get("description", "")[:1000],
            enabled="enabled" in fields,
        ).new(name)
        with database.transaction() as session:
            etag = fields.get("etag") or None
            row, _ = rules.put(session, new, owner=visitor.key_name, if_match=etag)
            saved = row.name
    except InvalidInput as error:
        with database.reading() as session:
            known = rules.find(session, name)
            mistake = f"{error.detail} {error.remedy}".strip()
            return _page(
                request, visitor, session, fields, name=known.name if known else None, mistake=mistake
            )
    return RedirectResponse(f"/rules?rule={quote(saved, safe='')}&done=rule_saved#form", 303)


@router.post("/rules/delete", name="rule_delete_form")
def delete(visitor: Reader, fields: OwnForm, database: DatabaseDep) -> Response:
    """Forget a rule and what came of it."""
    visitor.must_administer()
    with database.transaction() as session:
        rules.delete(session, fields.get("name", ""), if_match=fields.get("etag") or None)
    return RedirectResponse("/rules?done=rule_deleted", 303)


@router.post("/rules/apply", name="rule_apply_form")
def apply_rule(visitor: Reader, fields: OwnForm, database: DatabaseDep, jobs: JobsDep) -> Response:
    """Apply a rule to the whole archive."""
    visitor.must_administer()
    with database.transaction() as session:
        _, task = rule_runs.begin_apply(session, rules.get(session, fields.get("name", "")))
    jobs.ring(task.id, task.job_queue)
    return RedirectResponse("/rules?done=rule_applied", 303)


@router.post("/rules/mark", name="rule_mark_form")
def mark(visitor: Reader, fields: OwnForm, database: DatabaseDep) -> Response:
    """Say on the page of an interaction whether a rule should match it."""
    visitor.must_write()
    try:
        interaction_id = UUID(fields.get("interaction", ""))
    except ValueError:
        raise InvalidInput("invalid_field", "This names no interaction.", "Go back and try again.") from None
    should = fields.get("should_match") == "yes"
    with database.transaction() as session:
        row = rules.get(session, fields.get("name", ""))
        rule_marks.put(session, row, interaction_id, should_match=should, marked_by=visitor.key_name)
    return RedirectResponse(f"/interactions/{interaction_id}?done=rule_marked#rules", 303)


def _tried(
    session: Session, fields: dict[str, str], name: str | None, time_zone: str
) -> tuple[rule_trials.Plan, Shown]:
    tree = parse(fields.get("rule", ""))
    rules.check(session, name or "", tree)
    plan = rule_trials.Plan(
        tree=tree,
        library=rule_runs.library_with(session, name, tree),
        time_zone=time_zone,
        saved=rules.find(session, name) if name else None,
        against=read_label(fields.get("against")),
    )
    wanted = next((each for each in WANTED if each == fields.get("show")), WANTED[0])
    trial = rule_trials.run(session, plan, filters=InteractionFilter(), wanted=wanted, limit=LISTED)
    return plan, _shown(session, plan, trial)


def _shown(session: Session, plan: rule_trials.Plan, trial: Trial) -> Shown:
    places = rule_results.shown_places(session, {one.interaction.id: one.verdict for one in trial.items})
    return Shown(
        rule=written(plan.tree),
        counts=_named(trial.counts),
        codes=_codes(trial.counts),
        figures=figures(trial.counts),
        warnings=rule_warnings.warnings(session, plan.tree, plan.library),
        items=[(one, places[one.interaction.id]) for one in trial.items],
        complete=trial.complete,
    )


def _page(
    request: Request,
    visitor: Visitor,
    session: Session,
    fields: dict[str, str],
    *,
    name: str | None,
    mistake: str | None = None,
    shown: Shown | None = None,
    run: ArchiveRunRow | None = None,
) -> Response:
    row = rules.find(session, name) if name else None
    listed = [(one, rule_results.counts(session, one)) for one in rules.list_all(session)]
    return render(
        request,
        "rules.html",
        status=422 if mistake else 200,
        listed=listed,
        row=row,
        etag=rules.etag(row) if row else "",
        marked=rule_marks.figures_of(session, row) if row else None,
        fields={name: fields.get(name, "") for name in FIELDS},
        wanted=WANTED,
        mistake=mistake,
        shown=shown,
        run=run or _asked_run(request, session),
        named=_named,
        figures_of=figures,
        outcomes=[outcome.value for outcome in Outcome],
        jobs=archive_runs.latest(session, rule_runs.APPLY, limit=JOBS),
        may_set=visitor.may_administer,
        done=done(request),
    )


def _asked_run(request: Request, session: Session) -> ArchiveRunRow | None:
    """The dry run named in the address, if it is one."""
    try:
        wanted = UUID(request.query_params.get("run", ""))
    except ValueError:
        return None
    return rule_runs.get_trial(session, wanted)


def _named(counts: dict[str, int]) -> dict[str, int]:
    """Counts by outcome and change, zeros included."""
    found = {outcome.value: counts.get(f"{outcome}_after", 0) for outcome in Outcome}
    names = ("matched_before", "newly_matched", "no_longer_matched")
    return found | {name: counts.get(name, 0) for name in names} | {"seen": sum(found.values())}


def _codes(counts: dict[str, int]) -> list[tuple[str, int]]:
    """Why some could not be evaluated, the most frequent reason first."""
    found = [
        (name.removeprefix("code:"), count) for name, count in counts.items() if name.startswith("code:")
    ]
    return sorted(found, key=lambda item: (-item[1], item[0]))
