"""Response times in written conversations: how long a party lets the other one wait."""

from service.rules.case import Case
from service.rules.comparing import compared
from service.rules.conditions import Measure
from service.rules.verdicts import Code, Evidence, Verdict, unknown
from service.rules.writing import condition as text_of

CHANNELS = ("chat",)  # in speech the answer follows at once; mails answer across interactions


def response(one: Measure, case: Case) -> Verdict:
    """The first, longest or average wait, in ms, from the first message that waits to the party's answer."""
    if case.facts.told.get("channel") not in CHANNELS:
        return unknown(Code.NOT_MEASURED)
    if not case.facts.turns:
        return unknown(Code.NO_TEXT)
    waits = _waits(one, case)
    if waits is None:
        return unknown(Code.NO_TIMES)
    if not waits:
        return unknown(Code.NOT_MEASURED)
    if one.measure == "average_response":
        return compared(one, sum(wait for wait, _ in waits) / len(waits))
    wait, turn = waits[0] if one.measure == "first_response" else max(waits)
    spoken = case.facts.turns[turn]
    place = Evidence(text_of(one), turn, 0, len(spoken.text), spoken.start_ms, spoken.end_ms, float(wait))
    return compared(one, float(wait), [place])


def _waits(one: Measure, case: Case) -> list[tuple[int, int]] | None:
    """Each wait with the turn that ends it; None where the messages have no times."""
    found: list[tuple[int, int]] = []
    since: int | None = None
    for number, turn in enumerate(case.facts.turns):
        if turn.party == "system":
            continue
        if turn.start_ms is None:
            return None
        if turn.party != one.party:
            since = turn.start_ms if since is None else since
        elif since is not None:
            found.append((turn.start_ms - since, number))
            since = None
    return found
