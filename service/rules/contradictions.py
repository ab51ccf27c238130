"""Finds rules that can never match, and rules that always do, by trying what can be.

Conditions on one field or one number hang together: the values that the rule names, those between and beyond
them, and none, stand for all there are. Every other condition may be true or false, the same one wherever it
is repeated. What is unknown is left out: a rule that is false or unknown everywhere never matches either.
The search ends after so many steps and then says nothing.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TypeAlias

from service.rules.comparing import COMPARE
from service.rules.conditions import Condition, Given, Measure
from service.rules.telling import equal
from service.rules.tree import AllOf, AnyOf, Node, NoneOf, conditions
from service.rules.writing import condition as text_of
from service.rules.writing import written

MOST_STEPS = 20_000
Value: TypeAlias = str | float | bool | None
_ELSE = "\x00else"  # a text that no rule names


@dataclass(frozen=True, slots=True)
class _Variable:
    """What some conditions depend on: its values, and how a condition follows from one."""

    values: Sequence[Value]
    holds: Callable[[Condition, Value], bool]


class _TooMany(Exception):
    """The search has become too long to go on."""


def never(node: Node) -> str | None:
    """Why a rule can never match: the parts that contradict each other, or the rule; None where it can."""
    if not _impossible(node):
        return None
    if isinstance(node, AllOf):
        for part in node.parts:
            if _impossible(part):
                return written(part)
        for first, second in combinations(node.parts, 2):
            if _impossible(AllOf.model_construct(all=(first, second))):
                return f"{written(first)} and {written(second)}"
    return written(node)


def always(node: Node) -> bool:
    """Whether a rule matches whatever can be evaluated."""
    return _impossible(NoneOf.model_construct(none=(node,)))


def _impossible(node: Node) -> bool:
    names: dict[str, list[Condition]] = {}
    for one in conditions(node):
        names.setdefault(_name(one), []).append(one)
    variables = {name: _variable(found) for name, found in names.items()}
    steps = iter(range(MOST_STEPS))
    try:
        return not _possible(node, variables, {}, list(variables), steps)
    except _TooMany:
        return False


def _possible(
    node: Node,
    variables: Mapping[str, _Variable],
    chosen: dict[str, Value],
    left: Sequence[str],
    steps: Iterator[int],
) -> bool:
    if next(steps, None) is None:
        raise _TooMany
    value = _evaluated(node, variables, chosen)
    if value is not None:
        return value
    name, *rest = left
    for one in variables[name].values:
        if _possible(node, variables, {**chosen, name: one}, rest, steps):
            return True
    return False


def _evaluated(node: Node, variables: Mapping[str, _Variable], chosen: Mapping[str, Value]) -> bool | None:
    """As far as the chosen values decide it."""
    if not isinstance(node, AllOf | AnyOf | NoneOf):
        name = _name(node)
        return variables[name].holds(node, chosen[name]) if name in chosen else None
    answers = [_evaluated(part, variables, chosen) for part in node.parts]
    if isinstance(node, AllOf):
        return False if False in answers else None if None in answers else True
    some = True if True in answers else None if None in answers else False
    return some if isinstance(node, AnyOf) or some is None else not some


def _name(one: Condition) -> str:
    """What a condition depends on: conditions of one name hang together."""
    if isinstance(one, Given) and one.op != "contains":
        return f"field {one.field}"
    if isinstance(one, Measure):
        return f"measure {one.model_copy(update={'op': '=', 'value': 0.0}).model_dump_json()}"
    return text_of(one)


def _variable(found: Sequence[Condition]) -> _Variable:
    first = found[0]
    if isinstance(first, Measure):
        return _Variable(_around([one.value for one in found if isinstance(one, Measure)]), _measure_holds)
    if isinstance(first, Given) and first.op != "contains":
        named = [value for one in found if isinstance(one, Given) for value in one.values]
        texts = [value for value in named if isinstance(value, str)]
        numbers = [value for value in named if not isinstance(value, str)]
        values: list[Value] = [*dict.fromkeys(texts), *_around(numbers), None]
        return _Variable([*values, _ELSE] if _open(first.field) else values, _field_holds)
    return _Variable((True, False), lambda _, value: bool(value))


def _open(field: str) -> bool:
    return field != "hour"


def _around(numbers: Sequence[float]) -> list[Value]:
    """The numbers, one between each two neighbours, and one beyond each end."""
    known = sorted(set(numbers))
    if not known:
        return []
    between = [(low + high) / 2 for low, high in pairwise(known)]
    return [known[0] - 1, *known, *between, known[-1] + 1]


def _measure_holds(one: Condition, value: Value) -> bool:
    return isinstance(one, Measure) and isinstance(value, float) and COMPARE[one.op](value, one.value)


def _field_holds(one: Condition, value: str | float | None) -> bool:
    assert isinstance(one, Given)  # noqa: S101 - by their name
    if one.op in ("is given", "is missing"):
        return (value is not None) == (one.op == "is given")
    if one.op in ("is", "in", "is not", "not in"):
        return any(equal(wanted, value) for wanted in one.values) == (one.op in ("is", "in"))
    compare = {"<": COMPARE["<"], "<=": COMPARE["<="], ">=": COMPARE[">="], ">": COMPARE[">"]}[one.op]
    return isinstance(value, float) and compare(value, float(one.values[0]))
