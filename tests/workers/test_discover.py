"""Themes: found by a job among what no reason explains, with what was said; gone with the interaction."""

from dataclasses import replace
from uuid import UUID

import numpy as np
from sqlalchemy import delete

from nlp.discovery import ThemeFinder
from service.store import archive_runs, tasks, themes
from service.store.tables import InteractionRow
from service.store.themes import Asked, ShownTheme
from tests.workers.conftest import accept, chat
from workers.context import Context, install
from workers.loop import drain

WORDS = ("parcel", "late", "bundle")


def finder(models_dir: object) -> ThemeFinder:
    """Texts are alike that have the same of three words."""

    def encode(texts: object) -> np.ndarray:  # type: ignore[type-arg]
        rows = [[0.3, *(float(word in text) for word in WORDS)] for text in texts]  # type: ignore[attr-defined]
        vectors = np.array(rows, np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    return ThemeFinder(encode)


def seek(context: Context, asked: Asked | None = None, *, fewest: int = 3) -> list[ShownTheme]:
    """Seek themes and wait for them."""
    context = replace(context, open_themes=finder)
    install(context)
    with context.database.transaction() as session:
        run, _ = themes.begin(session, asked or Asked(), days=(None, None), fewest=fewest)
    drain(context)
    with context.database.reading() as session:
        assert tasks.view(session, _task(context, run.id)).state == "done"
        assert archive_runs.get(session, run.id).finished_at is not None
        return themes.of(session, run.id, quotes=3)


def _task(context: Context, run_id: UUID) -> UUID:
    from service.store import archive_walk  # noqa: PLC0415 - only here

    with context.database.reading() as session:
        return archive_walk.task_of(session, run_id).id


def test_themes_are_found_with_what_was_said(context: Context) -> None:
    for number in range(4):
        accept(context, chat(f"The parcel {number} is late"))
    accept(context, chat("A bundle"))
    drain(context)
    (theme,) = seek(context, Asked(everything=True))

    assert theme.row.size == 4
    assert "parcel" in " ".join(theme.row.label)
    assert len(theme.members) == 3
    assert theme.members[0].text.startswith("The parcel")


def test_an_erased_interaction_takes_its_words_along(context: Context) -> None:
    for number in range(3):
        accept(context, chat(f"The parcel {number} is late"))
    drain(context)
    (theme,) = seek(context, Asked(everything=True))
    with context.database.transaction() as session:
        session.execute(delete(InteractionRow))

    with context.database.reading() as session:
        assert themes.members(session, theme.row.id, limit=10) == []


def test_an_archive_without_words_has_no_themes(context: Context) -> None:
    assert seek(context) == []
