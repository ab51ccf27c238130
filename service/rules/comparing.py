"""A number against the number of a condition."""

import operator
from collections.abc import Callable, Sequence

from service.rules.conditions import Measure, Op
from service.rules.verdicts import NO, Code, Evidence, Verdict, unknown, yes
from service.rules.writing import condition as text_of

COMPARE: dict[Op, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}


def compared(
    one: Measure, value: float | None, places: Sequence[Evidence] = (), *, why: Code = Code.NOT_MEASURED
) -> Verdict:
    """Whether it compares so; without a value unknown, never as if it were 0."""
    if value is None:
        return unknown(why)
    if not COMPARE[one.op](value, one.value):
        return NO
    return yes(places or [Evidence(text_of(one), value=round(value, 3))])
