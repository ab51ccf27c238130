"""Phrase lists: saved, changed, applied to the archive; what of them was found in an interaction."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Path, Response

from service.api.bodies import described, json_body
from service.api.callers import Administrator, Reader
from service.api.phrase_schemas import PhraseHitOut, PhraseHits, PhraseListOut, PhraseLists, PhraseRunOut
from service.api.phrase_shapes import run_out
from service.api.problems import documented
from service.deps import DatabaseDep, JobsDep, SessionDep
from service.intake.phrase_lists import PhraseListSettings
from service.store import interactions, phrase_hits, phrase_lists, phrase_runs, versions
from service.store.tables import PhraseListRow

router = APIRouter(tags=["phrases"])
_Name = Annotated[str, Path(min_length=1, max_length=200)]
_IfMatch = Annotated[str | None, Header(description="ETag of the list as it was read")]


@router.get("/phrase-lists", responses=documented())
def list_phrase_lists(caller: Reader, session: SessionDep) -> PhraseLists:
    """Every list; its phrases are sought in each new interaction."""
    return PhraseLists(items=[PhraseListOut.model_validate(row) for row in phrase_lists.list_all(session)])


@router.get("/phrase-lists/{name}", responses=documented(404))
def get_phrase_list(name: _Name, caller: Reader, session: SessionDep, response: Response) -> PhraseListOut:
    """One list."""
    return _answer(phrase_lists.get(session, name), response)


@router.put("/phrase-lists/{name}", responses=documented(412), openapi_extra=described(PhraseListSettings))
def put_phrase_list(
    name: _Name,
    caller: Administrator,
    wanted: Annotated[PhraseListSettings, Depends(json_body(PhraseListSettings))],
    database: DatabaseDep,
    response: Response,
    if_match: _IfMatch = None,
) -> PhraseListOut:
    """Write a list as a whole; it applies to interactions analysed from now on.

    A query that cannot be read is refused with the place of the mistake (`bad_phrase`).
    """
    phrases = wanted.checked()
    with database.transaction() as session:
        row, created = phrase_lists.put(session, name, phrases, if_match=if_match)
        response.status_code = 201 if created else 200
        return _answer(row, response)


@router.delete("/phrase-lists/{name}", status_code=204, responses=documented(404, 412))
def delete_phrase_list(
    name: _Name, caller: Administrator, database: DatabaseDep, if_match: _IfMatch = None
) -> None:
    """Forget a list and everything that was found by it."""
    with database.transaction() as session:
        phrase_lists.delete(session, name, if_match=if_match)


@router.post("/phrase-lists/{name}/apply", status_code=202, responses=documented(404))
def apply_phrase_list(
    name: _Name, caller: Administrator, database: DatabaseDep, jobs: JobsDep, response: Response
) -> PhraseRunOut:
    """Seek the list's phrases in the transcripts of the whole archive; the job's address is in `Location`."""
    with database.transaction() as session:
        run, task = phrase_runs.begin_apply(session, phrase_lists.get(session, name))
        found = run_out(session, run)
    jobs.ring(task.id, task.job_queue)
    response.headers["Location"] = f"/v1/phrases/runs/{found.id}"
    return found


@router.get("/interactions/{interaction_id}/phrases", responses=documented(404))
def get_phrase_hits(interaction_id: UUID, caller: Reader, session: SessionDep) -> PhraseHits:
    """What of the saved phrases was found in one interaction."""
    row = interactions.get(session, interaction_id)
    same = ("list_version", "phrase", "in_sound", "turn", "party", "start_ms", "end_ms", "score")
    return PhraseHits(
        items=[
            PhraseHitOut(
                phrase_list=hit.list_name, text=hit.text, **{name: getattr(hit.row, name) for name in same}
            )
            for hit in phrase_hits.of(session, row.id)
        ]
    )


def _answer(row: PhraseListRow, response: Response) -> PhraseListOut:
    response.headers["ETag"] = versions.etag(row)
    return PhraseListOut.model_validate(row)
