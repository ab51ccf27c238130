"""The forms of the page of reasons: drafts changed, versions published, models trained and put to use."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from service.dashboard.route import PageRoute
from service.dashboard.visitor import OwnForm, Reader, Visitor
from service.deps import BlobsDep, DatabaseDep, JobsDep, SettingsDep
from service.errors import InvalidInput
from service.intake.reason_examples import read_csv
from service.intake.taxonomies import read_edit
from service.settings import Settings
from service.store import (
    interactions,
    reason_examples,
    reason_models,
    reason_runs,
    taxonomies,
    taxonomy_history,
)
from service.store.database import Database, now

router = APIRouter(route_class=PageRoute)


@router.post("/reasons", name="taxonomy_form")
def make(visitor: Reader, fields: OwnForm, database: DatabaseDep) -> Response:
    """Begin a taxonomy: empty, or as a copy of the shipped one or of another."""
    visitor.must_administer()
    name, of = fields.get("name", ""), fields.get("of", "")
    with database.transaction() as session:
        if of == "shipped":
            row = taxonomy_history.copied(session, name, None)
        elif of:
            row = taxonomy_history.copied(session, name, of)
        elif taxonomies.find(session, name) is not None:
            raise InvalidInput(
                "taxonomy_exists", "There is a taxonomy with this name.", "Choose another name."
            )
        else:
            row, _ = taxonomies.put(session, name, [])
    return _back(row.name, "made")


@router.post("/reasons/edit", name="taxonomy_edit_form")
def edit(visitor: Reader, fields: OwnForm, database: DatabaseDep) -> Response:
    """One change of a draft; somebody else's change in between is not overwritten."""
    visitor.must_administer()
    wanted = read_edit(edit_of(fields))
    with database.transaction() as session:
        row = taxonomies.edit(
            session, fields.get("taxonomy", ""), wanted.apply, if_match=fields.get("etag") or None
        )
    return _back(row.name, "changed")


@router.post("/reasons/publish", name="taxonomy_publish_form")
def publish(visitor: Reader, fields: OwnForm, database: DatabaseDep) -> Response:
    """Make the draft the next version."""
    visitor.must_administer()
    name, etag = fields.get("taxonomy", ""), fields.get("etag") or None
    with database.transaction() as session:
        taxonomies.publish(session, name, author=visitor.key_name, if_match=etag)
    return _back(name, "published")


@router.post("/reasons/remove", name="taxonomy_remove_form")
def remove(visitor: Reader, fields: OwnForm, database: DatabaseDep, blobs: BlobsDep) -> Response:
    """Forget a taxonomy; refused while it is in use."""
    visitor.must_administer()
    name = fields.get("taxonomy", "")
    with database.transaction() as session:
        reason_models.must_be_idle(session, name)
        taxonomies.check_unchanged(taxonomies.get(session, name), fields.get("etag") or None)
        reason_examples.forget_sent(session, blobs, name)
        taxonomies.delete(session, name)
    return RedirectResponse("/reasons?done=removed", 303)


@router.post("/reasons/examples", name="reason_examples_form")
def examples(
    visitor: Reader, fields: OwnForm, database: DatabaseDep, blobs: BlobsDep, jobs: JobsDep
) -> Response:
    """Take examples of one reason, a text on each line, or lines of text,label; a worker redacts them."""
    visitor.must_administer()
    name, reason = fields.get("taxonomy", ""), fields.get("reason", "")
    with database.transaction() as session:
        known = reason_examples.label_names(taxonomies.get(session, name))
        if reason:
            texts = [line.strip() for line in fields.get("lines", "").splitlines() if line.strip()]
            given = [reason_examples.NewExample(line, reason) for line in texts]
        else:
            given = list(read_csv(fields.get("lines", "").encode(), known).examples)
        if not given:
            raise InvalidInput("no_examples", "There is no example.", "Write a text on each line.")
        _, task = reason_examples.begin_import(session, blobs, name, given, author=visitor.key_name)
    jobs.ring(task.id, task.job_queue)
    return _back(name, "examples")


