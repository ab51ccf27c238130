"""Rules: saved, changed, tried before they are saved, applied to the archive; what came of them."""

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response

from service.api import rule_shapes
from service.api.archive_run_shapes import ArchiveRunOut, run_out
from service.api.bodies import described, json_body
from service.api.callers import Administrator, Ingester, Reader
from service.api.links import next_page
from service.api.problems import documented
from service.api.rule_schemas import (
    RuleDetail,
    RuleMatches,
    RuleResults,
    Rules,
    RuleTrialRun,
    RuleVersionOut,
    RuleVersions,
    TrialOut,
)
from service.api.schemas import Cursor, Limit, OutcomeName
from service.deps import DatabaseDep, JobsDep, SessionDep, SettingsDep
from service.intake.rules import RuleMark, RuleSettings, RuleTrial
from service.rules.writing import written
from service.store import interactions, rule_marks, rule_results, rule_runs, rule_trials, rules
from service.store.tables import RuleRow

router = APIRouter(tags=["rules"])
_LATER: dict[int | str, dict[str, Any]] = {202: {"model": TrialOut, "description": "A job counts the rest"}}
_Name = Annotated[str, Path(min_length=1, max_length=200)]
_IfMatch = Annotated[str | None, Header(description="ETag of the rule as it was read")]


@router.get("/rules", responses=documented())
def list_rules(caller: Reader, session: SessionDep) -> Rules:
    """Every rule; the enabled ones are applied to each new interaction."""
    return Rules(items=rule_shapes.lines(rules.list_all(session)))


@router.get("/rules/{name}", responses=documented(404))
def get_rule(name: _Name, caller: Reader, session: SessionDep, response: Response) -> RuleDetail:
    """One rule, with what is odd about it and its figures beside what people said of its results."""
    row = rules.get(session, name)
    response.headers["ETag"] = rules.etag(row)
    return rule_shapes.detail(session, row)


@router.get("/rules/{name}/versions", responses=documented(404))
def list_rule_versions(name: _Name, caller: Reader, session: SessionDep) -> RuleVersions:
    """All that a rule was."""
    found = rules.versions(session, rules.get(session, name))
    return RuleVersions(items=[RuleVersionOut.model_validate(row) for row in found])


@router.put("/rules/{name}", responses=documented(409, 412), openapi_extra=described(RuleSettings))
def put_rule(
    name: _Name,
    caller: Administrator,
    wanted: Annotated[RuleSettings, Depends(json_body(RuleSettings))],
    database: DatabaseDep,
    response: Response,
    if_match: _IfMatch = None,
) -> RuleDetail:
    """Save a rule; it applies to interactions analysed from now on, `apply` takes it to the old ones.

    Refused with the place of the mistake (`bad_rule`), or if it can never match (`contradictory_rule`).
    """
    new = wanted.new(name)
    with database.transaction() as session:
        row, created = rules.put(session, new, owner=caller.name, if_match=if_match)
        response.status_code = 201 if created else 200
        response.headers["ETag"] = rules.etag(row)
        return rule_shapes.detail(session, row)


@router.delete("/rules/{name}", status_code=204, responses=documented(404, 409, 412))
def delete_rule(name: _Name, caller: Administrator, database: DatabaseDep, if_match: _IfMatch = None) -> None:
    """Forget a rule, its results and what people said of them."""
    with database.transaction() as session:
        rules.delete(session, name, if_match=if_match)


@router.post("/rules/dry-run", responses=documented() | _LATER, openapi_extra=described(RuleTrial))
def try_rule(
    caller: Reader,
    asked: Annotated[RuleTrial, Depends(json_body(RuleTrial))],
    database: DatabaseDep,
    jobs: JobsDep,
    settings: SettingsDep,
    response: Response,
) -> TrialOut:
    """What a rule would find, which interactions, and what that changes; it is not saved.

    An archive too large to be read at once is counted by a job: 202, its address in `Location`. The list goes
    on with `cursor`.
    """
    node, label = asked.node(), asked.label()
    with database.reading() as session:
        plan = rule_trials.Plan(
            tree=node,
            library=rule_runs.library_with(session, asked.name, node),
            time_zone=settings.time_zone,
            saved=rules.find(session, asked.name) if asked.name else None,
            against=label,
        )
        rules.check(session, asked.name or "", node)
        trial = rule_trials.run(
            session, plan, filters=asked.filters(), wanted=asked.show, cursor=asked.cursor, limit=asked.limit
        )
        items = rule_shapes.tried(session, trial)
        warnings = rule_shapes.warned(session, node, plan.library)
    job = None
    if not trial.complete and asked.cursor is None:
        with database.transaction() as session:
            run, task = rule_runs.begin_trial(session, plan, asked.filters())
            job = run_out(session, run)
        jobs.ring(task.id, task.job_queue)
        response.status_code = 202
        response.headers["Location"] = f"/v1/rules/dry-runs/{job.id}"
    return TrialOut(
        rule=written(node),
        warnings=warnings,
        complete=trial.complete,
        counts=rule_shapes.trial_counts(trial.counts),
        items=items,
        next_cursor=trial.next_cursor,
        run=job,
    )


