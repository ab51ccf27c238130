"""Numbers that belong together although words, or the other party's turns, lie between them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from nlp.redaction.cue_words import BACKCHANNELS, CORRECTIONS
from nlp.redaction.cues import counts
from nlp.redaction.lines import NOBODY, Line
from nlp.redaction.number_words import words
from nlp.redaction.numbers import Number, Run

_NEAR = 8  # tokens between two numbers of one turn
_EDGE = 7  # tokens between a number and the end or beginning of its turn
_WHOLE = 13  # digits of a number that needs no other part
_ASIDES = 3  # turns of others between two turns of a party
_LONG_ASIDE = 12  # words, beyond the numbers that it repeats
_LONGEST_PAUSE_MS = 8_000
_BEHIND = 6  # and after it
_REACH = 16  # tokens before a number in which a card may be named
_CARDS = frozenset({"card", "pan"})
_OPEN = frozenset({*_CARDS, "name"})  # cues that may lie between two parts of a card number
_BACKCHANNELS = words(BACKCHANNELS)
_CORRECTIONS = words(CORRECTIONS)


@dataclass(frozen=True, slots=True)
class Piece:
    """One number of a chain: in which line, in which run."""

    line: int
    run: Run
    number: Number


@dataclass
class Chain:
    """Numbers in the order in which one party gave them.

    ``named``: a card is spoken of; ``labelled``: its number is named or was asked for;
    ``other``: something else
    is named nearer; ``corrected``: the party took something back.
    """

    pieces: list[Piece] = field(default_factory=list)
    named: bool = False
    labelled: bool = False
    other: bool = False
    corrected: bool = False

    @property
    def is_one_run(self) -> bool:
        """Whether nothing but separators and fillers lies between its numbers."""
        return self.pieces[0].run is self.pieces[-1].run

    def by_run(self) -> Iterator[list[Piece]]:
        """The numbers of each run."""
        for _, pieces in groupby(self.pieces, key=lambda piece: (piece.line, piece.run.start)):
            yield list(pieces)


def chains_of(lines: Sequence[Line], asked: Sequence[frozenset[str]]) -> Iterator[Chain]:
    """Chains of every party; a single run is the shortest chain."""
    for party in dict.fromkeys(line.party for line in lines):
        yield from _of_party([at for at, line in enumerate(lines) if line.party == party], lines, asked)


def _of_party(own: Sequence[int], lines: Sequence[Line], asked: Sequence[frozenset[str]]) -> Iterator[Chain]:
    chain: Chain | None = None
    last: tuple[int, Run] | None = None
    for at in own:
        for run in lines[at].runs:
            if _is_sum(lines[at], run):
                continue
            if chain is None or last is None or not _belongs(lines, last, (at, run)):
                if chain is not None:
                    yield chain
                chain = _begun(lines, at, run, asked[at])
            elif last is not None:
                _go_on(chain, lines, last, (at, run))
            chain.pieces += [Piece(at, run, number) for number in run.numbers]
            last = (at, run)
    if chain is not None:
        yield chain


def _is_sum(line: Line, run: Run) -> bool:
    return (
        len(run.digits) < 12
        and (counts(line.tokens, run.after) or line.text[max(run.start - 1, 0) : run.start] in "$€£₪")
        and run.start > 0
    )


def _begun(lines: Sequence[Line], at: int, run: Run, asked: frozenset[str]) -> Chain:
    line = lines[at]
    before = line.cues_before(run.first, _REACH)
    behind = line.cues_from(run.after, _BEHIND)
    nearest = before[-1].kind if before else None
    own = {cue.kind for cue in before} | ({cue.kind for cue in behind[:1]} if nearest is None else set())
    if nearest is None and not behind:
        own |= asked
    named = bool(own & _CARDS) or (not own and bool(asked & _CARDS))
    return Chain(
        named=named,
        labelled=nearest == "pan"
        or ("pan" in own and nearest in _OPEN)
        or (nearest is None and bool(asked & {"pan"})),
        other=nearest not in (None, *_OPEN) or (nearest is None and not named and bool(own)),
    )


def _go_on(chain: Chain, lines: Sequence[Line], last: tuple[int, Run], following: tuple[int, Run]) -> None:
    gap = _gap(lines, last, following)
    mixed = (
        last[0] != following[0] and lines[following[0]].party in NOBODY
    )  # one may repeat what the other said
    chain.corrected = chain.corrected or mixed or not _CORRECTIONS.isdisjoint(gap)


def _gap(lines: Sequence[Line], last: tuple[int, Run], following: tuple[int, Run]) -> set[str]:
    (before, one), (at, other) = last, following
    if before == at:
        return {token.word for token in lines[at].tokens[one.after : other.first]}
    return {token.word for token in (*lines[before].tokens[one.after :], *lines[at].tokens[: other.first])}


def _belongs(lines: Sequence[Line], last: tuple[int, Run], following: tuple[int, Run]) -> bool:
    (before, one), (at, other) = last, following
    if max(len(one.digits), len(other.digits)) >= _WHOLE:
        return False
    if before == at:
        line = lines[at]
        if other.first - one.after > _NEAR or "\0" in line.shown[one.end : other.start]:
            return False
        return all(cue.kind in _OPEN for cue in line.cues_from(one.after, other.first - one.after - 1))
    tail, head = lines[before], lines[at]
    if len(tail.tokens) - one.after > _EDGE or other.first > _EDGE:
        return False
    if any(cue.kind not in _OPEN for cue in tail.cues_from(one.after, _EDGE)):
        return False
    if any(cue.kind not in _OPEN for cue in head.cues_before(other.first, _EDGE)):
        return False
    aside = lines[before + 1 : at]
    return (
        len(aside) <= _ASIDES and all(_is_aside(line) for line in aside) and not _is_long(tail, head, aside)
    )


def _is_aside(line: Line) -> bool:
    """A turn that only keeps the other going: "yes", "go ahead", a repetition of the digits."""
    if any(cue.kind not in _OPEN for cue in line.cues):
        return False
    spoken = sum(run.after - run.first for run in line.runs)
    rest = len(line.tokens) - spoken
    acknowledging = sum(token.word in _BACKCHANNELS for token in line.tokens)
    if "?" in line.text and not line.cues and rest > acknowledging:  # it asks for something else
        return False
    return rest - acknowledging <= (_LONG_ASIDE if line.runs else _LONG_ASIDE // 2)


def _is_long(tail: Line, head: Line, aside: Sequence[Line]) -> bool:
    """Whether nobody spoke for too long; what others said in between does not count."""
    if tail.end_ms is None or head.start_ms is None:
        return False
    spoken = sum((line.end_ms or 0) - (line.start_ms or 0) for line in aside)
    return head.start_ms - tail.end_ms - max(spoken, 0) > _LONGEST_PAUSE_MS
