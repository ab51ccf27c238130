"""Rules: saved with all they were, checked for contradictions, circles and names that nobody knows."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from service.errors import Conflict, InvalidInput, NotFound, PreconditionFailed
from service.phrases.spoken import IGNORED
from service.rules.case import Library
from service.rules.conditions import Other
from service.rules.contradictions import never
from service.rules.tree import Node, conditions, plain, read
from service.rules.writing import written
from service.store import plain as storable
from service.store.database import Session, new_id, now
from service.store.insertion import insert_unless_there
from service.store.phrase_lists import list_all as all_phrase_lists
from service.store.phrase_lists import phrases_of
from service.store.tables import RuleRow, RuleVersionRow

MOST_RULES, LONGEST_CHAIN = 500, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRule:
    """A rule as it is to be saved."""

    name: str
    tree: Node
    description: str = ""
    enabled: bool = True


def list_all(session: Session) -> list[RuleRow]:
    """Every rule, by name."""
    return list(session.scalars(select(RuleRow).order_by(RuleRow.key)))


def enabled(session: Session) -> list[RuleRow]:
    """Those that are applied to new interactions."""
    return list(session.scalars(select(RuleRow).where(RuleRow.enabled.is_(True)).order_by(RuleRow.key)))


def find(session: Session, name: str) -> RuleRow | None:
    """The rule with this name, case aside."""
    return session.scalars(select(RuleRow).where(RuleRow.key == key_of(name))).one_or_none()


def get(session: Session, name: str) -> RuleRow:
    """The rule with this name; raises NotFound."""
    row = find(session, name)
    if row is None:
        raise NotFound("rule_not_found", "There is no rule with this name.", "PUT it first.")
    return row


def versions(session: Session, row: RuleRow) -> list[RuleVersionRow]:
    """All that a rule was, the newest first."""
    query = select(RuleVersionRow).where(RuleVersionRow.rule_id == row.id)
    return list(session.scalars(query.order_by(RuleVersionRow.version.desc())))


def library(session: Session) -> Library:
    """What rules may speak of by name."""
    return Library(
        rules={row.name: tree_of(row) for row in list_all(session)},
        lists={
            row.name: [(phrase.name, None if phrase.sound else phrase.parsed()) for phrase in phrases_of(row)]
            for row in all_phrase_lists(session)
        },
    )


def tree_of(row: RuleRow) -> Node:
    """The rule as a value."""
    return read(row.tree)


def put(
    session: Session, new: NewRule, *, owner: str | None = None, if_match: str | None = None
) -> tuple[RuleRow, bool]:
    """Save a rule; gives its row and whether it is new. The same rule makes no new version.

    With ``if_match`` only if it is still as it was read. Raises PreconditionFailed("changed_meanwhile"),
    Conflict("name_taken"), InvalidInput: contradictory_rule, unknown_rule, cyclic_rules, too_many_rules,
    value_too_long.
    """
    known = find(session, new.name)
    check_unchanged(known, if_match)
    check(session, new.name, new.tree)
    if known is None:
        return _added(session, new, owner)
    if known.name != storable.text(new.name):
        raise Conflict(
            "name_taken", "A rule has almost this name.", "Choose another name, or change that one."
        )
    tree = storable.json(plain(new.tree))
    if known.tree != tree:
        known.tree, known.rule, known.owner = tree, storable.text(written(new.tree)), owner
        known.version += 1
        _keep(session, known)
    description = storable.text(new.description)
    if session.is_modified(known) or (known.description, known.enabled) != (description, new.enabled):
        known.description, known.enabled, known.updated_at = description, new.enabled, now()
    session.flush()
    return known, False


def delete(session: Session, name: str, *, if_match: str | None = None) -> None:
    """Forget a rule and all that came of it. Raises NotFound, PreconditionFailed, Conflict("rule_in_use")."""
    row = get(session, name)
    check_unchanged(row, if_match)
    users = [other.name for other in list_all(session) if row.name in _named(tree_of(other))]
    if users:
        raise Conflict(
            "rule_in_use", f"The rule {users[0]!r} names this one.", "Change or delete that one first."
        )
    session.delete(row)
    session.flush()


def check(session: Session, name: str, tree: Node) -> None:
    """Raise InvalidInput for a rule that can never match, or that names itself or what is not there."""
    if parts := never(tree):
        detail = f"The rule can never match; these contradict each other: {parts}"
        raise InvalidInput("contradictory_rule", detail, "Leave one of them out, or join them with or.")
    rules = {row.name: tree_of(row) for row in list_all(session)} | {name: tree}
    _check_chain(rules, name, [])


def etag(row: RuleRow) -> str:
    """Another one after each change."""
    return f'"{row.id.hex}-{row.updated_at.timestamp():.6f}"'


def check_unchanged(row: RuleRow | None, if_match: str | None) -> None:
    """Raise PreconditionFailed("changed_meanwhile") unless ``if_match`` is None or names the row as it is."""
    wanted = [tag.strip() for tag in (if_match or "").split(",")]
    if if_match is None or (row is not None and ("*" in wanted or etag(row) in wanted)):
        return
    raise PreconditionFailed(
        "changed_meanwhile",
        "The rule has changed since it was read.",
        "Read it again and repeat the change with the new ETag.",
    )


def key_of(name: str) -> str:
    """A name without what the eye does not see: case, width, invisible signs, doubled spaces."""
    folded = unicodedata.normalize("NFKC", storable.text(name)).casefold()
    return " ".join(IGNORED.sub("", folded).split())


def _added(session: Session, new: NewRule, owner: str | None) -> tuple[RuleRow, bool]:
    if len(list_all(session)) >= MOST_RULES:
        raise InvalidInput("too_many_rules", f"There are {MOST_RULES} rules already.", "Delete one first.")
    moment = now()
    values: dict[str, Any] = {
        "id": new_id(),
        "name": storable.text(new.name),
        "key": key_of(new.name),
        "version": 1,
        "rule": storable.text(written(new.tree)),
        "tree": storable.json(plain(new.tree)),
        "description": storable.text(new.description),
        "enabled": new.enabled,
        "owner": owner,
        "created_at": moment,
        "updated_at": moment,
    }
    fitting = storable.values(values, RuleRow)
    row = insert_unless_there(session, RuleRow, fitting, unique=["key"])
    if row is None:
        raise Conflict("name_taken", "Somebody has just saved a rule with this name.", "Read it first.")
    _keep(session, row)
    return row, True


def _keep(session: Session, row: RuleRow) -> None:
    values = {"rule": row.rule, "owner": row.owner, "created_at": now()}
    session.add(RuleVersionRow(rule_id=row.id, version=row.version, **values))
    session.flush()


def _named(tree: Node) -> set[str]:
    return {one.name for one in conditions(tree) if isinstance(one, Other)}


def _check_chain(rules: dict[str, Node], name: str, above: Sequence[str]) -> None:
    chain = [*above, name]
    if name in above:
        raise InvalidInput("cyclic_rules", f"Rules name each other in a circle: {' → '.join(chain)}")
    if len(chain) > LONGEST_CHAIN:
        raise InvalidInput("rule_too_large", f"More than {LONGEST_CHAIN} rules name one another in a row.")
    if name not in rules:
        raise InvalidInput("unknown_rule", f"There is no rule named {name!r}.", "Names count case.")
    for other in sorted(_named(rules[name])):
        _check_chain(rules, other, chain)