@router.post("/reasons/turn", name="turn_example_form")
def turn(visitor: Reader, fields: OwnForm, database: DatabaseDep) -> Response:
    """Make a turn an example of a reason of the taxonomy in use."""
    visitor.must_administer()
    interaction_id, number = interactions.read_id(fields.get("interaction", "")), fields.get("turn", "")
    with database.transaction() as session:
        model = reason_models.in_use(session)
        if model is None:
            raise InvalidInput("no_taxonomy", "No taxonomy of yours is in use.", "Put one to use first.")
        name = reason_models.version_of(session, model).taxonomy
        place = int(number) if number.isdecimal() else -1
        reason_examples.add_turn(
            session, name, fields.get("reason", ""), interaction_id, place, author=visitor.key_name
        )
    return RedirectResponse(f"/interactions/{interaction_id}?done=turn_kept", 303)


@router.post("/reasons/train", name="train_form")
def train(
    visitor: Reader, fields: OwnForm, database: DatabaseDep, jobs: JobsDep, settings: SettingsDep
) -> Response:
    """Have a worker train a model for the version published last."""
    visitor.must_administer()
    name = fields.get("taxonomy", "")
    with database.transaction() as session:
        _, task = reason_models.begin(session, name, author=visitor.key_name, folder=settings.reasons_dir)
    jobs.ring(task.id, task.job_queue)
    return _back(name, "training")


@router.post("/reasons/activate", name="activate_form")
def activate(visitor: Reader, fields: OwnForm, database: DatabaseDep, settings: SettingsDep) -> Response:
    """Label by a model from now on."""
    visitor.must_administer()
    name, number = fields.get("taxonomy", ""), fields.get("number", "")
    day = _today(settings)
    with database.transaction() as session:
        model = reason_models.get(session, name, int(number) if number.isdecimal() else 0)
        reason_models.activate(session, model, author=visitor.key_name, day=day)
    return _back(name, "in_use")


@router.post("/reasons/shipped", name="shipped_form")
def shipped(visitor: Reader, fields: OwnForm, database: DatabaseDep, settings: SettingsDep) -> Response:
    """Label by the reasons that came with Overtone again."""
    visitor.must_administer()
    with database.transaction() as session:
        reason_models.return_to_shipped(session, author=visitor.key_name, day=_today(settings))
    return RedirectResponse("/reasons?done=shipped", 303)


@router.post("/reasons/rerun", name="rerun_form")
def rerun(visitor: Reader, fields: OwnForm, database: DatabaseDep, jobs: JobsDep) -> Response:
    """Find reasons anew where another version labelled before, or only count."""
    _begin(visitor, database, jobs, dry_run=fields.get("how") != "write")
    return RedirectResponse("/reasons?done=rerun#runs", 303)


def edit_of(fields: Mapping[str, str]) -> dict[str, Any]:
    """The change that a form says; ``merge.N`` are the reasons marked, ``parts`` lines of name = text."""
    action = fields.get("action", "")
    found: dict[str, Any] = {"action": action, "reason": fields.get("reason") or None}
    if action == "merge":
        marked = [value for name, value in sorted(fields.items()) if name.startswith("merge.")]
        return {"action": action, "reasons": marked, "name": fields.get("name") or None}
    if action == "split":
        parts = [line.partition("=") for line in fields.get("parts", "").splitlines() if line.strip()]
        return {**found, "parts": [{"name": one[0].strip(), "description": one[2].strip()} for one in parts]}
    if action in ("add", "move"):
        found["parent"] = fields.get("parent") or None
    if action in ("add", "change"):
        found["description"] = fields.get("description", "")
    if action == "change":
        found["name"] = fields.get("name") or None
    return found


def _begin(visitor: Visitor, database: Database, jobs: Any, *, dry_run: bool) -> None:
    visitor.must_administer()
    with database.transaction() as session:
        _, task = reason_runs.begin(session, dry_run=dry_run)
    jobs.ring(task.id, task.job_queue)


def _today(settings: Settings) -> Any:
    return interactions.day_of(now(), time_zone=settings.time_zone)


def _back(name: str, did: str) -> Response:
    return RedirectResponse(f"/reasons?taxonomy={quote(name, safe='')}&done={did}", 303)
