"""A rule as its text: what ``parsing`` reads, and reads back the same."""

import re

from service.rules.conditions import (
    Condition,
    Feels,
    Given,
    Listed,
    Measure,
    Mood,
    Other,
    Party,
    Reason,
    Says,
)
from service.rules.lexing import quoted
from service.rules.measures import MEASURES
from service.rules.tree import AllOf, AnyOf, Node, NoneOf
from service.rules.windows import Window

_PLAIN_KEY = re.compile(r"[a-z_][a-z0-9_]*")
_TIMES = ((3_600_000, "h"), (60_000, "m"), (1000, "s"))


def written(node: Node) -> str:
    """The text of a rule, in one line."""
    if isinstance(node, AllOf):
        return " and ".join(_bracketed(part) for part in node.parts)
    if isinstance(node, AnyOf):
        return " or ".join(_bracketed(part) for part in node.parts)
    if isinstance(node, NoneOf):
        parts = node.parts
        return (
            f"not {_bracketed(parts[0])}"
            if len(parts) == 1
            else f"not ({' or '.join(map(_bracketed, parts))})"
        )
    return condition(node)


def condition(one: Condition) -> str:
    """The text of one condition."""
    if isinstance(one, Says):
        return _says(one)
    if isinstance(one, Measure):
        return _measure(one)
    if isinstance(one, Given):
        return _given(one)
    if isinstance(one, Mood):
        return f"{one.party} sentiment is {one.mood}{_window(one.window)}"
    if isinstance(one, Feels):
        least = f" >= {_number(one.at_least)}" if one.at_least is not None else ""
        group = " group" if one.group else ""
        return f"{_who(one.party)} feels {one.emotion}{group}{least}{_window(one.window)}"
    if isinstance(one, Reason):
        return f"{'main ' if one.main else ''}reason is {quoted(one.name)}"
    if isinstance(one, Listed):
        return f"finds {f'phrase {quoted(one.phrase)} of ' if one.phrase else ''}list {quoted(one.list)}"
    return _other(one)


def _other(one: Other) -> str:
    return f"rule {quoted(one.name)}"


def _bracketed(node: Node) -> str:
    joined = isinstance(node, AllOf | AnyOf) and len(node.parts) > 1
    return f"({written(node)})" if joined else written(node)


def _says(one: Says) -> str:
    how = {"phrase": "", "exactly": "exactly ", "form": "any form of ", "regex": "regex "}[one.how]
    near = one.near
    beside = ""
    if near is not None:
        beside = f" {'not ' if near.absent else ''}within {near.words} words of {quoted(near.text)}"
    return f"{_who(one.party)} says {how}{quoted(one.text)}{beside}{_window(one.window)}"


def _measure(one: Measure) -> str:
    kind = MEASURES[one.measure]
    value = _time(one.value) if kind.unit == "ms" else _number(one.value) + "%" * (kind.unit == "percent")
    after = f" after {one.after}" if one.after else ""
    quarter = f" in quarter {one.quarter}" if one.quarter else ""
    whose = f"{one.party} " if one.party else ""
    return f"{whose}{kind.written} {one.op} {value}{after}{quarter}{_window(one.window)}"


def _given(one: Given) -> str:
    field = one.field
    if field.startswith("attributes."):
        key = field.removeprefix("attributes.")
        field = f"attributes.{key if _PLAIN_KEY.fullmatch(key) else quoted(key)}"
    if one.op in ("in", "not in"):
        return f"{field} {one.op} ({', '.join(map(_value, one.values))})"
    if one.field == "customer":
        return f"customer is {'known' if one.op == 'is given' else 'unknown'}"
    return f"{field} {one.op}{''.join(f' {_value(value)}' for value in one.values)}"


def _value(value: str | float) -> str:
    return quoted(value) if isinstance(value, str) else _number(value)


def _window(window: Window | None) -> str:
    if window is None:
        return ""
    if window.start is not None and window.end is not None:
        return f" in {_length(window.start, window.unit)} to {_length(window.end, window.unit)}"
    return f" in {window.part} {_length(window.length or 0.0, window.unit)}"


def _length(length: float, unit: str) -> str:
    if unit == "ms":
        return _time(length)
    return _number(length) + ("%" if unit == "percent" else " turns")


def _time(milliseconds: float) -> str:
    for size, unit in _TIMES:
        if milliseconds >= size and milliseconds % size == 0:
            return f"{_number(milliseconds / size)}{unit}"
    return f"{_number(milliseconds)}ms"


def _number(value: float) -> str:
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return text if text != "-0" else "0"


def _who(party: Party | None) -> str:
    return party or "anyone"
