"""The reasons of a taxonomy, in two levels, and what is wrong with them."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

MOST_REASONS = 500
LONGEST_NAME = 120
LONGEST_DESCRIPTION = 2000
RESERVED = frozenset({"none"})  # the models' own class: no reason is stated here


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason; a top reason has no ``parent``. Its place in the sequence is its position.

    ``comes_from`` names the reasons of the version before that it continues: itself, the one it was renamed
    from, all that were merged into it, or the one that was split; none for a new reason. ``retired_at``
    (ISO 8601) says since when it is no longer found; its history stays.
    """

    name: str
    parent: str | None = None
    description: str = ""
    comes_from: tuple[str, ...] = ()
    retired_at: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the reason at ``place``."""

    place: int
    field: str
    code: str
    detail: str


def cleaned(name: str) -> str:
    """A name as it is stored: one space between words, no signs that are not seen or that turn the line."""
    seen = "".join(sign for sign in name if unicodedata.category(sign) not in ("Cf", "Cc") or sign.isspace())
    return " ".join(seen.split())


def folded(name: str) -> str:
    """What two names have in common that a reader would take for the same."""
    return unicodedata.normalize("NFKC", cleaned(name).replace("_", " ")).casefold()


def tops(reasons: Sequence[Reason]) -> list[tuple[Reason, list[Reason]]]:
    """Every top reason with its sub-reasons, in their order."""
    return [(top, [sub for sub in reasons if sub.parent == top.name]) for top in reasons if not top.parent]


def to_json(reasons: Sequence[Reason]) -> list[dict[str, Any]]:
    """Plain values for a column."""
    return [{**asdict(reason), "comes_from": list(reason.comes_from)} for reason in reasons]


def from_json(values: Sequence[Mapping[str, Any]]) -> tuple[Reason, ...]:
    """The reasons of a column."""
    return tuple(Reason(**{**value, "comes_from": tuple(value["comes_from"])}) for value in values)


def faults(reasons: Sequence[Reason], known_before: Sequence[str]) -> Iterator[Fault]:
    """Everything that keeps these from being a taxonomy; ``known_before`` are names of the version before."""
    if len(reasons) > MOST_REASONS:
        yield Fault(MOST_REASONS, "name", "too_many_reasons", f"more than {MOST_REASONS} reasons")
        return
    names: dict[str, int] = {}
    parents = {reason.name: reason for reason in reasons if reason.parent is None}
    for place, reason in enumerate(reasons):
        yield from _named(place, reason)
        key = folded(reason.name)
        if key in names:
            yield Fault(place, "name", "duplicate_reason", "is the name of another reason")
        names.setdefault(key, place)
        yield from _placed(place, reason, parents, any(other.name == reason.parent for other in reasons))
        for name in reason.comes_from:
            if name not in known_before:
                yield Fault(place, "comes_from", "unknown_reason", "is no reason of the version before")


def _named(place: int, reason: Reason) -> Iterator[Fault]:
    if not reason.name:
        yield Fault(place, "name", "empty_name", "has no letters")
    if len(reason.name) > LONGEST_NAME:
        yield Fault(place, "name", "value_too_long", f"is longer than {LONGEST_NAME} signs")
    if len(reason.description) > LONGEST_DESCRIPTION:
        yield Fault(place, "description", "value_too_long", f"is longer than {LONGEST_DESCRIPTION} signs")
    if folded(reason.name) in RESERVED:
        yield Fault(place, "name", "reserved_name", "is what interactions without a reason are counted as")


def _placed(place: int, reason: Reason, parents: Mapping[str, Reason], named: bool) -> Iterator[Fault]:  # noqa: FBT001
    if reason.parent is None:
        return
    top = parents.get(reason.parent)
    if top is None and named:
        yield Fault(place, "parent", "too_deep", "is a sub-reason itself; there are two levels")
    elif top is None:
        yield Fault(place, "parent", "unknown_parent", "is no reason of this taxonomy")
    elif top.retired_at and not reason.retired_at:
        yield Fault(place, "parent", "retired_parent", "is retired")
