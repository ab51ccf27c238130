"""What was asked for just before each turn: the answer says nothing about itself ("five two nine")."""

from collections.abc import Sequence
from dataclasses import dataclass

from nlp.redaction.lines import HIDDEN, NOBODY, Line
from nlp.redaction.number_words import words

_LASTS = 5  # turns
_AFTER_CUE = 3  # words: "my card number is as follows"
_COPULAS = words("is as follows ist lautet est es az הוא are")
_BRIEFLY = 2  # turns, for what may be any word
_WORDS = frozenset({"password", "username", "secret", "name"})
_SHORT = 4  # words: "sorry?", "and then?" ask for nothing new


def asked_before(lines: Sequence[Line]) -> list[frozenset[str]]:
    """For each line the kinds that the other party asked for, or that its own party just announced."""
    found: list[frozenset[str]] = []
    asked: dict[str, _Place] = {}
    for number, line in enumerate(lines):
        found.append(
            frozenset(kind for kind, place in asked.items() if place.is_answered_by(kind, number, line))
        )
        for kind in line.masks:
            asked.pop("pan" if kind == "card" else kind, None)
        kinds = _named_last(line)
        asks = "?" in line.text or "؟" in line.text
        if kinds or (asks and len(line.tokens) > _SHORT):
            asked = {kind: place for kind, place in asked.items() if _goes_on(kind, place, line, kinds)}
            announces = bool(line.cues) and _announces(line)
            asked |= {kind: _Place(number, line.party, announces) for kind in kinds}
    return found


def _announces(line: Line) -> bool:
    """Whether it ends with the cue and a word such as "is": the value comes with the next turn."""
    after = line.tokens[line.cues[-1].after :]
    ends = line.text.rstrip()[-1:] in (":", ",", "-")
    return len(after) <= _AFTER_CUE and (
        ends or (bool(after) and all(token.word in _COPULAS for token in after))
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a kind was named: in a line, by a party, as the last thing in it ("my card number is")."""

    line: int
    party: str
    announces: bool

    def is_answered_by(self, kind: str, number: int, line: Line) -> bool:
        """Whether what this line says may answer it: soon after, by the other party or announced."""
        if number - self.line > (_BRIEFLY if kind in _WORDS else _LASTS):
            return False
        return self.announces or line.party != self.party or line.party in NOBODY


def _goes_on(kind: str, place: _Place, line: Line, kinds: frozenset[str]) -> bool:
    """A party that answers does not end the question; one that asks anew does, but for a card's own parts."""
    return place.party != line.party or (kind in ("pan", "card") and bool(kinds & {"expiry", "cvv", "name"}))


def _named_last(line: Line) -> frozenset[str]:
    """The kinds named after the last number or mask of the line: those before it have their value."""
    if not line.cues:
        return frozenset()
    asks = "?" in line.text  # "your date of birth, as two eight zero three?": the number is an example
    last = 0 if asks else max((run.end for run in line.runs if len(run.digits) > 2), default=0)
    if line.masks:
        last = max(last, line.shown.rindex(HIDDEN))
    return frozenset(cue.kind for cue in line.cues if line.tokens[cue.first].start >= last)
