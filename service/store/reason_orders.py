"""What a training works with: a version's reasons, its examples, and what people have said since."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from service.store import analyses, reason_examples, reason_models, taxonomy_history, transcripts
from service.store.correction_tables import ReasonCorrectionRow
from service.store.database import Session
from service.store.labels import NONE, WRONG
from service.store.tables import TurnRow
from service.taxonomies import Reason, folded
from service.taxonomies.lineage import Version, places

SHORTEST = 3  # words of a turn that may state a reason


@dataclass(frozen=True, slots=True)
class TrainingOrder:
    """One model to be trained; labels are names of ``reasons``, or "none"; ``folder`` is in ``reasons/``."""

    taxonomy: str
    version: str
    number: int
    folder: str
    reasons: tuple[Reason, ...]
    examples: tuple[tuple[str, str], ...]  # text and label
    corrections: tuple[tuple[str, str], ...]


def order(session: Session, model_id: UUID) -> TrainingOrder:
    """The order of a model that was begun; raises NotFound."""
    model = reason_models.by_id(session, model_id)
    version = reason_models.version_of(session, model)
    found = reason_models.reasons_found(version)
    known = {reason.name for reason in found}
    examples = reason_examples.every(session, model.taxonomy_id)
    return TrainingOrder(
        taxonomy=version.taxonomy,
        version=version.version,
        number=model.number,
        folder=model.folder,
        reasons=found,
        examples=tuple((text, reason) for text, reason in examples if reason in known),
        corrections=tuple(_corrections(session, version, known)),
    )


def _corrections(session: Session, version: Version, known: set[str]) -> list[tuple[str, str]]:
    """What people said last, as labels of this version: where their own one stands in it, else by name."""
    standing = places(taxonomy_history.chain(session, version))
    by_name = {folded(name): name for name in known}
    which = (ReasonCorrectionRow.newest.is_(True), ReasonCorrectionRow.verdict != WRONG)
    found = []
    for row in session.scalars(select(ReasonCorrectionRow).where(*which).order_by(ReasonCorrectionRow.id)):
        label: str | None = NONE
        if row.verdict != NONE and row.name is not None:
            place = standing.get((row.taxonomy, row.taxonomy_version, row.name))
            label = place.name if place else by_name.get(folded(row.name))
        if label is None or (label != NONE and label not in known):
            continue
        text = _stated(session, row)
        if text:
            found.append((text, label))
    return found


def _stated(session: Session, row: ReasonCorrectionRow) -> str:
    """The turn that the person named, else the model's evidence, else the customer's first with words."""
    turns = transcripts.turns(session, row.interaction_id)
    said = {turn.position: turn.text for turn in turns}
    evidence = [one.turn for one in analyses.reasons(session, row.interaction_id) if one.is_primary]
    for turn in (row.turn, *evidence, _first(turns)):
        if turn is not None and said.get(turn, "").strip():
            return said[turn][: reason_examples.LONGEST]
    return ""


def _first(turns: list[TurnRow]) -> int | None:
    long = [turn for turn in turns if len(turn.text.split()) >= SHORTEST]
    customers = [turn for turn in long if turn.party == "customer"] or long
    return customers[0].position if customers else None
