"""Which cues may say what a number is, the likeliest first."""

from nlp.redaction.lines import Line
from nlp.redaction.number_words import words

_BEFORE = 12  # tokens between a cue and its number
_BEHIND = 4
_COPULAS = words("is was are ist war sind est c es son a az")


def labels_of(line: Line, first: int, after: int, asked: frozenset[str]) -> list[str]:
    """Kinds named around tokens ``first`` to ``after``: before them, behind them, in the question before."""
    before = [cue.kind for cue in reversed(line.cues) if cue.after <= first and first - cue.after <= _BEFORE]
    behind = [
        cue.kind for cue in line.cues if after <= cue.first <= after + _BEHIND and _is_said_of(line, after)
    ]
    found = (
        [*behind, *before] if behind and (not before or _names_behind(line, after)) else [*before, *behind]
    )
    if not before or (set(before) <= {"card", "name", "email", "phone"} and asked):
        found += sorted(asked - set(found))
    return found


def _is_said_of(line: Line, after: int) -> bool:
    """Whether a verb or so follows: "529 is the code", "529, that's my code"; not "529. The code ..."."""
    read = line.tokens
    return after < len(read) and (". " not in line.text[read[after - 1].end : read[after].start])


def _names_behind(line: Line, after: int) -> bool:
    return line.tokens[after].word in _COPULAS
