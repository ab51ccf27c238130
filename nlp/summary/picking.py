"""Picks issue, outcome and next action out of what was said; nothing is written that nobody said."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from nlp.call_reasons.conversations import counting
from nlp.call_reasons.values import Conversation
from nlp.encoder import Vectors
from nlp.summary import cues
from nlp.summary.sentences import LONGEST, plain, spans
from nlp.summary.values import Pick, Summary
from nlp.transcript import Party

VERSION = "cues-1"
# Below these nothing is picked; set by hand while the even conversations of ms_contact_center were read.
LEAST = {"issue": 0.3, "outcome": 0.36, "next_action": 0.36}
FIRST = 16  # sentences of the customer among which the issue is sought: it is stated early
FADE = 0.94  # what each further one counts less
EVIDENCE = 0.15  # what being in the turn adds in which the call reason was found
LATE = (
    0.6  # share of the conversation after which "I will look into it" is a promise and no stage of the call
)


class Reasons(Protocol):
    """What is needed of the shipped model of call reasons."""

    def probabilities(self, texts: Sequence[str]) -> Vectors:
        """Probability of each reason, "none" last."""


@dataclass(frozen=True)
class Sentence:
    """A sentence of a turn, how it reads, and how far in the conversation it stands, 0-1."""

    turn: int
    party: Party
    start: int
    end: int
    text: str
    said: str
    at: float


Scored = list[tuple[float, Sentence]]


@dataclass(frozen=True)
class Asked:
    """A conversation to be summed up: the turns (those that may not be read are empty texts).

    ``evidence`` is the turn in which the call reason was found.
    """

    turns: Conversation
    evidence: int | None = None


class Summaries:
    """Makes them; sentences' vectors come from the encoder's memory where reasons were found before."""

    def __init__(self, reasons: Reasons) -> None:
        self.version = VERSION
        self._reasons = reasons

    def of_many(self, asked: Sequence[Asked]) -> list[Summary]:
        """The summaries of many conversations; the sentences of all are read together."""
        said = [sentences(one.turns) for one in asked]
        early = [_early(one.turns, all_of) for one, all_of in zip(asked, said, strict=True)]
        texts = [" ".join(sentence.text.split()) for some in early for sentence in some]
        stated = (1.0 - self._reasons.probabilities(texts)[:, -1]).tolist() if texts else []
        found = []
        for one, all_of, some in zip(asked, said, early, strict=True):
            issue = _issue(list(zip(stated[: len(some)], some, strict=True)), one.evidence)
            stated = stated[len(some) :]
            outcome, action = _apart(_outcomes(all_of), _next_actions(all_of), issue)
            found.append(
                Summary(_pick(issue, "issue"), _pick(outcome, "outcome"), _pick(action, "next_action"))
            )
        return found

    def of(self, turns: Conversation, *, evidence: int | None = None) -> Summary:
        """The summary of one."""
        return self.of_many([Asked(turns, evidence)])[0]


def sentences(turns: Conversation) -> list[Sentence]:
    """All sentences that can be picked: of two words or more, not endless."""
    last = max(len(turns) - 1, 1)
    found = []
    for number, (party, text) in enumerate(turns):
        for start, end in spans(text):
            if end - start > LONGEST:
                continue
            piece = text[start:end]
            said = plain(piece)
            if sum(any(map(str.isalpha, word)) for word in said.split()) > 1:
                found.append(Sentence(number, party, start, end, piece, said, number / last))
    return found


def _early(turns: Conversation, said: Sequence[Sentence]) -> list[Sentence]:
    """Where an issue may stand: what the customer says first; courtesies and what an agent asks are none."""
    stating = {turn for turn, _ in counting(turns)}
    return [one for one in said if one.turn in stating and _may_state(one)][:FIRST]


def _issue(early: Sequence[tuple[float, Sentence]], evidence: int | None) -> tuple[float, Sentence] | None:
    """What states a reason most clearly; each comes with the probability that it states one."""
    scored: Scored = []
    for place, (chance, one) in enumerate(early):
        cue = cues.strongest(cues.ISSUES, one.said)
        score = min(1.0, 0.5 * chance + cue + (EVIDENCE if one.turn == evidence else 0.0))
        scored.append((score * FADE**place, one))
    return max(scored, key=lambda found: found[0], default=None)


def _may_state(one: Sentence) -> bool:
    """Whether it is no courtesy; "it's not working" looks like "it's Ann" and is none."""
    if cues.NO_MATTER.search(one.said):
        return False
    return not cues.COURTESY.match(one.said) or cues.strongest(cues.ISSUES, one.said) > 0


def _outcomes(said: Sequence[Sentence]) -> Scored:
    agents = any(one.party == Party.AGENT for one in said)
    found: Scored = []
    for one in said:
        if one.said.endswith("?") or cues.NO_MATTER.search(one.said) or cues.IN_CALL.search(one.said):
            continue
        if one.party == Party.CUSTOMER:
            weight = cues.strongest(cues.ACCEPTED, one.said) if agents else 0.0
        else:
            weight = cues.strongest(cues.OUTCOMES, one.said)
        if weight:
            found.append((weight * (0.6 + 0.4 * one.at), one))
    return sorted(found, key=lambda pair: -pair[0])


def _next_actions(said: Sequence[Sentence]) -> Scored:
    alone = len({one.turn for one in said}) == 1  # a mail, a note: its place says nothing
    found: Scored = []
    for one in said:
        if cues.NO_MATTER.search(one.said) or (one.at < LATE and not alone and cues.IN_CALL.search(one.said)):
            continue
        customer = one.party == Party.CUSTOMER
        if one.said.endswith("?") and not customer:
            continue
        weight = cues.strongest(cues.ASKED if customer else cues.NEXT_ACTIONS, one.said)
        if cues.IN_CALL.search(one.said) and not customer:
            weight = min(weight, 0.45)
        if customer and not alone and one.said.endswith("?"):
            weight = 0.0  # what is asked within a conversation is answered in it
        if weight:
            soon = 0.2 if cues.SOON.search(one.said) else 0.0
            found.append((min(1.0, weight + soon) * (1.0 if alone else 0.5 + 0.5 * one.at), one))
    return sorted(found, key=lambda pair: -pair[0])


def _apart(
    outcomes: Scored, actions: Scored, issue: tuple[float, Sentence] | None
) -> tuple[tuple[float, Sentence] | None, tuple[float, Sentence] | None]:
    """One of each, never the same sentence twice: where both want one, what adds up to more."""
    taken = issue[1] if issue is not None and issue[0] >= LEAST["issue"] else None
    outcomes = [pair for pair in outcomes if pair[1] is not taken and pair[0] >= LEAST["outcome"]][:2]
    actions = [pair for pair in actions if pair[1] is not taken and pair[0] >= LEAST["next_action"]][:2]
    if not outcomes or not actions or outcomes[0][1] is not actions[0][1]:
        return _at(outcomes, 0), _at(actions, 0)
    ways = ((outcomes[0], _at(actions, 1)), (_at(outcomes, 1), actions[0]))
    return max(ways, key=lambda way: sum(pair[0] for pair in way if pair is not None))


def _at(found: Scored, place: int) -> tuple[float, Sentence] | None:
    return found[place] if place < len(found) else None


def _pick(found: tuple[float, Sentence] | None, kind: str) -> Pick | None:
    if found is None or found[0] < LEAST[kind]:
        return None
    score, one = found
    return Pick(one.turn, one.start, one.end, one.text, round(score, 4))
