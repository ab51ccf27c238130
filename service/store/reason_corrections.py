"""Corrections: what people say an interaction was about, kept beside what the model says."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, update

from service.errors import InvalidInput, NotFound
from service.store import analyses, call_reasons, interactions, plain, transcripts
from service.store.analyses import ABSTAINED
from service.store.correction_tables import ReasonCorrectionRow
from service.store.database import Session, new_id, now
from service.store.labels import REASONS
from service.store.tables import CallReasonRow, InteractionRow
from service.taxonomies import folded

MOST = 10  # reasons of one interaction
_MODEL = ("model_name", "model_parent", "model_taxonomy", "model_taxonomy_version", "model_version")


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a person says: ``reasons`` (the primary one first), ``none`` of them, or ``wrong``.

    ``turn`` is where it is stated.
    """

    verdict: str
    reasons: Sequence[str] = ()
    turn: int | None = None


def put(session: Session, interaction_id: UUID, said: Correction, *, author: str) -> ReasonCorrectionRow:
    """Keep what a person says, in place of what the same person said before; the last one to speak counts.

    Raises NotFound, InvalidInput(unknown_reason, bad_correction, no_taxonomy).
    """
    _lock(session, interaction_id)
    taxonomy = call_reasons.current(session)
    if not taxonomy:
        raise InvalidInput("no_taxonomy", "No worker has told of the reasons yet.", "Start a worker once.")
    named = _named(said, taxonomy)
    _check_turn(session, interaction_id, said.turn)
    writer = plain.text(author)[:200]
    earlier = _every(session, interaction_id)
    row = ReasonCorrectionRow(
        id=new_id(),
        interaction_id=interaction_id,
        author=writer,
        verdict=said.verdict,
        name=named[0].name if named else None,
        parent=named[0].parent if named else None,
        further=[{"name": one.name, "parent": one.parent} for one in named[1:]],
        turn=said.turn,
        taxonomy=taxonomy[0].taxonomy,
        taxonomy_version=taxonomy[0].version,
        newest=True,
        created_at=now(),
        **(_said_by_model(session, interaction_id) if not earlier else _seen_first(earlier[0])),
    )
    _replace(session, interaction_id, writer)
    _mark(session, interaction_id, None)
    session.add(row)
    session.flush()
    return row


def withdraw(session: Session, interaction_id: UUID, *, author: str) -> None:
    """Take back what a person said; who spoke last before counts again. Raises NotFound."""
    _lock(session, interaction_id)
    writer = plain.text(author)[:200]
    if not any(row.author == writer for row in of(session, interaction_id)):
        raise NotFound(
            "correction_not_found", "You have not corrected this interaction.", "There is nothing to do."
        )
    _replace(session, interaction_id, writer)
    left = of(session, interaction_id)
    _mark(session, interaction_id, left[0].id if left else None)


def of(session: Session, interaction_id: UUID) -> list[ReasonCorrectionRow]:
    """What people say now, the last one to speak first."""
    return [row for row in reversed(_every(session, interaction_id)) if row.replaced_at is None]


def _every(session: Session, interaction_id: UUID) -> list[ReasonCorrectionRow]:
    query = select(ReasonCorrectionRow).where(ReasonCorrectionRow.interaction_id == interaction_id)
    ordered = query.order_by(ReasonCorrectionRow.id).execution_options(populate_existing=True)
    return list(session.scalars(ordered))


def _lock(session: Session, interaction_id: UUID) -> None:
    """Two who correct at once do so one after the other."""
    interactions.get(session, interaction_id)
    session.execute(select(InteractionRow.id).where(InteractionRow.id == interaction_id).with_for_update())


def _named(said: Correction, taxonomy: Sequence[CallReasonRow]) -> list[CallReasonRow]:
    if (said.verdict == REASONS) != bool(said.reasons):
        raise InvalidInput(
            "bad_correction",
            "Reasons go with the verdict `reasons`, and with no other.",
            "Send the one or the other.",
        )
    known = {folded(row.name): row for row in taxonomy}
    found = [known.get(folded(plain.text(name))) for name in said.reasons]
    if None in found:
        raise InvalidInput(
            "unknown_reason", "The taxonomy in use has no such reason.", "See GET /v1/call-reasons."
        )
    return list(dict.fromkeys(row for row in found if row is not None))[:MOST]


def _check_turn(session: Session, interaction_id: UUID, turn: int | None) -> None:
    if turn is not None and not 0 <= turn < len(transcripts.turns(session, interaction_id)):
        raise InvalidInput(
            "unknown_turn", "The interaction has no such turn.", "Leave it out, or name another."
        )


def _said_by_model(session: Session, interaction_id: UUID) -> dict[str, str | None]:
    analysis = analyses.get(session, interaction_id)
    found = next((row for row in analyses.reasons(session, interaction_id) if row.is_primary), None)
    if analysis is None or analysis.no_reason not in (None, ABSTAINED):
        return dict.fromkeys(_MODEL)
    return {
        "model_name": found.name if found else None,
        "model_parent": found.parent if found else None,
        "model_taxonomy": found.taxonomy if found else analysis.taxonomy,
        "model_taxonomy_version": found.taxonomy_version if found else analysis.taxonomy_version,
        "model_version": found.model_version if found else analysis.reason_model or "",
    }


def _seen_first(row: ReasonCorrectionRow) -> dict[str, str | None]:
    """A later model may have been trained with the first correction: it must not be judged by it."""
    return {name: getattr(row, name) for name in _MODEL}


def _replace(session: Session, interaction_id: UUID, author: str) -> None:
    mine = (ReasonCorrectionRow.interaction_id == interaction_id, ReasonCorrectionRow.author == author)
    current = (*mine, ReasonCorrectionRow.replaced_at.is_(None))
    session.execute(update(ReasonCorrectionRow).where(*current).values(replaced_at=now(), newest=False))


def _mark(session: Session, interaction_id: UUID, newest: UUID | None) -> None:
    about = ReasonCorrectionRow.interaction_id == interaction_id
    session.execute(update(ReasonCorrectionRow).where(about).values(newest=False))
    if newest is not None:
        session.execute(
            update(ReasonCorrectionRow).where(ReasonCorrectionRow.id == newest).values(newest=True)
        )