@router.get("/rules/dry-runs/{run_id}", responses=documented(404))
def get_rule_trial(run_id: UUID, caller: Reader, session: SessionDep, response: Response) -> RuleTrialRun:
    """How far a dry run is that a job does, and what it has counted."""
    run = rule_runs.get_trial(session, run_id)
    found = run_out(session, run)
    if found.state in ("queued", "running"):
        response.headers["Retry-After"] = "2"
    return RuleTrialRun(run=found, counts=rule_shapes.trial_counts(run.counts))


@router.post("/rules/{name}/apply", status_code=202, responses=documented(404))
def apply_rule(
    name: _Name, caller: Administrator, database: DatabaseDep, jobs: JobsDep, response: Response
) -> ArchiveRunOut:
    """Apply a rule to the whole archive by a job; its address is in `Location`."""
    with database.transaction() as session:
        run, task = rule_runs.begin_apply(session, rules.get(session, name))
        found = run_out(session, run)
    jobs.ring(task.id, task.job_queue)
    response.headers["Location"] = f"/v1/archive-runs/{found.id}"
    return found


@router.get("/rules/{name}/results", responses=documented(404))
def list_rule_results(  # noqa: PLR0913 - each is a query parameter
    request: Request,
    response: Response,
    name: _Name,
    caller: Reader,
    session: SessionDep,
    outcome: OutcomeName | None = None,
    run: Annotated[UUID | None, Query(description="Only what this job over the archive wrote")] = None,
    change: Annotated[
        Literal["newly_matched", "no_longer_matched"] | None, Query(description="What that job changed")
    ] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> RuleMatches:
    """Which interactions a rule matched, did not match or could not be evaluated on, with the places."""
    row: RuleRow = rules.get(session, name)
    page = rule_results.find(
        session, row, outcome=outcome, run_id=run, change=change, cursor=cursor, limit=limit
    )
    if page.next_cursor:
        response.headers["Link"] = next_page(request, page.next_cursor)
    return RuleMatches(
        items=[rule_shapes.found(interaction, shown) for interaction, shown in page.items],
        next_cursor=page.next_cursor,
    )


@router.get("/interactions/{interaction_id}/rules", responses=documented(404))
def get_rule_results(interaction_id: UUID, caller: Reader, session: SessionDep) -> RuleResults:
    """What came of all rules in one interaction."""
    row = interactions.get(session, interaction_id)
    return RuleResults(items=[rule_shapes.result(shown) for shown in rule_results.of(session, row.id)])


@router.put(
    "/rules/{name}/marks/{interaction_id}",
    status_code=204,
    responses=documented(404),
    openapi_extra=described(RuleMark),
)
def mark_rule(
    name: _Name,
    interaction_id: UUID,
    caller: Ingester,
    said: Annotated[RuleMark, Depends(json_body(RuleMark))],
    database: DatabaseDep,
) -> None:
    """Say whether a rule should match an interaction; it feeds the rule's figures and its dry runs."""
    with database.transaction() as session:
        row = rules.get(session, name)
        rule_marks.put(session, row, interaction_id, should_match=said.should_match, marked_by=caller.name)


@router.delete("/rules/{name}/marks/{interaction_id}", status_code=204, responses=documented(404))
def unmark_rule(name: _Name, interaction_id: UUID, caller: Ingester, database: DatabaseDep) -> None:
    """Take a word back."""
    with database.transaction() as session:
        rule_marks.remove(session, rules.get(session, name), interaction_id)
