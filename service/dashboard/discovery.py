"""Discovery: what customers say more than before, and themes among what no reason explains."""

from datetime import UTC, datetime
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from service.dashboard.formats import zone
from service.dashboard.options import day, text
from service.dashboard.picked import DAYS, picked
from service.dashboard.rendering import render
from service.dashboard.route import PageRoute
from service.dashboard.tasks import done
from service.dashboard.visitor import OwnForm, Reader
from service.deps import DatabaseDep, JobsDep, SessionDep, SettingsDep
from service.errors import InvalidInput
from service.store import archive_runs, new_words, overview, taxonomies, theme_acceptance, themes
from service.store.themes import Asked
from service.taxonomies import tops

router = APIRouter(route_class=PageRoute)
WORDS, RUNS, QUOTES = 25, 5, 3
FEWEST = (2, 1000)


@router.get("/discovery", name="discovery_page")
def show(request: Request, visitor: Reader, session: SessionDep, settings: SettingsDep) -> Response:
    """New words of a period, and the themes of the newest job, or of ``?run=``."""
    query = request.query_params
    today = datetime.now(UTC).astimezone(zone(settings.time_zone)).date()
    period = picked(query, today=today, known=overview.days(session))
    runs = archive_runs.latest(session, themes.KIND, limit=RUNS)
    run = next((one for one in runs if str(one.id) == query.get("run")), runs[0] if runs else None)
    return render(
        request,
        "discovery.html",
        period=period,
        periods=DAYS,
        words=new_words.new_words(session, first=period.first, last=period.last, limit=WORDS),
        runs=runs,
        run=run,
        themes=themes.of(session, run.id, quotes=QUOTES) if run else [],
        taxonomies=[
            (one.name, [top.name for top, _ in tops(taxonomies.draft(one))])
            for one in taxonomies.list_all(session)
        ],
        may_set=visitor.may_administer,
        done=done(request),
    )


@router.post("/discovery/themes", name="themes_form")
def seek(visitor: Reader, fields: OwnForm, database: DatabaseDep, jobs: JobsDep) -> Response:
    """Seek themes anew."""
    visitor.must_administer()
    given = fields.get("fewest", "")
    if not given.isascii() or not given.isdigit() or not FEWEST[0] <= int(given) <= FEWEST[1]:
        raise InvalidInput("invalid_field", "A theme has 2 to 1000 interactions.", "Give a number between.")
    asked = Asked(reason=text(fields, "reason"), everything=fields.get("everything") == "yes")
    with database.transaction() as session:
        days = (day(fields, "first"), day(fields, "last"))
        _, task = themes.begin(session, asked, days=days, fewest=int(given))
    jobs.ring(task.id, task.job_queue)
    return RedirectResponse("/discovery?done=themes_sought#themes", 303)


@router.post("/discovery/themes/{theme_id}/accept", name="accept_theme_form")
def accept(visitor: Reader, fields: OwnForm, theme_id: UUID, database: DatabaseDep) -> Response:
    """Make a theme a reason of a taxonomy's draft."""
    visitor.must_administer()
    with database.transaction() as session:
        theme_acceptance.accept(
            session,
            theme_id,
            fields.get("taxonomy", ""),
            fields.get("reason", ""),
            author=visitor.key_name,
            parent=text(fields, "parent"),
        )
    return RedirectResponse("/discovery?done=theme_accepted#themes", 303)
