"""The values of call reasons: a taxonomy in two levels, what is found, and its thresholds."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from nlp.errors import MissingArtifact
from nlp.transcript import Party

NO_REASON = "none"  # the class of turns that state no reason: greetings, names, thanks
RETRAIN = "Train it again: python -m nlp train call_reasons --data PATH"

Conversation: TypeAlias = Sequence[tuple[Party, str]]


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of a taxonomy; a top reason has no parent."""

    name: str
    parent: str | None
    description: str


@dataclass(frozen=True)
class Taxonomy:
    """Why customers make contact, in two levels; names are unique over both."""

    name: str
    version: str
    reasons: tuple[Reason, ...]

    def subs(self, name: str) -> tuple[str, ...]:
        """A top reason's sub-reasons, a sub-reason itself; raises KeyError."""
        known = {reason.name for reason in self.reasons}
        if name not in known:
            raise KeyError(name)
        return tuple(reason.name for reason in self.reasons if reason.parent == name) or (name,)

    def top(self, name: str) -> str:
        """The top reason that a reason belongs to, itself if it is one; raises KeyError."""
        parents = {reason.name: reason.parent for reason in self.reasons}
        return parents[name] or name

    @property
    def tops(self) -> tuple[str, ...]:
        """Names of the top reasons."""
        return tuple(reason.name for reason in self.reasons if reason.parent is None)


@dataclass(frozen=True, slots=True)
class ReasonScore:
    """One reason found: its calibrated score 0-1 and the turn it was stated in (None: a mail's subject).

    A sub-reason carries its parent; a top reason alone, where no sub-reason is sure, has none.
    """

    name: str
    parent: str | None
    score: float
    primary: bool
    turn: int | None


@dataclass(frozen=True)
class Thresholds:
    """What a score must reach: the primary reason, its sub-reason, and each further reason."""

    primary: float
    sub: float
    further: float


def read_taxonomy(path: Path) -> Taxonomy:
    """Read a taxonomy file; raises MissingArtifact when it is malformed or names a reason twice."""
    try:
        taxonomy = taxonomy_of(tomllib.loads(path.read_text("utf-8")))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise MissingArtifact("corrupt_artifact", "The taxonomy cannot be read.", RETRAIN) from error
    if len({reason.name for reason in taxonomy.reasons}) < len(taxonomy.reasons):
        raise MissingArtifact("corrupt_artifact", "The taxonomy names a reason twice.", "Rename one of them.")
    return taxonomy


def taxonomy_of(table: Mapping[str, object]) -> Taxonomy:
    """The taxonomy of a TOML table with name, version and reasons; raises KeyError or TypeError."""
    reasons = table["reason"]
    if not isinstance(reasons, list):
        raise TypeError("reasons must be a list of tables")
    listed = tuple(reason for top in reasons for reason in _reasons(top))
    return Taxonomy(str(table["name"]), str(table["version"]), listed)


def _reasons(top: Mapping[str, object]) -> list[Reason]:
    name, subs = str(top["name"]), top.get("sub", [])
    if not isinstance(subs, list):
        raise TypeError("sub-reasons must be a list of tables")
    return [
        Reason(name, None, str(top["description"])),
        *(Reason(str(sub["name"]), name, str(sub["description"])) for sub in subs),
    ]
