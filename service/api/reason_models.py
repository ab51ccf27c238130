"""Trained models of own taxonomies: trained as a job, put to use, and the archive labelled anew."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Response

from service.api.archive_run_shapes import run_out
from service.api.bodies import described, json_body
from service.api.callers import Administrator, Reader
from service.api.problems import documented
from service.api.reason_model_schemas import (
    LabelChangeOut,
    ReasonCountOut,
    ReasonModelOut,
    ReasonModels,
    RerunOut,
    RerunSettings,
)
from service.api.schemas import Failure
from service.deps import DatabaseDep, JobsDep, SessionDep, SettingsDep
from service.settings import Settings
from service.store import archive_runs, interactions, reason_models, reason_runs, taxonomies
from service.store.database import Session
from service.store.database import now as moment
from service.store.tables import ArchiveRunRow
from service.store.taxonomy_tables import ReasonModelRow

router = APIRouter(tags=["taxonomies"])
_Name = Annotated[str, Path(min_length=1, max_length=64)]
_Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


@router.post("/taxonomies/{name}/train", status_code=202, responses=documented(404, 409))
def train_taxonomy(
    name: _Name,
    caller: Administrator,
    database: DatabaseDep,
    jobs: JobsDep,
    settings: SettingsDep,
    response: Response,
) -> ReasonModelOut:
    """Train a model for the version published last, from descriptions, examples and corrections.

    Nothing is labelled by it before it is put to use.
    """
    with database.transaction() as session:
        model, task = reason_models.begin(session, name, author=caller.name, folder=settings.reasons_dir)
        found = _out(session, model)
    jobs.ring(task.id, task.job_queue)
    response.headers["Location"] = f"/v1/taxonomies/{name}/models/{found.number}"
    return found


@router.get("/taxonomies/{name}/models", responses=documented(404))
def list_reason_models(name: _Name, caller: Reader, session: SessionDep) -> ReasonModels:
    """The newest models of a taxonomy with their reports."""
    rows = reason_models.models(session, taxonomies.get(session, name))
    return ReasonModels(items=[_out(session, row) for row in rows])


@router.get("/taxonomies/{name}/models/{number}", responses=documented(404))
def get_reason_model(
    name: _Name, number: _Number, caller: Reader, session: SessionDep, response: Response
) -> ReasonModelOut:
    """One model with its report."""
    found = _out(session, reason_models.get(session, name, number))
    if found.state in ("queued", "running"):
        response.headers["Retry-After"] = "2"
    return found


@router.post("/taxonomies/{name}/models/{number}/activate", responses=documented(404, 409))
def activate_reason_model(
    name: _Name, number: _Number, caller: Administrator, database: DatabaseDep, settings: SettingsDep
) -> ReasonModelOut:
    """Label by this model from now on; workers see it at their next task. Labels that are there stay."""
    with database.transaction() as session:
        model = reason_models.get(session, name, number)
        reason_models.activate(session, model, author=caller.name, day=today(settings))
        return _out(session, model)


@router.post("/call-reasons/shipped/activate", status_code=204, responses=documented(404, 409))
def activate_shipped_reasons(caller: Administrator, database: DatabaseDep, settings: SettingsDep) -> None:
    """Label by the reasons that came with Overtone again."""
    with database.transaction() as session:
        reason_models.return_to_shipped(session, author=caller.name, day=today(settings))


@router.post(
    "/call-reasons/reruns",
    status_code=202,
    responses=documented(),
    openapi_extra=described(RerunSettings),
)
def rerun_call_reasons(
    caller: Administrator,
    wanted: Annotated[RerunSettings, Depends(json_body(RerunSettings))],
    database: DatabaseDep,
    jobs: JobsDep,
    response: Response,
) -> RerunOut:
    """Find reasons anew where another version labelled before; a dry run (the default) counts only.

    The labels before are kept; what people have said is not touched.
    """
    with database.transaction() as session:
        days = (wanted.first, wanted.last)
        run, task = reason_runs.begin(session, dry_run=wanted.dry_run, days=days)
        found = _run(session, run)
    jobs.ring(task.id, task.job_queue)
    response.headers["Location"] = f"/v1/call-reasons/reruns/{run.id}"
    return found


@router.get("/call-reasons/reruns/{run_id}", responses=documented(404))
def get_rerun(run_id: UUID, caller: Reader, session: SessionDep, response: Response) -> RerunOut:
    """How far it is, and what changed: by reason, and from which to which."""
    found = _run(session, archive_runs.get(session, run_id))
    if found.run.state in ("queued", "running"):
        response.headers["Retry-After"] = "2"
    return found


def today(settings: Settings) -> date:
    """The local day."""
    return interactions.day_of(moment(), time_zone=settings.time_zone)


def _run(session: Session, run: ArchiveRunRow) -> RerunOut:
    return RerunOut(
        run=run_out(session, run),
        dry_run=bool(run.parameters.get("dry_run")),
        same=run.counts.get("same", 0),
        changed=run.counts.get("changed", 0),
        reasons=[ReasonCountOut.model_validate(one) for one in reason_runs.by_reason(run)],
        changes=[LabelChangeOut.model_validate(one) for one in reason_runs.label_changes(run)],
    )


def _out(session: Session, model: ReasonModelRow) -> ReasonModelOut:
    view = reason_models.task_of(session, model)
    used = reason_models.in_use(session)
    return ReasonModelOut(
        number=model.number,
        taxonomy=reason_models.version_of(session, model).taxonomy,
        taxonomy_version=model.taxonomy_version,
        state=view.state if view else "done",
        error=Failure(code=view.error_code, detail=view.error_detail or "")
        if view and view.error_code
        else None,
        in_use=used is not None and used.id == model.id,
        examples=model.examples,
        corrections=model.corrections,
        report=model.report,
        sha256=model.digest,
        created_at=model.created_at,
        created_by=model.created_by,
        trained_at=model.trained_at,
    )
