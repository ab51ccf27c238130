"""Evaluates what was told about the interaction: channel, queue, agent, ... and free attributes."""

from service.rules.conditions import Given
from service.rules.facts import Facts
from service.rules.verdicts import NO, Code, Evidence, Verdict, unknown, yes
from service.rules.writing import condition as text_of


def given(one: Given, facts: Facts) -> Verdict:
    """Whether a field is as the condition says.

    What was not given is no value: equal to nothing, unequal to everything. A language that could not be
    identified is different: there is one, and nobody knows which.
    """
    value = _value(one, facts)
    if one.field == "language" and value is None and one.op not in ("is given", "is missing"):
        return unknown(Code.LANGUAGE_UNKNOWN)
    if one.op in ("<", "<=", ">=", ">"):
        return _compared(one, value)
    if not _holds(one, value):
        return NO
    return yes([Evidence(text_of(one), value=value)])


def _value(one: Given, facts: Facts) -> str | float | None:
    if not one.field.startswith("attributes."):
        return facts.told.get(one.field)
    found = facts.attributes.get(one.field.removeprefix("attributes."))
    if isinstance(found, bool):
        return "true" if found else "false"
    return float(found) if isinstance(found, int) else found


def _holds(one: Given, value: str | float | None) -> bool:
    if one.op in ("is given", "is missing"):
        return (value is not None) == (one.op == "is given")
    if one.op == "contains":
        return isinstance(value, str) and str(one.values[0]).casefold() in value.casefold()
    found = any(equal(wanted, value) for wanted in one.values)
    return found == (one.op in ("is", "in"))


def equal(wanted: str | float, value: str | float | None) -> bool:
    """Whether a value is the one wanted; 5 and "5" are."""
    if value is None or isinstance(wanted, str) == isinstance(value, str):
        return wanted == value
    number = _number(value if isinstance(value, str) else wanted)
    return number is not None and number == (wanted if isinstance(value, str) else value)


def _compared(one: Given, value: str | float | None) -> Verdict:
    if value is None:
        return NO
    number = _number(value)
    if number is None:
        return unknown(Code.NOT_A_NUMBER)
    limit = float(one.values[0])
    holds = {
        "<": number < limit,
        "<=": number <= limit,
        ">=": number >= limit,
        ">": number > limit,
    }[one.op]
    return yes([Evidence(text_of(one), value=value)]) if holds else NO


def _number(value: str | float) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None
