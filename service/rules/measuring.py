"""Evaluates numbers: silences, holds, interruptions, talk, response times, sentiment."""

from collections.abc import Mapping, Sequence
from typing import Any

from service.phrases.query import Scope, Turns
from service.rules import feeling, responding
from service.rules.case import Case, scope_of
from service.rules.comparing import COMPARE, compared
from service.rules.conditions import Measure
from service.rules.verdicts import Code, Evidence, Verdict, unknown
from service.rules.writing import condition as text_of

Stretch = Mapping[str, Any]  # {"start_ms", "end_ms"}
_SILENCES = {"longest_silence": "silences", "total_silence": "silences"}
_HOLDS = {"longest_hold": "holds", "total_hold": "holds", "holds": "holds"}


def measured(one: Measure, case: Case) -> Verdict:
    """Whether a number compares as the condition says; unknown where it was not measured, never 0."""
    if one.measure == "duration":
        return compared(one, case.facts.duration_ms)
    if one.measure.endswith("_response"):
        return responding.response(one, case)
    if one.measure == "turns":
        return _turns(one, case)
    if not case.facts.analysed:
        return unknown(Code.NOT_ANALYSED)
    if one.measure == "sentiment":
        return _sentiment(one, case)
    if one.measure == "sentiment_change":
        return _change(one, case)
    if one.measure in _SILENCES | _HOLDS:
        return _stretches(one, case)
    if one.measure == "interruptions":
        return _interruptions(one, case)
    name, factor = ("talk_share", 100.0) if one.measure == "talk_share" else ("words_per_minute", 1.0)
    by_party = case.facts.characteristics.get(name)
    value = by_party.get(one.party) if by_party else None
    return compared(one, None if value is None else value * factor)


def _stretches(one: Measure, case: Case) -> Verdict:
    """Silences or holds; those of the analysis are longer than its threshold, shorter ones are not listed."""
    facts = case.facts.characteristics
    listed: Sequence[Stretch] | None = facts.get((_SILENCES | _HOLDS)[one.measure])
    if listed is None:
        return unknown(Code.NOT_MEASURED)
    chosen = [each for each in listed if _in_window(one, each, case) and _follows(one, each, case)]
    if one.window is not None and one.window.unit != "turns" and case.facts.duration_ms is None:
        return unknown(Code.NO_TIMES)
    lengths = [each["end_ms"] - each["start_ms"] for each in chosen]
    narrowed = one.window is not None or one.after is not None
    if one.measure == "longest_silence" and not narrowed:
        value = float(facts.get("longest_silence_ms") or 0)
    elif (
        one.measure == "longest_silence" and not lengths and one.value < facts.get("non_talk_threshold_ms", 0)
    ):
        return unknown(Code.BELOW_THRESHOLD)
    elif one.measure.startswith("longest"):
        value = float(max(lengths, default=0))
    else:
        value = float(len(lengths) if one.measure == "holds" else sum(lengths))
    text = text_of(one)
    single = one.measure.startswith("longest")
    places = [
        Evidence(text, start_ms=each["start_ms"], end_ms=each["end_ms"], value=float(length))
        for each, length in zip(chosen, lengths, strict=True)
        if not single or COMPARE[one.op](length, one.value)
    ]
    return compared(one, value, places if value else ())


def _in_window(one: Measure, stretch: Stretch, case: Case) -> bool:
    if one.window is None:
        return True
    window = one.window.in_phrases()
    if isinstance(window, Turns):
        turn = _turn_before(stretch["start_ms"], case)
        return turn is not None and bool(case.conversation.said_within(turn, 0, 0, Scope(None, (window,))))
    bounds = case.conversation.bounds(window)
    return bounds is not None and bounds[0] <= stretch["start_ms"] <= bounds[1]


def _follows(one: Measure, stretch: Stretch, case: Case) -> bool:
    if one.after is None:
        return True
    turn = _turn_before(stretch["start_ms"], case)
    return turn is not None and case.facts.turns[turn].party == one.after


def _turn_before(moment: int, case: Case) -> int | None:
    """The last turn that has begun before a moment."""
    begun = [number for number, turn in enumerate(case.facts.turns) if (turn.start_ms or 0) < moment]
    return max(begun, key=lambda number: case.facts.turns[number].start_ms or 0, default=None)


def _interruptions(one: Measure, case: Case) -> Verdict:
    facts = case.facts.characteristics
    found: Sequence[Mapping[str, Any]] | None = facts.get("interruption_instances")
    if found is None:
        return unknown(Code.NOT_MEASURED)
    chosen = [
        each for each in found if one.party in (None, str(each["party"])) and _in_window(one, each, case)
    ]
    text = text_of(one)
    places = [Evidence(text, start_ms=each["start_ms"], end_ms=each["end_ms"]) for each in chosen]
    return compared(one, float(len(chosen)), places)


def _turns(one: Measure, case: Case) -> Verdict:
    if not case.facts.turns:
        return unknown(Code.NO_TEXT)
    scope = scope_of(one.party, one.window)
    answers = [
        case.conversation.said_within(number, 0, len(turn.text), scope)
        for number, turn in enumerate(case.facts.turns)
    ]
    if None in answers:
        return unknown(*case.whys(scope))
    return compared(one, float(sum(answer is True for answer in answers)))


def _sentiment(one: Measure, case: Case) -> Verdict:
    """The stored figure of the whole or a quarter; in a window the mean of the turns that begin in it."""
    if code := feeling.unmeasured(case):
        return unknown(code)
    if one.window is not None:
        found, codes = feeling.scores(one.party, one.window, case)
        if codes or not found:
            return unknown(*codes or [Code.NOT_MEASURED])
        return compared(one, sum(found.values()) / len(found))
    own = case.facts.sentiments.get(str(one.party)) or {}
    quarters = own.get("quarters") or [None] * 4
    value = own.get("score") if one.quarter is None else quarters[one.quarter - 1]
    why = Code.NOT_MEASURED if own else feeling.why_not_read(case)
    return compared(one, value, why=why)


def _change(one: Measure, case: Case) -> Verdict:
    """The last quarter that has a sentiment less the first one; of one quarter alone there is none."""
    if code := feeling.unmeasured(case):
        return unknown(code)
    own = case.facts.sentiments.get(str(one.party)) or {}
    known = [value for value in own.get("quarters") or () if value is not None]
    return compared(one, known[-1] - known[0] if len(known) > 1 else None)
