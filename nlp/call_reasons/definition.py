"""A user's taxonomy: from a TOML file or from labels alone, checked; and as TOML again."""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from nlp.call_reasons.values import NO_REASON, Reason, Taxonomy, taxonomy_of
from nlp.errors import BadTaxonomy
from nlp.plain_text import clean

LEVELS = re.compile(
    r"\s+/\s+|\s*>\s*"
)  # between the two levels in a label: "Billing / Refund", "Billing > Refund"
LONGEST_NAME = 120  # characters
MOST_REASONS = 1000
SHAPE = "Write a name and [[reason]] tables with name, description and, for a second level, [[reason.sub]]."


def read_definition(path: Path, *, name: str, version: str = "1") -> Taxonomy:
    """Read a user's taxonomy file; ``name`` is what it is called; descriptions may be absent.

    Raises BadTaxonomy: unreadable_taxonomy, duplicate_reason, bad_reason_name, too_many_reasons.
    """
    try:
        table = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
        taxonomy = taxonomy_of({**_described(table), "name": name, "version": version})
    except FileNotFoundError as error:
        raise BadTaxonomy("no_such_file", f"There is no file {path.name}.", "Check the path.") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadTaxonomy("unreadable_taxonomy", "The taxonomy file cannot be read.", SHAPE) from error
    return checked(taxonomy)


def checked(taxonomy: Taxonomy) -> Taxonomy:
    """The taxonomy with tidy names; raises BadTaxonomy when two are equal or one cannot be a name."""
    reasons = tuple(
        Reason(tidy(one.name), tidy(one.parent) if one.parent else None, clean(one.description).strip())
        for one in taxonomy.reasons
    )
    for reason in reasons:
        if not reason.name or same(reason.name) == NO_REASON or len(reason.name) > LONGEST_NAME:
            detail = f'A reason has no name, is called "{NO_REASON}", or has more than {LONGEST_NAME} signs.'
            raise BadTaxonomy("bad_reason_name", detail, "Give it a short name of its own.")
    seen: set[str] = set()
    for reason in reasons:
        if same(reason.name) in seen:
            detail = f"Two reasons are called {reason.name!r} (capitals and spaces do not count)."
            raise BadTaxonomy("duplicate_reason", detail, "Rename one of them.")
        seen.add(same(reason.name))
    if not reasons or len(reasons) > MOST_REASONS:
        detail = f"There are {len(reasons)} reasons; 1 to {MOST_REASONS} are possible."
        raise BadTaxonomy("too_many_reasons" if reasons else "no_reasons", detail, SHAPE)
    if {one.parent for one in reasons if one.parent} - {one.name for one in reasons if one.parent is None}:
        raise BadTaxonomy("bad_parent", "A sub-reason's parent is no top reason.", "Two levels are possible.")
    return Taxonomy(taxonomy.name, taxonomy.version, reasons)


def from_labels(labels: Iterable[str], *, name: str, version: str = "1") -> Taxonomy:
    """The taxonomy that labels make: ``top / sub`` or ``top > sub`` are two levels, anything else one.

    A sub-reason whose name occurs twice is called by its whole path. Raises BadTaxonomy.
    """
    paths = sorted({path for label in labels if (path := _path(label))})
    subs = [path[1] for path in paths if len(path) == 2]
    taken = [same(sub) for sub in subs] + [same(top) for top in {path[0] for path in paths}]
    reasons: dict[str, Reason] = {}
    for path in paths:
        reasons.setdefault(path[0], Reason(path[0], None, ""))
        if len(path) == 2:
            sub = path[1] if taken.count(same(path[1])) == 1 else " / ".join(path)
            reasons[sub] = Reason(sub, path[0], "")
    return checked(Taxonomy(name, version, tuple(reasons.values())))


class Labels:
    """Finds the reason that a label means: its name, or its path, in any capitals and spacing."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._known = {same(one.name): one.name for one in taxonomy.reasons}
        for one in taxonomy.reasons:
            if one.parent:
                self._known[_joined((one.parent, one.name))] = one.name

    def reason(self, label: str) -> str | None:
        """The reason's name, ``NO_REASON`` for an empty label; raises KeyError for any other."""
        if not label.strip() or same(label) == NO_REASON:
            return NO_REASON
        plain = same(label)
        return self._known[plain if plain in self._known else _joined(_path(label))]


def tidy(name: str) -> str:
    """A name on one line, with single spaces."""
    return " ".join(clean(name).split())


def same(name: str) -> str:
    """What two equal names have in common."""
    return tidy(name).casefold()


def toml(taxonomy: Taxonomy) -> str:
    """The taxonomy as a TOML file that ``read_definition`` reads."""
    lines = [f"name = {_string(taxonomy.name)}", f"version = {_string(taxonomy.version)}"]
    for top in taxonomy.reasons:
        if top.parent is None:
            lines += ["", "[[reason]]", *_entry(top)]
            for sub in taxonomy.reasons:
                if sub.parent == top.name:
                    lines += ["[[reason.sub]]", *_entry(sub)]
    return "\n".join(lines) + "\n"


def _described(table: Mapping[str, object]) -> dict[str, object]:
    """The table with an empty description wherever there is none."""
    tops = table["reason"]
    if not isinstance(tops, list):
        raise TypeError("reasons must be a list of tables")
    return {
        "reason": [
            {
                "description": "",
                **top,
                "sub": [{"description": "", **sub} for sub in top.get("sub", [])],
            }
            for top in tops
        ]
    }


def _path(label: str) -> tuple[str, ...]:
    """The label's one or two levels; empty for a label that means no reason."""
    parts = tuple(part for part in map(tidy, LEVELS.split(label.strip(), maxsplit=1)) if part)
    return () if not parts or _joined(parts) == NO_REASON else parts


def _joined(path: tuple[str, ...]) -> str:
    return " / ".join(map(same, path))


def _entry(reason: Reason) -> list[str]:
    return [f"name = {_string(reason.name)}", f"description = {_string(reason.description)}"]


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # a JSON string is a TOML basic string
