"""One interaction: what was said, what was found in it and why, and whose it is."""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from service.dashboard import findings, measures, sound, told
from service.dashboard.catalogue import Words, words
from service.dashboard.options import reason_choices
from service.dashboard.rendering import formats, render
from service.dashboard.roles import known_parties, spoken_roles
from service.dashboard.route import PageRoute
from service.dashboard.sentiment_course import course
from service.dashboard.tasks import done
from service.dashboard.visitor import OwnForm, Reader, Visitor
from service.deps import DatabaseDep, JobsDep, SessionDep, SettingsDep
from service.errors import NotFound
from service.listening import may_hear
from service.store import (
    analyses,
    customers,
    facts,
    interactions,
    phrase_hits,
    picks,
    reason_corrections,
    reason_models,
    reason_runs,
    roles,
    rule_results,
    task_lists,
    threads,
    transcripts,
    written_summaries,
)
from service.store.database import Session
from service.store.identifiers import Identifier
from service.store.tables import InteractionRow, Status
from service.store.task_views import TaskView

router = APIRouter(route_class=PageRoute)


@router.get("/interactions/{interaction_id}", name="interaction_page")
def show(request: Request, visitor: Reader, interaction_id: UUID, session: SessionDep) -> Response:
    """The page of one interaction, whatever stage it has reached."""
    row = interactions.get(session, interaction_id)
    texts, written = words(request.state.language), formats(request)
    transcript, analysis = transcripts.get(session, row.id), analyses.get(session, row.id)
    said, found = transcripts.turns(session, row.id), analyses.turn_findings(session, row.id)
    turns = told.turns(said, found)
    customer = customers.get(session, row.customer_id) if row.customer_id else None
    events = sound.events(row, transcript)
    task = task_lists.latest(session, row.id)
    return render(
        request,
        "interaction.html",
        row=row,
        heading=row.subject
        or row.file_name
        or texts("interaction.untitled", **_named(row, texts, written.day(row.day))),
        attachments=row.attachments or (),
        thread=threads.of(session, row.thread),
        done=done(request),
        may_write=visitor.may_write,
        failure=findings.failure(row, task),
        pending=_pending(row, task),
        notices=findings.notices(transcript),
        turns=turns,
        map=told.conversation_map(turns, sound.on_map(events, texts, written), texts, written),
        events=events,
        interludes=sound.interludes([turn.start_ms for turn in turns], events),
        loudness=sound.loudness(analysis, texts, written),
        roles=spoken_roles(row, transcript, turns),
        unsure=any(turn.shaded or turn.doubt for turn in turns),
        has_audio=may_hear(row, transcript, sensitive=visitor.may_hear_all),
        hidden_audio=row.playback_key is not None,
        transcribed=transcript is not None,
        analyzed=analysis is not None,
        sentiment=analysis.sentiment if analysis else None,
        no_reason=analysis.no_reason if analysis else None,
        reasons=findings.reasons(analyses.reasons(session, row.id), turns),
        said=_said(session, row.id, visitor),
        emotions=findings.emotions(analyses.emotions(session, row.id)),
        no_emotion=findings.no_emotion(transcript, said, found),
        course=course(analysis, texts, written),
        phrases=phrase_hits.of(session, row.id),
        rules=rule_results.telling(session, row.id),
        facts=facts.of(session, row.id),
        summary=picks.of(session, row.id),
        written=written_summaries.of(session, row.id),
        customer=customer,
        identifiers=customers.identifiers_of(session, [customer.id])[customer.id] if customer else (),
        details=findings.details(row, texts, written),
        measures=measures.measures(analysis, texts, written),
        parties=measures.PARTIES,
        lineage=findings.lineage(transcript, analysis, texts, written),
        thresholds=findings.thresholds(transcript, analysis, measures.thresholds(analysis)),
    )


@router.post("/interactions/{interaction_id}/roles", name="roles_form")
def change_roles(
    visitor: Reader, fields: OwnForm, interaction_id: UUID, database: DatabaseDep, jobs: JobsDep
) -> Response:
    """Swap agent and customer, or say who each voice is, and ring for the analysis that follows."""
    visitor.must_write()
    speakers = {name.removeprefix("speaker."): party for name, party in fields.items() if "speaker." in name}
    with database.transaction() as session:
        task = roles.change(session, interaction_id, speakers=known_parties(speakers) or None)
    jobs.ring(task.id, task.job_queue)
    return _back(interaction_id, "roles_changed")


@router.post("/interactions/{interaction_id}/customer", name="attach_form")
def attach(
    visitor: Reader, fields: OwnForm, interaction_id: UUID, database: DatabaseDep, settings: SettingsDep
) -> Response:
    """Tie the interaction to the customer known by an identifier, or to a new one where that is wished."""
    visitor.must_write()
    known = customers.normalise(fields.get("kind", ""), fields.get("value", ""), settings.phone_region)
    with database.transaction() as session:
        customer_id = _customer(session, known, add=fields.get("create") == "yes")
        customers.attach(session, interaction_id, customer_id)
    return _back(interaction_id, "attached")


@router.post("/interactions/{interaction_id}/customer/detach", name="detach_form")
def detach(visitor: Reader, fields: OwnForm, interaction_id: UUID, database: DatabaseDep) -> Response:
    """Untie the interaction from its customer."""
    visitor.must_write()
    with database.transaction() as session:
        customers.detach(session, interaction_id)
    return _back(interaction_id, "detached")


def _said(session: Session, interaction_id: UUID, visitor: Visitor) -> dict[str, object]:
    """What people say it was about, what models said before, and the reasons to choose from."""
    said = reason_corrections.of(session, interaction_id)
    primary = next((one for one in analyses.reasons(session, interaction_id) if one.is_primary), None)
    return {
        "corrections": said,
        "earlier": reason_runs.earlier(session, interaction_id),
        "taxonomy": reason_choices(session),
        "guessed": next(
            (one.name for one in said if one.newest and one.name), primary.name if primary else None
        ),
        "evidence": primary.turn if primary else None,
        "own_taxonomy": reason_models.in_use(session) is not None,
        "mine": any(one.author == visitor.key_name for one in said),
        "may_administer": visitor.may_administer,
    }


def _customer(session: Session, known: Identifier, *, add: bool) -> UUID:
    if add:
        return customers.resolve(session, [known]).customer.id
    row = customers.lookup(session, known.kind, known.value)
    if row is None:
        raise NotFound(
            "unknown_customer", "No customer is known by this.", "Check it, or add a new customer."
        )
    return row.id


def _pending(row: InteractionRow, task: TaskView | None) -> TaskView | None:
    """The work that goes on; none where it ended or failed."""
    if task is None or row.status == Status.FAILED:
        return None
    return task if task.state in ("queued", "running") else None


def _named(row: InteractionRow, texts: Words, day: str) -> dict[str, str]:
    return {"channel": texts.known(f"channel.{row.channel}", row.channel), "day": day}


def _back(interaction_id: UUID, did: str) -> Response:
    return RedirectResponse(f"/interactions/{interaction_id}?done={did}", 303)
