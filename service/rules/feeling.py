"""Evaluates sentiment and emotions: of a party, in a part of the interaction."""

from collections.abc import Iterator

from service.rules.case import Case, scope_of
from service.rules.conditions import Feels, Mood, Party
from service.rules.emotion_groups import labels
from service.rules.verdicts import NO, Code, Evidence, Verdict, unknown, yes
from service.rules.windows import Window
from service.rules.writing import condition as text_of

CLEAR = 1.0  # from this distance to 0 on a turn is positive or negative (Qualtrics: -5..-1, 1..5)
HALF = 0.5  # of the turns must have a mood (Transcribe Call Analytics: >= 50 %)


def unmeasured(case: Case) -> Code | None:
    """Why nothing was found in the words at all."""
    if not case.facts.analysed:
        return Code.NOT_ANALYSED
    if case.facts.reliable is False:
        return Code.UNRELIABLE
    return None if case.facts.turns else Code.NO_TEXT


def why_not_read(case: Case) -> Code:
    """Why the models read nothing, as far as it is known."""
    if case.facts.no_reason == Code.LANGUAGE_NOT_SUPPORTED:
        return Code.LANGUAGE_NOT_SUPPORTED
    return Code.NOT_READ


def turns_in(party: Party | None, window: Window | None, case: Case) -> Iterator[tuple[int, bool | None]]:
    """The turns that say something, by the party and in the window; None where that cannot be told."""
    scope = scope_of(party, window)
    for number, turn in enumerate(case.facts.turns):
        if turn.text.strip() and turn.party != "system":
            within = case.conversation.said_within(number, 0, len(turn.text), scope)
            if within is not False:
                yield number, within


def scores(party: Party | None, window: Window | None, case: Case) -> tuple[dict[int, float], list[Code]]:
    """Sentiment of each turn in question; codes say why others have none."""
    found: dict[int, float] = {}
    codes: list[Code] = []
    for number, within in turns_in(party, window, case):
        score = case.facts.findings[number][0] if number < len(case.facts.findings) else None
        if within is None:
            codes += case.whys(scope_of(party, window))
        elif score is None:
            codes.append(why_not_read(case))
        else:
            found[number] = score
    return found, codes


def mood(one: Mood, case: Case) -> Verdict:
    """Whether at least half of the turns are so; turns that were not read count where they could decide."""
    if code := unmeasured(case):
        return unknown(code)
    found, codes = scores(one.party, one.window, case)
    such = [number for number, score in found.items() if _mood_of(score) == one.mood]
    whole = len(found) + len(codes)
    if not whole:
        return NO
    least, most = len(such) / whole, (len(such) + len(codes)) / whole
    if least >= HALF:
        text = text_of(one)
        return yes([_turn(text, number, found[number], case) for number in such])
    return unknown(*codes) if most >= HALF else NO


def feels(one: Feels, case: Case) -> Verdict:
    """Whether a turn carries the emotion, strongly enough."""
    if code := unmeasured(case):
        return unknown(code)
    wanted = labels(one.emotion, group=one.group)
    text = text_of(one)
    found: list[Evidence] = []
    codes: list[Code] = []
    for number, within in turns_in(one.party, one.window, case):
        sentiment, emotions = (
            case.facts.findings[number] if number < len(case.facts.findings) else (None, None)
        )
        score = max((value for label, value in (emotions or {}).items() if label in wanted), default=None)
        if score is not None and score >= (one.at_least or 0.0):
            if within:
                found.append(_turn(text, number, score, case))
            else:
                codes += case.whys(scope_of(one.party, one.window))
        elif emotions is None or (not emotions and sentiment is None):  # analysed before null was kept
            codes.append(why_not_read(case) if sentiment is None else Code.LANGUAGE_NOT_SUPPORTED)
    if found:
        return yes(found)
    return unknown(*codes) if codes else NO


def _mood_of(score: float) -> str:
    if abs(score) < CLEAR:
        return "neutral"
    return "positive" if score > 0 else "negative"


def _turn(text: str, number: int, value: float, case: Case) -> Evidence:
    turn = case.facts.turns[number]
    return Evidence(text, number, 0, len(turn.text), turn.start_ms, turn.end_ms, round(value, 3))
