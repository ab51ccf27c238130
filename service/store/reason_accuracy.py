"""How right the reasons are where people have looked: agreement, precision, recall and kappa per reason."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from sqlalchemy import Select, select

from service.store.correction_tables import ReasonCorrectionRow
from service.store.database import Session
from service.store.labels import WRONG
from service.store.periods import period
from service.store.tables import InteractionRow
from service.store.taxonomy_tables import ReasonPlaceRow
from service.store.trends import Level
from service.taxonomies.agreement import Kappa, Share, kappa, share

Label = str | None  # None: no reason


@dataclass(frozen=True, slots=True)
class ReasonAccuracy:
    """One reason: how often people and the model named it.

    ``precision`` is of what the model named, ``recall`` of what people named; ``kappa`` is of "this reason"
    against "another one or none".
    """

    name: str
    said: int
    found: int
    agreed: int
    precision: Share
    recall: Share
    kappa: Kappa


@dataclass(frozen=True, slots=True)
class BetweenPeople:
    """How far two people agree about the interactions that both have looked at."""

    first: str
    second: str
    agreement: Share
    kappa: Kappa


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Of the interactions of a period that people have looked at, those in which a model could find reasons.

    ``wrong`` are those whose label is wrong and no better one known: they count against precision alone.
    ``models`` names the versions whose labels were looked at.
    """

    first: date
    last: date
    looked_at: int
    compared: int
    wrong: int
    agreement: Share
    kappa: Kappa
    reasons: Sequence[ReasonAccuracy]
    people: Sequence[BetweenPeople]
    models: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Seen:
    interaction: Any
    author: str
    wrong: bool
    said: Label
    found: Label
    model: str | None


def accuracy(session: Session, *, first: date, last: date, level: Level = Level.SUB) -> Accuracy:
    """Hold labels against corrections; raises InvalidInput("bad_period").

    The model's label is the one it had given before anybody corrected the interaction.
    """
    asked = period(first, last)
    seen = _seen(session, asked.first, asked.last, level)
    newest: dict[Any, _Seen] = {one.interaction: one for one in seen}  # the last of each is the newest
    judged = [one for one in newest.values() if one.model is not None]
    pairs = [(one.said, one.found) for one in judged if not one.wrong]
    return Accuracy(
        first=first,
        last=last,
        looked_at=len(newest),
        compared=len(judged),
        wrong=sum(one.wrong for one in judged),
        agreement=share(sum(a == b for a, b in pairs), len(judged)),
        kappa=kappa(pairs),
        reasons=[_of(name, judged) for name in _names(judged)],
        people=_people(seen),
        models=sorted({one.model for one in judged if one.model}),
    )


def _of(name: str, judged: Sequence[_Seen]) -> ReasonAccuracy:
    said = sum(one.said == name for one in judged)
    found = sum(one.found == name for one in judged)
    agreed = sum(one.said == name == one.found for one in judged)
    return ReasonAccuracy(
        name=name,
        said=said,
        found=found,
        agreed=agreed,
        precision=share(agreed, found),
        recall=share(agreed, said),
        kappa=kappa([(one.said == name, one.found == name) for one in judged if not one.wrong]),
    )


def _names(judged: Iterable[_Seen]) -> list[str]:
    """Every reason that people or the model named, the most frequent first."""
    counts: dict[str, int] = defaultdict(int)
    for one in judged:
        for name in {one.said, one.found} - {None}:
            counts[str(name)] += 1
    return sorted(counts, key=lambda name: (-counts[name], name))


def _people(seen: Sequence[_Seen]) -> list[BetweenPeople]:
    """Each pair that has looked at the same interactions."""
    said: dict[str, dict[Any, Label]] = defaultdict(dict)
    for one in seen:
        if not one.wrong:
            said[one.author][one.interaction] = one.said
    found = []
    for first, second in combinations(sorted(said), 2):
        both = said[first].keys() & said[second].keys()
        pairs = [(said[first][key], said[second][key]) for key in both]
        if pairs:
            agreed = sum(a == b for a, b in pairs)
            found.append(BetweenPeople(first, second, share(agreed, len(pairs)), kappa(pairs)))
    return found


def _seen(session: Session, first: date, last: date, level: Level) -> list[_Seen]:
    """What everybody says now, the newest last; labels as they stand in the taxonomy in use."""
    places = {
        (row.taxonomy, row.version, row.name): (row.now_name, row.now_parent)
        for row in session.scalars(select(ReasonPlaceRow))
    }

    def label(row: ReasonCorrectionRow, prefix: str) -> Label:
        name, parent = getattr(row, f"{prefix}name"), getattr(row, f"{prefix}parent")
        pinned = (getattr(row, f"{prefix}taxonomy"), getattr(row, f"{prefix}taxonomy_version"), name)
        now_name: Label
        now_name, now_parent = places.get(pinned, (name, parent))
        return (now_parent or now_name) if level is Level.TOP else now_name

    return [
        _Seen(
            interaction=row.interaction_id,
            author=row.author,
            wrong=row.verdict == WRONG,
            said=label(row, ""),
            found=label(row, "model_"),
            model=row.model_version,
        )
        for row in session.scalars(_query(first, last))
    ]


def _query(first: date, last: date) -> Select[ReasonCorrectionRow]:
    return (
        select(ReasonCorrectionRow)
        .join(InteractionRow, InteractionRow.id == ReasonCorrectionRow.interaction_id)
        .where(
            ReasonCorrectionRow.replaced_at.is_(None),
            InteractionRow.day >= first,
            InteractionRow.day <= last,
        )
        .order_by(ReasonCorrectionRow.newest, ReasonCorrectionRow.id)
    )
