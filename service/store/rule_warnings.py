"""What is odd about a rule that may be saved all the same: it always matches, or names what nobody knows."""

from dataclasses import dataclass

from sqlalchemy import select

from service.phrases.forms import bare
from service.rules.case import Library
from service.rules.conditions import Condition, Feels, Given, Listed, Reason
from service.rules.contradictions import always
from service.rules.emotion_groups import GROUPS
from service.rules.tree import Node, conditions
from service.rules.writing import condition as text_of
from service.store.database import Session
from service.store.tables import CallReasonRow, InteractionRow

_FIELDS = ("channel", "queue", "agent", "campaign", "disposition", "source", "direction")
_LABELS = frozenset(("neutral",)).union(*GROUPS.values())


@dataclass(frozen=True, slots=True)
class Warned:
    """A stable code and a sentence; ``condition`` is the one at fault, if it is one."""

    code: str
    detail: str
    condition: str | None = None


def warnings(session: Session, tree: Node, library: Library) -> list[Warned]:
    """What is odd about a rule, each once."""
    found = []
    if always(tree):
        found.append(Warned("always_matches", "The rule matches every interaction that can be evaluated."))
    for one in dict.fromkeys(conditions(tree)):
        found += [Warned(code, detail, text_of(one)) for code, detail in _odd(session, one, library)]
    return found


def _odd(session: Session, one: Condition, library: Library) -> list[tuple[str, str]]:
    if isinstance(one, Given) and one.field in _FIELDS:
        return [("unknown_value", detail) for detail in _values(session, one)]
    if isinstance(one, Reason) and not _occurs(session, CallReasonRow.name, one.name):
        return [("unknown_reason", f"No taxonomy has a call reason named {one.name!r}.")]
    if isinstance(one, Feels):
        known = GROUPS if one.group else _LABELS
        if one.emotion not in known:
            return [("unknown_emotion", f"{one.emotion} is none of: {', '.join(sorted(known))}.")]
    if isinstance(one, Listed):
        return _listed(one, library)
    return []


def _values(session: Session, one: Given) -> list[str]:
    """A sentence for each value that never occurred, with one that differs in case or accents only."""
    column = getattr(InteractionRow, one.field)
    unknown = [
        value
        for value in map(str, one.values)
        if one.op != "contains" and not _occurs(session, column, value)
    ]
    if not unknown:
        return []
    known = {
        bare(str(name).casefold()): str(name)
        for name in session.scalars(select(column).distinct().limit(2000))
        if name
    }
    found = []
    for value in unknown:
        meant = known.get(bare(value.casefold()))
        hint = f" Did you mean {meant!r}?" if meant else ""
        found.append(f"No interaction has the {one.field} {value!r}.{hint}")
    return found


def _occurs(session: Session, column: object, value: str) -> bool:
    return session.scalar(select(column).where(column == value).limit(1)) is not None  # type: ignore[call-overload]


def _listed(one: Listed, library: Library) -> list[tuple[str, str]]:
    phrases = library.lists.get(one.list)
    if phrases is None:
        return [("unknown_phrase_list", f"There is no phrase list named {one.list!r}.")]
    if one.phrase is not None and one.phrase not in {name for name, _ in phrases}:
        return [("unknown_phrase", f"The list {one.list!r} has no phrase named {one.phrase!r}.")]
    return []
