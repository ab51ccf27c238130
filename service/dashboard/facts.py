"""Facts: how often competitors, products and places are named, and the lists of terms that are sought."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from service.dashboard.catalogue import words
from service.dashboard.charts import Bar, Chart, ranked
from service.dashboard.formats import zone
from service.dashboard.options import text
from service.dashboard.picked import DAYS, picked
from service.dashboard.rendering import address, formats, render
from service.dashboard.route import PageRoute
from service.dashboard.tasks import done
from service.dashboard.term_lines import read_lines, written
from service.dashboard.visitor import OwnForm, Reader
from service.deps import DatabaseDep, JobsDep, SessionDep, SettingsDep
from service.errors import InvalidInput
from service.intake.term_lists import read_term_list
from service.store import archive_runs, fact_trends, facts, overview, term_lists, versions
from service.store.fact_trends import FactTrend

router = APIRouter(route_class=PageRoute)
COUNTED = ("competitor", "product", "place", "term", "switch_intent")
CHARTED = 12
LONGEST_NAME = 200


@dataclass(frozen=True)
class Mentioned:
    """One name with the interactions in which it is found; ``voice`` is its share of all that are counted."""

    name: str
    count: int
    share: float | None
    voice: float
    change: float | None
    href: str


@router.get("/facts", name="facts_page")
def show(request: Request, visitor: Reader, session: SessionDep, settings: SettingsDep) -> Response:
    """What was named in a period, and the lists; with ``?list=`` the form of one."""
    query = request.query_params
    today = datetime.now(UTC).astimezone(zone(settings.time_zone)).date()
    period = picked(query, today=today, known=overview.days(session))
    kind = query.get("kind") if query.get("kind") in COUNTED else COUNTED[0]
    trend = fact_trends.facts(session, str(kind), first=period.first, last=period.last, bucket=period.bucket)
    found = _mentioned(trend)
    name = text(query, "list")
    row = term_lists.find(session, name) if name else None
    return render(
        request,
        "facts.html",
        period=period,
        periods=DAYS,
        kind=kind,
        kinds=COUNTED,
        trend=trend,
        mentioned=found,
        chart=_chart(request, found) if found else None,
        lists=term_lists.list_all(session),
        list_kinds=term_lists.KINDS,
        row=row,
        etag=versions.etag(row) if row else "",
        lines=written(row.terms) if row else "",
        runs=archive_runs.latest(session, facts.AGAIN, limit=3),
        may_set=visitor.may_administer,
        done=done(request),
    )


@router.post("/facts/lists", name="term_list_form")
def save(visitor: Reader, fields: OwnForm, database: DatabaseDep) -> Response:
    """Write a list as a whole; somebody else's change in between is not overwritten."""
    visitor.must_administer()
    name = fields.get("name", "").strip()
    if not 0 < len(name) <= LONGEST_NAME:
        raise InvalidInput("invalid_field", "A list has a name of up to 200 signs.", "Give it one.")
    kind, terms = read_term_list({"kind": fields.get("kind"), "terms": read_lines(fields.get("lines", ""))})
    with database.transaction() as session:
        term_lists.put(session, name, kind, terms, if_match=fields.get("etag") or None)
    return RedirectResponse(f"/facts?list={quote(name, safe='')}&done=terms_saved#form", 303)


@router.post("/facts/lists/remove", name="term_list_remove_form")
def remove(visitor: Reader, fields: OwnForm, database: DatabaseDep) -> Response:
    """Forget a list and what was found by it."""
    visitor.must_administer()
    with database.transaction() as session:
        term_lists.delete(session, fields.get("name", ""), if_match=fields.get("etag") or None)
    return RedirectResponse("/facts?done=terms_removed", 303)


@router.post("/facts/lists/apply", name="term_lists_apply_form")
def apply_lists(visitor: Reader, fields: OwnForm, database: DatabaseDep, jobs: JobsDep) -> Response:
    """Seek facts in the whole archive with the lists of today."""
    visitor.must_administer()
    with database.transaction() as session:
        _, task = facts.begin_again(session)
    jobs.ring(task.id, task.job_queue)
    return RedirectResponse("/facts?done=terms_applied", 303)


def _mentioned(trend: FactTrend) -> list[Mentioned]:
    total = sum(line.count for line in trend.rows)
    return [
        Mentioned(
            name=line.name,
            count=line.count,
            share=line.share,
            voice=line.count / total if total else 0.0,
            change=line.change_points,
            href=address(
                "/interactions", fact_kind=trend.kind, fact=line.name, first=trend.first, last=trend.last
            ),
        )
        for line in trend.rows
    ]


def _chart(request: Request, found: Sequence[Mentioned]) -> Chart:
    texts, numbers = words(request.state.language), formats(request)
    bars = [
        Bar(
            label=one.name or texts("facts.nobody_named"),
            value=one.share or 0.0,
            text=numbers.percent(one.share, 1),
            said=texts(
                "overview.said_reason",
                name=one.name or texts("facts.nobody_named"),
                share=numbers.percent(one.share, 1),
                count=numbers.number(one.count),
            ),
            href=one.href,
        )
        for one in found[:CHARTED]
    ]
    top = ", ".join(f"{bar.label} {bar.text}" for bar in bars[:3])
    return ranked(bars, title=texts("facts.mentioned"), description=texts("facts.chart", top=top))
