"""The full-text index: written with the turns, in their transaction, and gone with their interaction."""

from collections.abc import Sequence
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import case, delete, insert, update

from service.search import words_of
from service.search.query import SUBJECT
from service.store.database import Session
from service.store.search_tables import SUBJECT_POSITION
from service.store.tables import SearchEntryRow, TurnRow

STRETCH = 2000  # words of one entry: PostgreSQL counts places up to 16383 and takes a megabyte

Entry = tuple[int, str, list[str]]  # position, party, words


class Said(Protocol):
    """What is indexed of a turn."""

    @property
    def party(self) -> str:
        """Who said it."""

    @property
    def text(self) -> str:
        """Redacted."""


def entries(turns: Sequence[Said]) -> list[Entry]:
    """The words of the turns; quoted text and signatures are not what was said here."""
    found = []
    for position, turn in enumerate(turns):
        found += _stretches(position, str(turn.party), turn.text)
    return found


def write(session: Session, interaction_id: UUID, made: Sequence[Entry]) -> None:
    """Put the words of the turns in place of those before."""
    _replace(session, interaction_id, SearchEntryRow.position > SUBJECT_POSITION, made)


def write_subject(session: Session, interaction_id: UUID, subject: str | None) -> None:
    """Put the words of the subject in place of those before."""
    made = _stretches(SUBJECT_POSITION, SUBJECT, subject or "")
    _replace(session, interaction_id, SearchEntryRow.position == SUBJECT_POSITION, made)


def set_parties(session: Session, interaction_id: UUID, turns: Sequence[TurnRow]) -> None:
    """Who said what was put right: no word has changed."""
    parties = {turn.position: turn.party for turn in turns}
    statement = update(SearchEntryRow).where(SearchEntryRow.interaction_id == interaction_id)
    if parties:
        said = SearchEntryRow.position.in_(parties)
        session.execute(
            statement.where(said).values(party=case(parties, value=SearchEntryRow.position)),
            execution_options={"synchronize_session": False},
        )


def _stretches(position: int, party: str, text: str) -> list[Entry]:
    words = [word.key for word in words_of(text)]
    return [(position, party, words[at : at + STRETCH]) for at in range(0, len(words), STRETCH)]


def _replace(session: Session, interaction_id: UUID, which: Any, made: Sequence[Entry]) -> None:
    session.execute(
        delete(SearchEntryRow).where(SearchEntryRow.interaction_id == interaction_id, which),
        execution_options={"synchronize_session": False},
    )
    if not made:
        return
    postgres = session.get_bind().dialect.name == "postgresql"
    values = [
        {
            "interaction_id": interaction_id,
            "position": position,
            "party": party,
            "words": _vector(words) if postgres else " ".join(words),
        }
        for position, party, words in made
    ]
    session.execute(insert(SearchEntryRow), values)


def _vector(words: Sequence[str]) -> str:
    """A tsvector as PostgreSQL writes it; words are letters and digits alone, so nothing needs escaping."""
    return " ".join(f"'{word}':{place}" for place, word in enumerate(words, 1))
