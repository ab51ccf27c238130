"""Evaluates rules on one interaction, in three-valued logic."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from service.rules import feeling, measuring, telling, wording
from service.rules.case import EMPTY, Case, Library
from service.rules.conditions import Condition, Feels, Given, Listed, Measure, Mood, Other, Reason, Says
from service.rules.facts import Facts
from service.rules.tree import AllOf, AnyOf, Node, NoneOf
from service.rules.verdicts import NO, Code, Evidence, Verdict, all_of, any_of, none_of, unknown, yes
from service.rules.writing import condition as text_of

_ABSTAINED = "abstained"
_JOIN: dict[str, tuple[Callable[[Sequence[Verdict]], Verdict], bool | None]] = {
    "all": (all_of, False),
    "any": (any_of, None),
    "none": (none_of, True),
}


def evaluate(node: Node, facts: Facts, library: Library = EMPTY) -> Verdict:
    """Whether a rule matches, cannot be evaluated, and why or where."""
    return verdict(node, Case(facts, library))


def verdict(node: Node, case: Case) -> Verdict:
    """The same for a case that other rules have used: false ends an "all", true an "any"."""
    if not isinstance(node, AllOf | AnyOf | NoneOf):
        return _EVALUATE[type(node)](node, case)
    join, decisive = _JOIN[node.join]
    found = []
    for part in node.parts:
        found.append(verdict(part, case))
        if decisive is not None and found[-1].value is decisive:
            break  # nothing that follows can change it; an "any" goes on for its evidence
    return join(found)


def _reason(one: Reason, case: Case) -> Verdict:
    """Whether a call reason was found: abstaining is an answer, an unreadable transcript is none."""
    facts = case.facts
    if not facts.analysed:
        return unknown(Code.NOT_ANALYSED)
    if facts.no_reason and facts.no_reason != _ABSTAINED:
        known = {"unreliable": Code.UNRELIABLE, "no_text": Code.NO_TEXT}
        return unknown(known.get(facts.no_reason, feeling.why_not_read(case)))
    found = [
        turn
        for name, parent, primary, turn in facts.reasons
        if one.name in (name, parent) and (primary or not one.main)
    ]
    if not found:
        return NO
    return yes([_stated(text_of(one), turn, case) for turn in dict.fromkeys(found)])


def _stated(text: str, turn: int | None, case: Case) -> Evidence:
    if turn is None or turn >= len(case.facts.turns):
        return Evidence(text)
    return case.place(text, turn, 0, len(case.facts.turns[turn].text))


def _other(one: Other, case: Case) -> Verdict:
    """The verdict of another rule; rules that name each other in a circle cannot be saved."""
    node = case.library.rules.get(one.name)
    return unknown(Code.NO_SUCH_RULE) if node is None else verdict(node, case)


_EVALUATE: Mapping[type[Condition], Callable[[Any, Case], Verdict]] = {
    Says: wording.says,
    Listed: wording.finds,
    Measure: measuring.measured,
    Mood: feeling.mood,
    Feels: feeling.feels,
    Reason: _reason,
    Given: lambda one, case: telling.given(one, case.facts),
    Other: _other,
}
