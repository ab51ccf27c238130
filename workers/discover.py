"""Discovering: themes among what no reason explains."""

from service.store import archive_runs, tasks, themes
from service.store.tasks import Claim, DueTask
from service.store.themes import NewTheme
from workers.context import Context, Report


def discover(context: Context, claim: Claim, report: Report) -> tuple[DueTask, ...]:
    """Read what customers said, group it, write the groups: one fenced transaction."""
    from nlp.discovery import Said  # noqa: PLC0415 - loads the models' libraries

    with context.database.reading() as session:
        run = archive_runs.get(session, claim.subject_id)
        read = themes.read(session, run)
    report(0.1)

    finder = context.open_themes(
        context.settings.models_dir
    )  # not kept: it is asked for seldom, and holds an encoder of its own
    found = finder.find([Said(tuple(turns)) for _, turns in read], fewest=int(run.parameters["fewest"]))
    new = [
        NewTheme(
            theme.label,
            theme.cohesion,
            [(read[one.interaction][0], one.turn, one.text) for one in theme.members],
        )
        for theme in found
    ]
    report(1.0)

    with context.database.transaction() as session:
        tasks.finish(session, claim)
        themes.write(session, archive_runs.get(session, run.id), new, read_of=len(read))
    return ()
