"""Which cues may say what a number is, the likeliest first."""

from nlp.redaction.lines import Line
from nlp.redaction.number_words import words

_BEFORE = 12  # tokens between a cue and its number
_BEHIND = 4
_COPULAS = words("is was are ist war sind est c es son a az")


def labels_of(line: Line, first: int, after: int, asked: frozenset[str]) -> list[str]:
    """Kinds named around tokens ``first`` to ``after``: before them, behind them, in the question before."""
    before = [cue.kind for cue in reversed(line.cues_before(first, _BEFORE))]
    behind = [cue.kind for cue in line.cues_from(after, _BEHIND)] if _is_said_of(line, after) else []
    found = (
        [*behind, *before] if behind and (not before or _names_behind(line, after)) else [*before, *behind]
    )
    if not before or (set(before) <= {"card", "name", "email", "phone"} and asked):
        found += sorted(asked - set(found))
    return found


def _is_said_of(line: Line, after: int) -> bool:
    """Whether a verb or so follows: "529 is the code", "529, that's my code"; not "529. The code ..."."""
    read = line.tokens
    gap = line.text[read[after - 1].end : read[after].start] if after < len(read) else "."
    return not any(sign in gap for sign in (". ", "\n", "?", "!"))


def _names_behind(line: Line, after: int) -> bool:
    return line.tokens[after].word in _COPULAS
