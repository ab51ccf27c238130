"""Taxonomies that users own: drafts, changes with lineage, published versions."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Response

from service.api.bodies import described, json_body
from service.api.callers import Administrator, Reader
from service.api.problems import documented
from service.api.taxonomy_schemas import (
    ChangeOut,
    CopyOf,
    OwnReasonOut,
    TaxonomyList,
    TaxonomyOut,
    VersionOut,
    Versions,
)
from service.deps import BlobsDep, DatabaseDep, SessionDep
from service.intake.taxonomies import TaxonomyEdit, TaxonomySettings
from service.store import reason_examples, reason_models, taxonomies, taxonomy_history
from service.store.database import Session
from service.store.taxonomy_tables import TaxonomyRow, TaxonomyVersionRow
from service.taxonomies import from_json

router = APIRouter(tags=["taxonomies"])
Name = Annotated[str, Path(min_length=1, max_length=64)]
IfMatch = Annotated[str | None, Header(description="ETag of the taxonomy as it was read")]


@router.get("/taxonomies", responses=documented())
def list_taxonomies(caller: Reader, session: SessionDep) -> TaxonomyList:
    """Every taxonomy that users own; the one that came with the models is at /v1/call-reasons."""
    return TaxonomyList(items=[_out(session, row) for row in taxonomies.list_all(session)])


@router.get("/taxonomies/{name}", responses=documented(404))
def get_taxonomy(name: Name, caller: Reader, session: SessionDep, response: Response) -> TaxonomyOut:
    """One taxonomy with its draft."""
    return _answer(session, taxonomies.get(session, name), response)


@router.put("/taxonomies/{name}", responses=documented(409, 412), openapi_extra=described(TaxonomySettings))
def put_taxonomy(
    name: Name,
    caller: Administrator,
    wanted: Annotated[TaxonomySettings, Depends(json_body(TaxonomySettings))],
    database: DatabaseDep,
    response: Response,
    if_match: IfMatch = None,
) -> TaxonomyOut:
    """Write a draft as a whole, or begin a taxonomy; nothing is labelled by it before it is published.

    A reason says in `comes_from` what it continues; one that is left out of the draft has no successor.
    """
    with database.transaction() as session:
        known = taxonomies.find(session, name)
        before = taxonomies.names_before(session, known) if known else ()
        row, created = taxonomies.put(session, name, wanted.checked(before), if_match=if_match)
        response.status_code = 201 if created else 200
        return _answer(session, row, response)


@router.delete("/taxonomies/{name}", status_code=204, responses=documented(404, 409, 412))
def delete_taxonomy(
    name: Name, caller: Administrator, database: DatabaseDep, blobs: BlobsDep, if_match: IfMatch = None
) -> None:
    """Forget a taxonomy with its versions, examples and models; refused while it is in use."""
    with database.transaction() as session:
        reason_models.must_be_idle(session, name)
        taxonomies.check_unchanged(taxonomies.get(session, name), if_match)
        reason_examples.forget_sent(session, blobs, name)
        taxonomies.delete(session, name)


@router.post(
    "/taxonomies/{name}/copy",
    status_code=201,
    responses=documented(404, 409),
    openapi_extra=described(CopyOf),
)
def copy_taxonomy(
    name: Name,
    caller: Administrator,
    source: Annotated[CopyOf, Depends(json_body(CopyOf))],
    database: DatabaseDep,
    response: Response,
) -> TaxonomyOut:
    """Begin a taxonomy with the reasons of another one; its labels go on in the copy."""
    with database.transaction() as session:
        return _answer(session, taxonomy_history.copied(session, name, source.of), response)


@router.post(
    "/taxonomies/{name}/edits", responses=documented(404, 412), openapi_extra=described(TaxonomyEdit)
)
def edit_taxonomy(
    name: Name,
    caller: Administrator,
    edit: Annotated[TaxonomyEdit, Depends(json_body(TaxonomyEdit))],
    database: DatabaseDep,
    response: Response,
    if_match: IfMatch = None,
) -> TaxonomyOut:
    """Add, change, move, merge, split, retire or restore; where each reason comes from is kept."""
    with database.transaction() as session:
        row = taxonomies.edit(session, name, edit.apply, if_match=if_match)
        return _answer(session, row, response)


@router.post("/taxonomies/{name}/publish", status_code=201, responses=documented(404, 409, 412))
def publish_taxonomy(
    name: Name, caller: Administrator, database: DatabaseDep, if_match: IfMatch = None
) -> VersionOut:
    """Make the draft the next version; a model is trained for it next."""
    with database.transaction() as session:
        version = taxonomies.publish(session, name, author=caller.name, if_match=if_match)
        return _version(session, taxonomies.get(session, name), version)


@router.get("/taxonomies/{name}/versions", responses=documented(404))
def list_taxonomy_versions(name: Name, caller: Reader, session: SessionDep) -> Versions:
    """What was published, the newest first, each with what it changed."""
    row = taxonomies.get(session, name)
    return Versions(items=[_version(session, row, one) for one in taxonomies.versions(session, row)])


def _answer(session: Session, row: TaxonomyRow, response: Response) -> TaxonomyOut:
    response.headers["ETag"] = taxonomies.etag(row)
    return _out(session, row)


def _out(session: Session, row: TaxonomyRow) -> TaxonomyOut:
    last = taxonomies.newest(session, row)
    model = reason_models.in_use(session)
    return TaxonomyOut(
        name=row.name,
        version=last.number if last else None,
        unpublished_changes=taxonomies.has_changes(row, last),
        in_use=model is not None and model.taxonomy_id == row.id,
        based_on=" ".join(row.based_on) if row.based_on else None,
        reasons=[OwnReasonOut.model_validate(reason) for reason in taxonomies.draft(row)],
        examples=taxonomies.example_counts(session, row),
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def _version(session: Session, row: TaxonomyRow, version: TaxonomyVersionRow) -> VersionOut:
    return VersionOut(
        version=version.number,
        before=" ".join(version.before) if version.before else None,
        changes=[ChangeOut.model_validate(one) for one in taxonomy_history.changes_of(session, row, version)],
        reasons=[OwnReasonOut.model_validate(reason) for reason in from_json(version.reasons)],
        published_at=version.published_at,
        published_by=version.published_by,
    )
