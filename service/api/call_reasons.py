"""The taxonomy of call reasons in use."""

from fastapi import APIRouter

from service.api.callers import Reader
from service.api.problems import documented
from service.api.schemas import CallReasonOut, Taxonomy
from service.deps import SessionDep
from service.store import call_reasons

router = APIRouter(tags=["call reasons"])


@router.get("/call-reasons", responses=documented())
def list_call_reasons(caller: Reader, session: SessionDep) -> Taxonomy:
    """The reasons in their order; a sub-reason names its top reason as `parent`."""
    rows = call_reasons.current(session)
    return Taxonomy(
        taxonomy=rows[0].taxonomy if rows else None,
        version=rows[0].version if rows else None,
        reasons=[CallReasonOut.model_validate(row) for row in rows],
    )
