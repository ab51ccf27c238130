"""What people say an interaction was about: the form on its page, and how right the model's labels are."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from service.dashboard.formats import zone
from service.dashboard.options import day
from service.dashboard.rendering import render
from service.dashboard.route import PageRoute
from service.dashboard.visitor import OwnForm, Reader
from service.deps import DatabaseDep, SessionDep, SettingsDep
from service.store import reason_accuracy, reason_corrections
from service.store.reason_corrections import Correction
from service.store.trends import Level

router = APIRouter(route_class=PageRoute)
DAYS = 90
WITHDRAW = "withdraw"


@router.get("/reasons/accuracy", name="accuracy_page")
def show(request: Request, visitor: Reader, session: SessionDep, settings: SettingsDep) -> Response:
    """Agreement, precision, recall and kappa per reason, and between people."""
    query = request.query_params
    last = day(query, "last") or datetime.now(UTC).astimezone(zone(settings.time_zone)).date()
    first = day(query, "first") or last - timedelta(days=DAYS - 1)
    level = Level.TOP if query.get("level") == "top" else Level.SUB
    found = reason_accuracy.accuracy(session, first=first, last=last, level=level)
    return render(request, "accuracy.html", found=found, level=level.value)


@router.post("/interactions/{interaction_id}/reasons", name="correction_form")
def correct(visitor: Reader, fields: OwnForm, interaction_id: UUID, database: DatabaseDep) -> Response:
    """Say what it was about, that it is none of the reasons, that the label is wrong, or take it back."""
    visitor.must_write()
    verdict, turn = fields.get("verdict", ""), fields.get("turn", "")
    with database.transaction() as session:
        if verdict == WITHDRAW:
            reason_corrections.withdraw(session, interaction_id, author=visitor.key_name)
        else:
            said = _said(verdict, [fields.get("primary", ""), fields.get("further", "")], turn)
            reason_corrections.put(session, interaction_id, said, author=visitor.key_name)
    return RedirectResponse(f"/interactions/{interaction_id}?done=corrected#reasons", 303)


def _said(verdict: str, names: list[str], turn: str) -> Correction:
    if verdict in ("none", "wrong"):
        return Correction(verdict=verdict)
    reasons = [name for name in names if name]
    return Correction(verdict="reasons", reasons=reasons, turn=int(turn) if turn.isdecimal() else None)
