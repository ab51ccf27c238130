"""What training a user's call reasons tells: cross-validated figures, thresholds, what looks wrong."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations

from rapidfuzz import fuzz, process

from nlp.call_reasons import NO_REASON, Taxonomy, Thresholds
from nlp.call_reasons.definition import same
from nlp.training.reason_figures import Figures

FEW = 5  # examples of a reason below which its figures are mostly chance
ALIKE = 90  # rapidfuzz' ratio from which two names are nearly the same


@dataclass(frozen=True, slots=True)
class Warned:
    """What looks wrong with the examples or the names; never holds a text."""

    code: str
    detail: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """How a training went; ``figures`` are cross-validated, None where there were too few examples.

    ``examples``: different texts of each reason ("none": without a reason). ``precision_aimed_at``: of the
    texts that get a reason; the thresholds were chosen for it. ``left_out``: texts beyond
    those that can be used.
    """

    taxonomy: str
    version: str
    examples: Mapping[str, int]
    folds: int
    figures: Figures | None
    thresholds: Thresholds
    precision_aimed_at: float
    cpu_seconds: float
    left_out: int
    warnings: tuple[Warned, ...]

    def document(self) -> dict[str, object]:
        """As JSON takes it."""
        return asdict(self)


def warnings_of(taxonomy: Taxonomy, labelled: Sequence[tuple[str, str]]) -> tuple[Warned, ...]:
    """What looks wrong: few examples, names nearly alike, texts of several reasons; (text, reason) in."""
    reasons_of: dict[str, set[str]] = {}
    texts_of: dict[str, set[str]] = {one.name: set() for one in taxonomy.reasons}
    for text, name in labelled:
        plain = _plain(text)
        if plain:
            reasons_of.setdefault(plain, set()).add(name)
            texts_of.setdefault(name, set()).add(plain)
    parents = {one.parent for one in taxonomy.reasons}
    few = [
        name
        for name, texts in texts_of.items()
        if len(texts) < FEW and name != NO_REASON and not (name in parents and not texts)
    ]
    found = [
        Warned(
            "few_examples",
            f"{len(few)} reasons have fewer than {FEW} different examples; they are known by name and "
            "description for the most part.",
            tuple(few),
        )
    ] * bool(few)
    return (*found, *_alike([one.name for one in taxonomy.reasons]), *_conflicts(reasons_of))


def _alike(names: Sequence[str]) -> list[Warned]:
    plain = [same(name) for name in names]
    table = process.cdist(plain, plain, scorer=fuzz.ratio, score_cutoff=ALIKE)
    pairs = [
        (names[a], names[b])
        for a, b in combinations(range(len(names)), 2)
        if table[a, b] and not _numbered(plain[a], plain[b])
    ]
    detail = "Two reasons have nearly the same name: people will mix them up, and so will the model."
    return [Warned("names_alike", detail, pair) for pair in pairs]


def _conflicts(reasons_of: Mapping[str, set[str]]) -> list[Warned]:
    groups = [reasons for reasons in reasons_of.values() if len(reasons) > 1]
    if not groups:
        return []
    counted: dict[tuple[str, ...], int] = {}
    for reasons in groups:
        key = tuple(sorted(reasons))
        counted[key] = counted.get(key, 0) + 1
    most = sorted(counted.items(), key=lambda item: -item[1])
    return [
        Warned(
            "conflicting_labels",
            f"{count} texts (capitals and punctuation set aside) are examples of all of these; any of them "
            "is taken as right.",
            reasons,
        )
        for reasons, count in most
    ]


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _numbered(one: str, other: str) -> bool:
    """Whether two names differ in a number alone: those are meant."""
    return re.sub(r"\d+", "#", one) == re.sub(r"\d+", "#", other)
