"""Reads one condition of a rule's text."""

from service.rules.conditions import (
    FIELDS,
    Condition,
    Feels,
    Given,
    Listed,
    Measure,
    Mood,
    Near,
    Other,
    Party,
    Reason,
    Says,
)
from service.rules.lexing import Mark, bad
from service.rules.marks import PARTIES, Marks, made
from service.rules.measures import MEASURES

OPS = ("<=", ">=", "!=", "<", ">", "=")
MOODS = ("negative", "positive", "neutral")
_LONGEST_FIRST = sorted(MEASURES.items(), key=lambda item: -len(item[1].written.split()))
_AS_TOLD = {"known": "is given", "given": "is given", "unknown": "is missing", "missing": "is missing"}


def condition(marks: Marks) -> Condition:
    """The condition that follows. Raises InvalidInput(bad_rule)."""
    first = marks.next
    if found := _told_field(marks):
        return _given(marks, found, first.place)
    party = marks.party() if first.kind == "word" and first.text.lower() in PARTIES else None
    whose = first.text.lower() in PARTIES
    if marks.takes("says"):
        return _says(marks, party, first.place)
    if marks.takes("feels"):
        return _feels(marks, party, first.place)
    if marks.sees("sentiment", "is"):
        return _mood(marks, party, first.place)
    for name, kind in _LONGEST_FIRST:
        if marks.takes(*kind.written.split()):
            return _measure(marks, name, party, first.place)
    if whose:
        raise bad(marks.next.place, "say what: says, feels, sentiment, interruptions, talk share, turns.")
    return _whole(marks, first)


def _whole(marks: Marks, first: Mark) -> Condition:
    """A condition on no party."""
    main = marks.sees("main", "reason") and marks.takes("main")
    if marks.takes("reason"):
        marks.need("is")
        return made(Reason, first.place, name=marks.text("a call reason"), main=main)
    if marks.takes("finds"):
        phrase = None
        if marks.takes("phrase"):
            phrase = marks.text("a phrase")
            marks.need("of")
        marks.need("list")
        return made(Listed, first.place, list=marks.text("a phrase list"), phrase=phrase)
    if marks.takes("rule"):
        return made(Other, first.place, name=marks.text("the name of a rule"))
    raise bad(first.place, "there is no such condition." if first.text else "a condition is missing here.")


def _says(marks: Marks, party: Party | None, place: int) -> Says:
    how = "phrase"
    if marks.takes("any", "form", "of"):
        how = "form"
    elif marks.next.kind == "word" and (found := marks.one_of(("exactly", "regex"))):
        how = found
    said = marks.next
    text = marks.text("what is said")
    absent = marks.sees("not", "within") and marks.takes("not")
    near = None
    if marks.takes("within"):
        words = marks.whole("a number of words")
        if not marks.one_of(("words", "word")):
            marks.need("words")
        marks.need("of")
        near = made(Near, said.place, text=marks.text("the other words"), words=words, absent=absent)
    window = marks.window()
    return made(Says, said.place, party=party, how=how, text=text, near=near, window=window)


def _feels(marks: Marks, party: Party | None, place: int) -> Feels:
    emotion = marks.text("an emotion").lower()
    group = marks.takes("group")
    least = marks.number("a score from 0 to 1").number if marks.takes(">=") else None
    window = marks.window()
    return made(Feels, place, party=party, emotion=emotion, group=group, at_least=least, window=window)


def _mood(marks: Marks, party: Party | None, place: int) -> Mood:
    marks.need("sentiment", "is")
    mark = marks.next
    mood = marks.one_of(MOODS)
    if mood is None:
        raise bad(mark.place, "sentiment is negative, positive or neutral, or is compared with a number.")
    return made(Mood, place, party=party, mood=mood, window=marks.window())


def _measure(marks: Marks, name: str, party: Party | None, place: int) -> Measure:
    op = marks.one_of(OPS)
    if op is None:
        raise bad(marks.next.place, "a comparison is missing here: <, <=, =, !=, >= or >.")
    value = marks.number("a number")
    unit = MEASURES[name].unit  # type: ignore[index] # the names of MEASURES
    wanted = {"ms": "ms", "percent": "percent"}.get(unit, "")
    if value.unit != wanted:
        ask = {"ms": "is a time: 500ms, 10s, 2m", "percent": "is in percent: 60%"}.get(unit, "has no unit")
        raise bad(value.place, f"this number {ask}.")
    after = marks.party() if marks.takes("after") else None
    quarter = marks.whole("a quarter, 1 to 4") if marks.takes("in", "quarter") else None
    values = {"after": after, "quarter": quarter, "window": marks.window()}
    return made(Measure, place, measure=name, op=op, value=value.number, party=party, **values)


def _told_field(marks: Marks) -> str | None:
    """The name of a field, where the next words compare one: "customer" and "agent" are parties elsewhere."""
    mark = marks.next
    name = mark.text.lower()
    if mark.kind != "word":
        return None
    if name == "attributes" or name.startswith("attributes."):
        marks.take()
        if name == "attributes":
            marks.need(".")
            return f"attributes.{marks.text('the name of an attribute')}"
        return f"attributes.{mark.text[len('attributes.') :]}"
    if name not in FIELDS:
        return None
    if name == "customer" and not marks.sees(name, "is"):
        return None
    if name == "agent" and not any(marks.sees(name, sign) for sign in ("is", "in", "not", "contains", *OPS)):
        return None
    marks.take()
    return name


def _given(marks: Marks, field: str, place: int) -> Given:
    if marks.next.text.lower() == "is" and (told := _state(marks)):
        return made(Given, place, field=field, op=told)
    if marks.takes("is", "not") or marks.takes("!="):
        op = "is not"
    elif marks.takes("is") or marks.takes("="):
        op = "is"
    elif marks.takes("not", "in"):
        return made(Given, place, field=field, op="not in", values=_values(marks, field))
    elif marks.takes("in"):
        return made(Given, place, field=field, op="in", values=_values(marks, field))
    else:
        found = marks.one_of(("contains", "<=", ">=", "<", ">"))
        if found is None:
            raise bad(marks.next.place, "say is, is not, in, not in, contains, is given, is missing, < or >.")
        op = found
    return made(Given, place, field=field, op=op, values=(_value(marks, field),))


def _state(marks: Marks) -> str | None:
    for word, op in _AS_TOLD.items():
        if marks.takes("is", word):
            return op
    return None


def _values(marks: Marks, field: str) -> tuple[str | float, ...]:
    marks.need("(")
    found = [_value(marks, field)]
    while marks.takes(","):
        found.append(_value(marks, field))
    marks.need(")")
    return tuple(found)


def _value(marks: Marks, field: str) -> str | float:
    mark = marks.next
    if mark.kind == "number":
        if mark.unit:
            raise bad(mark.place, "this number has no unit.")
        return marks.take().number
    text = marks.text("a value")
    return text.lower() if field in ("channel", "direction", "weekday", "language") else text
