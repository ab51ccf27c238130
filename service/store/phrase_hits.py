"""What of the saved phrases was found in interactions: matched over their turns, stored, shown."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, insert, select

from service.phrases import Hit, SpokenTurn, SpokenWord, outcomes
from service.store import plain
from service.store.database import Session, new_id
from service.store.phrase_lists import SavedPhrase, list_all, phrases_of
from service.store.tables import PhraseHitRow, PhraseListRow, TurnRow

NewHit = dict[str, Any]  # a row to be, but for its interaction
MOST_HITS = 200  # of one phrase in one interaction: a phrase that stands everywhere says nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundHit:
    """A phrase heard in a recording; ``query`` is the phrase as it was sought."""

    query: str
    party: str
    start_ms: int
    end_ms: int
    score: float


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A hit with the name of its list and the words at its place; empty for a hit in sound."""

    row: PhraseHitRow
    list_name: str
    text: str


def spoken_turns(rows: Sequence[TurnRow]) -> list[SpokenTurn]:
    """Turns as they are searched: redacted text, words with their times."""
    return [
        SpokenTurn(
            row.party,
            row.text,
            row.start_ms,
            row.end_ms,
            [SpokenWord(text, start, end) for start, end, text, _ in row.words],
        )
        for row in rows
    ]


def matched(
    lists: Sequence[PhraseListRow], turns: Sequence[TurnRow], *, duration_ms: int | None
) -> list[NewHit]:
    """The hits of the lists' phrases in the turns; those sought in sound are passed over."""
    spoken = spoken_turns(turns)
    hits = []
    for row in lists:
        sought = [phrase for phrase in phrases_of(row) if not phrase.sound]
        found = outcomes([phrase.parsed() for phrase in sought], spoken, duration_ms=duration_ms)
        for phrase, outcome in zip(sought, found, strict=True):
            hits += [_in_text(row, phrase, hit) for hit in outcome.hits[:MOST_HITS]]
    return hits


def replace(
    session: Session, interaction_id: UUID, hits: Sequence[NewHit], *, only: UUID | None = None
) -> int:
    """Write the hits in text in place of those before, of all lists or of one; gives how many those were."""
    which = [PhraseHitRow.interaction_id == interaction_id, PhraseHitRow.in_sound.is_(False)]
    if only is not None:
        which.append(PhraseHitRow.list_id == only)
    return _replace(session, which, interaction_id, hits)


def replace_heard(session: Session, interaction_id: UUID, heard: Sequence[SoundHit]) -> None:
    """Write what was heard in a recording of the lists' phrases in place of what was before."""
    which = [PhraseHitRow.interaction_id == interaction_id, PhraseHitRow.in_sound.is_(True)]
    hits = [
        _in_sound(row, phrase, hit)
        for row in list_all(session)
        for phrase in phrases_of(row)
        for hit in heard
        if phrase.sound and phrase.query == hit.query and phrase.party in (None, hit.party)
    ]
    _replace(session, which, interaction_id, hits)


def change_parties(session: Session, interaction_id: UUID, now: Mapping[str, str | None]) -> None:
    """Give hits in sound, which have no turn to ask, their parties anew: old names to new, None for unsure.

    A hit that is no longer of the party its phrase is sought with goes. What was heard of the other party is
    not stored, so only a new transcript can find it.
    """
    query = select(PhraseHitRow, PhraseListRow).join(PhraseListRow, PhraseListRow.id == PhraseHitRow.list_id)
    found = (PhraseHitRow.interaction_id == interaction_id, PhraseHitRow.in_sound.is_(True))
    for hit, owner in session.execute(query.where(*found)).all():
        hit.party = now.get(hit.party, hit.party) if hit.party else None
        wanted = {phrase.party for phrase in phrases_of(owner) if phrase.sound and phrase.name == hit.phrase}
        if wanted and not wanted & {None, hit.party}:
            session.delete(hit)
    session.flush()


def of(session: Session, interaction_id: UUID) -> list[ShownHit]:
    """The hits in an interaction, by time and then by place."""
    query = (
        select(PhraseHitRow, PhraseListRow.name, TurnRow.text)
        .join(PhraseListRow, PhraseListRow.id == PhraseHitRow.list_id)
        .outerjoin(
            TurnRow,
            (TurnRow.interaction_id == PhraseHitRow.interaction_id) & (TurnRow.position == PhraseHitRow.turn),
        )
        .where(PhraseHitRow.interaction_id == interaction_id)
    )
    found = [ShownHit(row, name, (text or "")[row.start_char or 0 : row.end_char or 0])
             for row, name, text in session.execute(query)]  # fmt: skip
    return sorted(found, key=lambda hit: (hit.row.start_ms or 0, hit.row.turn or 0, hit.row.start_char or 0))


def names(session: Session) -> list[str]:
    """The names of all saved phrases, each once, to choose from."""
    found = {phrase.name for row in list_all(session) for phrase in phrases_of(row)}
    return sorted(found, key=str.casefold)


def _in_text(row: PhraseListRow, phrase: SavedPhrase, hit: Hit) -> NewHit:
    place = {"start_char": hit.start, "end_char": hit.end}
    known = {name: getattr(hit, name) for name in ("turn", "party", "start_ms", "end_ms", "score")}
    return _of_list(row, phrase, in_sound=False) | known | place


def _in_sound(row: PhraseListRow, phrase: SavedPhrase, hit: SoundHit) -> NewHit:
    known = {name: value for name, value in asdict(hit).items() if name != "query"}
    return _of_list(row, phrase, in_sound=True) | known


def _of_list(row: PhraseListRow, phrase: SavedPhrase, *, in_sound: bool) -> NewHit:
    nowhere = {"turn": None, "start_char": None, "end_char": None}
    named = {"list_id": row.id, "list_version": row.version, "phrase": plain.text(phrase.name)}
    return {**nowhere, **named, "id": new_id(), "in_sound": in_sound}


def _replace(
    session: Session, which: Sequence[ColumnElement[bool]], interaction_id: UUID, hits: Sequence[NewHit]
) -> int:
    deleted = session.execute(delete(PhraseHitRow).where(*which).returning(PhraseHitRow.id)).all()
    if hits:
        session.execute(insert(PhraseHitRow), [{"interaction_id": interaction_id, **hit} for hit in hits])
    return len(deleted)
