"""Finds the words that say what a number, or the answer to a question, is."""

from collections.abc import Sequence
from dataclasses import dataclass

from nlp.redaction.cue_words import CUE_WORDS, UNITS_AFTER
from nlp.redaction.phrase_table import PhraseTable
from nlp.redaction.tokens import Token

_CUES = PhraseTable(CUE_WORDS)
_NOTHING = "nothing"  # phrases that hold the word of a cue and mean none
_UNITS = PhraseTable({"unit": UNITS_AFTER})


@dataclass(frozen=True, slots=True)
class Cue:
    """Tokens ``first`` to ``after`` (exclusive) name what is beside them."""

    kind: str
    first: int
    after: int


def cues_of(read: Sequence[Token]) -> list[Cue]:
    """Every cue in order; a longer one hides those within it."""
    found: list[Cue] = []
    index = 0
    while index < len(read):
        cue = None if len(read[index].digits) > 2 else _CUES.at(read, index)
        if cue is None:
            index += 1
        else:
            if cue[1] != _NOTHING:
                found.append(Cue(cue[1], index, index + cue[0]))
            index += cue[0]
    return found


def counts(read: Sequence[Token], index: int) -> bool:
    """Whether the token is a unit of what the number before it counts: dollars, minutes, percent."""
    return index < len(read) and _UNITS.at(read, index) is not None
