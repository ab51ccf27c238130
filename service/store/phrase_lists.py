"""Saved lists of phrases: written as a whole, each change another version."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import select

from service.errors import NotFound
from service.phrases import Phrase, parse
from service.phrases.narrowing import within
from service.store import plain
from service.store.database import Session, new_id, now
from service.store.insertion import insert_unless_there
from service.store.tables import PhraseListRow
from service.store.versions import check_unchanged


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPhrase:
    """One phrase of a list; ``sound`` is sought in the recording itself, others in the turns.

    ``window`` is what a query says before its colon: "first 30s", "last 10%".
    """

    name: str
    query: str
    party: str | None = None
    window: str | None = None
    sound: bool = False

    def parsed(self) -> Phrase:
        """Ready for matching; raises InvalidInput(bad_phrase) with the place of the mistake in the query."""
        return _parsed(self.query, self.party, self.window)


@lru_cache(maxsize=4096)
def _parsed(query: str, party: str | None, window: str | None) -> Phrase:
    return within(parse(query), party=party, window=window)


def list_all(session: Session) -> list[PhraseListRow]:
    """Every list, by name."""
    return list(session.scalars(select(PhraseListRow).order_by(PhraseListRow.name)))


def find(session: Session, name: str) -> PhraseListRow | None:
    """The list with this name."""
    return session.scalars(select(PhraseListRow).where(PhraseListRow.name == plain.text(name))).one_or_none()


def get(session: Session, name: str) -> PhraseListRow:
    """The list with this name; raises NotFound."""
    row = find(session, name)
    if row is None:
        raise NotFound("phrase_list_not_found", "There is no phrase list with this name.", "PUT it first.")
    return row


def put(
    session: Session, name: str, phrases: Sequence[SavedPhrase], *, if_match: str | None = None
) -> tuple[PhraseListRow, bool]:
    """Write a list as a whole; gives its row and whether it is new. The same phrases make no new version.

    With ``if_match`` only if it is still as it was read. Raises PreconditionFailed("changed_meanwhile").
    """
    wanted: list[Mapping[str, Any]] = [plain.json(asdict(phrase)) for phrase in phrases]
    known = find(session, name)
    check_unchanged(known, if_match)
    if known is None:
        moment = now()
        values = {"id": new_id(), "name": plain.text(name), "version": 1, "phrases": wanted}
        values |= {"created_at": moment, "updated_at": moment}
        made = insert_unless_there(session, PhraseListRow, values, unique=["name"])
        if made is not None:
            return made, True
        known = get(session, name)  # another process was quicker by a moment
    if known.phrases != wanted:
        known.phrases, known.version, known.updated_at = list(wanted), known.version + 1, now()
        session.flush()
    return known, False


def delete(session: Session, name: str, *, if_match: str | None = None) -> None:
    """Forget a list and what was found by it. Raises NotFound, PreconditionFailed."""
    row = get(session, name)
    check_unchanged(row, if_match)
    session.delete(row)
    session.flush()


def phrases_of(row: PhraseListRow) -> list[SavedPhrase]:
    """The phrases of a list as values."""
    return [SavedPhrase(**phrase) for phrase in row.phrases]


def sound_queries(session: Session) -> tuple[str, ...]:
    """What all lists seek in sound, each once."""
    found = [phrase.query for row in list_all(session) for phrase in phrases_of(row) if phrase.sound]
    return tuple(dict.fromkeys(found))
