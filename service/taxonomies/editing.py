"""Changes of a draft: add, change, merge, split, retire, restore; each keeps where a reason comes from."""

from collections.abc import Sequence
from dataclasses import replace

from service.errors import InvalidInput, NotFound
from service.taxonomies.reasons import Reason, cleaned, folded

Reasons = tuple[Reason, ...]
Renamed = dict[str, str]  # names that examples follow


def add(reasons: Reasons, name: str, *, parent: str | None = None, description: str = "") -> Reasons:
    """A new reason, behind the others of its top reason."""
    new = Reason(name=cleaned(name), parent=parent or None, description=description)
    last = max((place for place, one in enumerate(reasons) if parent in (one.name, one.parent)), default=-1)
    place = last + 1 if parent and last >= 0 else len(reasons)
    return (*reasons[:place], new, *reasons[place:])


def change(
    reasons: Reasons, name: str, *, to: str | None = None, description: str | None = None
) -> tuple[Reasons, Renamed]:
    """Rename a reason, describe it anew, or both; its sub-reasons follow. Raises NotFound."""
    known = find(reasons, name)
    new = cleaned(to) if to is not None else known.name
    changed = replace(known, name=new, description=known.description if description is None else description)
    return tuple(
        changed
        if one is known
        else replace(one, parent=new)
        if known.parent is None and one.parent == known.name
        else one
        for one in reasons
    ), {known.name: new}


def move(reasons: Reasons, name: str, *, parent: str | None) -> Reasons:
    """Put a sub-reason under another top reason, or make it one. Raises NotFound, InvalidInput(too_deep)."""
    known = find(reasons, name)
    if parent and any(one.parent == known.name for one in reasons):
        raise InvalidInput("too_deep", "A reason with sub-reasons cannot become one.", "Move those first.")
    return tuple(replace(one, parent=parent or None) if one is known else one for one in reasons)


def merge(reasons: Reasons, names: Sequence[str], into: str) -> tuple[Reasons, Renamed]:
    """Make one reason of several; it stands where the first did. Raises NotFound, InvalidInput(bad_merge).

    Sub-reasons of merged top reasons are kept under it. ``into`` may be one of them.
    """
    merged = [find(reasons, name) for name in dict.fromkeys(names)]
    new = cleaned(into)
    if len(merged) < 2:
        raise InvalidInput("bad_merge", "A merge takes two reasons or more.", "Name them.")
    if len({one.parent is None for one in merged}) > 1:
        raise InvalidInput(
            "bad_merge", "A top reason and a sub-reason cannot be merged.", "Merge reasons of one level."
        )
    first = next((one for one in merged if folded(one.name) == folded(new)), merged[0])
    origins = tuple(dict.fromkeys(name for one in merged for name in one.comes_from))
    description = first.description or next((one.description for one in merged if one.description), "")
    whole = replace(first, name=new, comes_from=origins, description=description)
    gone = {one.name for one in merged}
    kept: list[Reason] = []
    for one in reasons:
        if one is first:
            kept.append(whole)
        elif one not in merged:
            kept.append(replace(one, parent=new) if one.parent in gone else one)
    return tuple(kept), dict.fromkeys(gone, new)


def split(reasons: Reasons, name: str, parts: Sequence[tuple[str, str]]) -> tuple[Reasons, Renamed]:
    """Make several reasons (name, description) of one; sub-reasons and examples stay with the first part.

    Which part an interaction belongs to is decided when it is labelled again. Raises NotFound,
    InvalidInput(bad_split).
    """
    known = find(reasons, name)
    if len(parts) < 2:
        raise InvalidInput("bad_split", "A split makes two reasons or more.", "Name them.")
    made = tuple(
        replace(known, name=cleaned(part), description=text or (known.description if not place else ""))
        for place, (part, text) in enumerate(parts)
    )
    kept: list[Reason] = []
    for one in reasons:
        if one is known:
            kept.extend(made)
        else:
            kept.append(replace(one, parent=made[0].name) if one.parent == known.name else one)
    return tuple(kept), {known.name: made[0].name}


def retire(reasons: Reasons, name: str, *, at: str) -> Reasons:
    """Find it no more; its sub-reasons neither. What was never published is taken out. Raises NotFound."""
    known = find(reasons, name)
    gone = {known.name, *(one.name for one in reasons if one.parent == known.name)}
    return tuple(
        replace(one, retired_at=one.retired_at or at) if one.name in gone else one
        for one in reasons
        if one.name not in gone or one.comes_from
    )


def restore(reasons: Reasons, name: str) -> Reasons:
    """Find it again, and its top reason with it. Raises NotFound."""
    known = find(reasons, name)
    back = {known.name, known.parent}
    return tuple(replace(one, retired_at=None) if one.name in back else one for one in reasons)


def find(reasons: Sequence[Reason], name: str) -> Reason:
    """The reason with this name, whatever its case and spaces. Raises NotFound(reason_not_found)."""
    found = next((one for one in reasons if folded(one.name) == folded(name)), None)
    if found is None:
        raise NotFound("reason_not_found", "The taxonomy has no reason with this name.", "See its reasons.")
    return found
