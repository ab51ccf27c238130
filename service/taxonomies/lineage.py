"""Where labels of an earlier version stand in a later one, and what was changed between the two."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from service.taxonomies.reasons import Reason

Kind = Literal["renamed", "merged", "split", "moved", "added", "retired", "removed"]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a taxonomy: what labels are pinned to."""

    taxonomy: str
    version: str
    reasons: Sequence[Reason]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a label stands now; ``split`` where only labelling again can tell which part it is of."""

    name: str
    parent: str | None
    split: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What became of reasons from one version to a later one."""

    kind: Kind
    before: tuple[str, ...]
    after: tuple[str, ...]


def places(chain: Sequence[Version]) -> dict[tuple[str, str, str], Place]:
    """By taxonomy, version and name: where each label of a version stands in the last one of ``chain``.

    The chain goes from the oldest version to the newest, each the one before the next. A reason that was
    split stands for itself, as its version meant it ("refund (v1)"), under the top reason of its parts; one
    that has no successor keeps its name.
    """
    newest = chain[-1]
    now = {reason.name: Place(reason.name, reason.parent) for reason in newest.reasons}
    found = {(newest.taxonomy, newest.version, name): place for name, place in now.items()}
    for older, newer in zip(reversed(chain[:-1]), reversed(chain[1:]), strict=True):
        now = {reason.name: _place(reason, older, newer, now) for reason in older.reasons}
        found |= {(older.taxonomy, older.version, name): place for name, place in now.items()}
    return found


def changes(chain: Sequence[Version]) -> list[Change]:
    """What was changed from the first version of a chain to its last one."""
    first, last = chain[0], chain[-1]
    origins = _origins(chain)
    before = {reason.name: reason for reason in first.reasons}
    parts: dict[str, list[str]] = {name: [] for name in before}
    for reason in last.reasons:
        for name in origins[reason.name]:
            parts[name].append(reason.name)
    found = [Change("split", (name,), tuple(made)) for name, made in parts.items() if len(made) > 1]
    for reason in last.reasons:
        found += _change(reason, origins[reason.name], parts, before, origins)
    removed = [name for name, made in parts.items() if not made and not before[name].retired_at]
    return found + [Change("removed", (name,), ()) for name in removed]


def _place(reason: Reason, older: Version, newer: Version, now: Mapping[str, Place]) -> Place:
    parts = [now[one.name] for one in newer.reasons if reason.name in one.comes_from]
    distinct = list(dict.fromkeys(parts))
    if len(distinct) == 1:
        return distinct[0]
    if not distinct:  # gone without a successor
        top = [one.name for one in newer.reasons if reason.parent and reason.parent in one.comes_from]
        return Place(reason.name, now[top[0]].name if len(top) == 1 else reason.parent)
    above = {place.parent for place in distinct}
    return Place(f"{reason.name} (v{older.version})", above.pop() if len(above) == 1 else None, split=True)


def _origins(chain: Sequence[Version]) -> dict[str, tuple[str, ...]]:
    """By name in the last version: the names in the first one that it continues."""
    found: dict[str, tuple[str, ...]] = {reason.name: (reason.name,) for reason in chain[0].reasons}
    for version in chain[1:]:
        found = {
            reason.name: _joined(found.get(name, ()) for name in reason.comes_from)
            for reason in version.reasons
        }
    return found


def _joined(names: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for some in names for name in some))


def _change(
    reason: Reason,
    before: Sequence[str],
    parts: Mapping[str, Sequence[str]],
    known: Mapping[str, Reason],
    origins: Mapping[str, Sequence[str]],
) -> list[Change]:
    found: list[Change] = []
    if not before:
        found.append(Change("added", (), (reason.name,)))
    elif len(before) > 1:
        found.append(Change("merged", tuple(before), (reason.name,)))
    elif len(parts[before[0]]) == 1 and before[0] != reason.name:
        found.append(Change("renamed", tuple(before), (reason.name,)))
    if len(before) == 1 and not found and len(parts[before[0]]) == 1:
        above = known[before[0]].parent
        if (above or "") not in (reason.parent or "", *origins.get(reason.parent or "", ())):
            found.append(Change("moved", (above or "",), (reason.name,)))
    if before and reason.retired_at and not all(known[name].retired_at for name in before):
        found.append(Change("retired", (reason.name,), ()))
    return found
