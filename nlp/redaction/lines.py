"""A text as the detectors read it: its words, numbers and cues, each found once and only when asked for."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from nlp.redaction.cues import Cue, cues_of
from nlp.redaction.number_words import NumberWords, languages_of, lexicon_of
from nlp.redaction.numbers import Number, Run, runs_of
from nlp.redaction.spans import MASK
from nlp.redaction.tokens import Token, tokens

NOBODY = frozenset({"", "unknown"})  # parties of whom nobody knows whether they are one
HIDDEN = "\0"  # stands for every sign of a mask: no word, no separator


@dataclass(frozen=True)
class Line:
    """One turn, or a text alone; ``party`` is "" where nobody knows. Times in ms or None."""

    text: str
    party: str = ""
    start_ms: int | None = None
    end_ms: int | None = None
    language: str | None = None
    languages: frozenset[str] = field(default=frozenset())

    @cached_property
    def shown(self) -> str:
        """The text with its masks hidden, each sign in its place."""
        if "[" not in self.text:
            return self.text
        return MASK.sub(lambda mask: HIDDEN * len(mask.group()), self.text)

    @cached_property
    def masks(self) -> tuple[str, ...]:
        """The kinds that are masked in it already."""
        return tuple(mask.group()[1:-1] for mask in MASK.finditer(self.text)) if "[" in self.text else ()

    @cached_property
    def is_cased(self) -> bool:
        """Whether capital letters tell names: some recognisers and writers use none, or nothing else."""
        letters = [sign for sign in self.shown if sign.isalpha()]
        capitals = sum(sign.isupper() for sign in letters)
        return 0 < capitals < 0.6 * len(letters)

    @cached_property
    def has_digits(self) -> bool:
        """Whether a digit is written in it."""
        return any(token.digits or any(map(str.isdecimal, token.word)) for token in self.tokens)

    @cached_property
    def capitals(self) -> frozenset[int]:
        """Tokens that begin with a capital letter."""
        return frozenset(at for at, token in enumerate(self.tokens) if self.text[token.start].isupper())

    @cached_property
    def tokens(self) -> list[Token]:
        """Its words."""
        return tokens(self.shown)

    @cached_property
    def words(self) -> NumberWords:
        """The number words of its languages."""
        found = languages_of({token.word for token in self.tokens}, known=self.language)
        return lexicon_of(found | self.languages)

    @cached_property
    def runs(self) -> list[Run]:
        """Its numbers, but for those within a cue ("the three digits on the back")."""
        found = runs_of(self.tokens, self.words)
        named = {at for cue in self.cues for at in range(cue.first, cue.after)} if found else set()
        return [part for run in found for part in run.without(named)] if named else found

    @cached_property
    def cues(self) -> list[Cue]:
        """What it names."""
        return cues_of(self.tokens)

    @cached_property
    def number_at(self) -> Mapping[int, Number]:
        """Numbers by the token they begin with."""
        return {number.first: number for run in self.runs for number in run.numbers}

    @cached_property
    def run_at(self) -> Mapping[int, Run]:
        """Runs by the token they begin with."""
        return {run.first: run for run in self.runs}

    @cached_property
    def run_before(self) -> Mapping[int, Run]:
        """Runs by the token after them."""
        return {run.after: run for run in self.runs}

    def cues_before(self, index: int, reach: int) -> list[Cue]:
        """Cues that end at most so many tokens before this one, in order."""
        last = bisect_right(self._cue_ends, index)
        return self.cues[bisect_left(self._cue_ends, index - reach, 0, last) : last]

    def cues_from(self, index: int, reach: int) -> list[Cue]:
        """Cues that begin at this token or at most so many after it, in order."""
        first = bisect_left(self._cue_starts, index)
        return self.cues[first : bisect_right(self._cue_starts, index + reach, first)]

    @cached_property
    def _cue_ends(self) -> list[int]:
        return [cue.after for cue in self.cues]

    @cached_property
    def _cue_starts(self) -> list[int]:
        return [cue.first for cue in self.cues]

    @cached_property
    def token_starts(self) -> list[int]:
        """Where each word begins."""
        return [token.start for token in self.tokens]


def spoken_in(lines: Iterable[Line]) -> frozenset[str]:
    """Languages whose number words are said anywhere in a conversation."""
    return frozenset().union(*(languages_of({token.word for token in line.tokens}) for line in lines))


def between(line: Line, first: int, after: int) -> Sequence[Token]:
    """Tokens from ``first`` to ``after``, exclusive."""
    return line.tokens[max(first, 0) : after]
