"""Jobs over the archive as their callers see them."""

from service.api.phrase_schemas import PhraseRunOut
from service.api.schemas import Failure
from service.store import archive_walk, phrase_runs, tasks
from service.store.database import Session
from service.store.tables import PhraseRunRow

_DIFFERENT = {"phrase_list", "state", "error"}


def run_out(session: Session, run: PhraseRunRow) -> PhraseRunOut:
    """A job with the state of its task."""
    view = tasks.view(session, archive_walk.task_of(session, run.id).id)
    same = {name: getattr(run, name) for name in PhraseRunOut.model_fields if name not in _DIFFERENT}
    return PhraseRunOut(
        **same,
        phrase_list=phrase_runs.list_name(session, run),
        state=view.state,
        error=Failure(code=view.error_code, detail=view.error_detail or "") if view.error_code else None,
    )
