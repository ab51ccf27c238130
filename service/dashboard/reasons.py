"""Reasons: the taxonomies that users own, their drafts and versions, models with their reports, re-runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from service.dashboard.options import text
from service.dashboard.rendering import render
from service.dashboard.route import PageRoute
from service.dashboard.visitor import Reader
from service.deps import SessionDep
from service.store import archive_runs, call_reasons, reason_models, reason_runs, taxonomies, taxonomy_history
from service.store.database import Session
from service.store.tables import ArchiveRunRow
from service.store.task_views import TaskView
from service.store.taxonomy_tables import ReasonModelRow, TaxonomyRow
from service.taxonomies import Reason, tops

router = APIRouter(route_class=PageRoute)
RUNS, MODELS, CONFUSIONS = 3, 10, 8
_DONE = frozenset(
    {"made", "saved", "changed", "published", "removed", "examples", "training", "in_use", "shipped", "rerun"}
)


@dataclass(frozen=True)
class Line:
    """One reason of the draft, with its examples and what the last training says of it."""

    reason: Reason
    examples: int
    figures: Mapping[str, Any] | None


@dataclass(frozen=True)
class Model:
    """A model, the task that trains it, and its report."""

    row: ReasonModelRow
    task: TaskView | None
    in_use: bool
    figures: Mapping[str, Any] | None
    threshold: float | None
    warnings: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Run:
    """A re-run with what changed."""

    row: ArchiveRunRow
    reasons: Sequence[reason_runs.ReasonCount]
    changes: Sequence[reason_runs.LabelChange]


@router.get("/reasons", name="reasons_page")
def show(request: Request, visitor: Reader, session: SessionDep) -> Response:
    """The taxonomies; with ``?taxonomy=`` one of them with everything that is done with it."""
    name = text(request.query_params, "taxonomy")
    row = taxonomies.find(session, name) if name else None
    used = reason_models.in_use(session)
    models = (
        [_model(session, one, used) for one in reason_models.models(session, row, limit=MODELS)]
        if row
        else []
    )
    last = taxonomies.newest(session, row) if row else None
    current = call_reasons.current(session)
    said = request.query_params.get("done")
    return render(
        request,
        "reasons.html",
        rows=[(one, taxonomies.newest(session, one)) for one in taxonomies.list_all(session)],
        used=used,
        current=current[0] if current else None,
        shipped=call_reasons.shipped(session)[:1],
        row=row,
        etag=taxonomies.etag(row) if row else "",
        last=last,
        unpublished=taxonomy_history.unpublished(session, row)
        if row and taxonomies.has_changes(row, last)
        else [],
        changed=row is not None and taxonomies.has_changes(row, last),
        lines=_lines(session, row, models) if row else [],
        tops=[one.name for one, _ in tops(taxonomies.draft(row))] if row else [],
        versions=[
            (one, taxonomy_history.changes_of(session, row, one)) for one in taxonomies.versions(session, row)
        ]
        if row
        else [],
        models=models,
        confusions=CONFUSIONS,
        runs=[_run(one) for one in archive_runs.latest(session, reason_runs.KIND, limit=RUNS)],
        may_set=visitor.may_administer,
        did=said if said in _DONE else None,
    )


def _lines(session: Session, row: TaxonomyRow, models: Sequence[Model]) -> list[Line]:
    counts = taxonomies.example_counts(session, row)
    measured = next((one.figures for one in models if one.figures), None) or {}
    by_name = {one["name"]: one for one in measured.get("per_reason", ())}
    return [
        Line(reason, counts.get(reason.name, 0), by_name.get(reason.name))
        for top, subs in tops(taxonomies.draft(row))
        for reason in (top, *subs)
    ]


def _model(session: Session, row: ReasonModelRow, used: ReasonModelRow | None) -> Model:
    return Model(
        row=row,
        task=reason_models.task_of(session, row) if row.trained_at is None else None,
        in_use=used is not None and used.id == row.id,
        figures=row.report.get("figures"),
        threshold=(row.report.get("thresholds") or {}).get("primary"),
        warnings=row.report.get("warnings") or (),
    )


def _run(row: ArchiveRunRow) -> Run:
    return Run(row, reason_runs.by_reason(row), reason_runs.label_changes(row))
