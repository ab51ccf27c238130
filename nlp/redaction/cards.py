"""Payment card numbers, typed or spoken, in one piece or over several turns."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from nlp.redaction.chains import Chain, Piece, chains_of
from nlp.redaction.issuers import issued, luhn
from nlp.redaction.lines import Line
from nlp.redaction.numbers import Number, Run
from nlp.redaction.spans import Span

SHORTEST, LONGEST = 12, 19
# A recogniser drops and doubles digits, which breaks the checksum: so many spoken digits in a row are a card,
_SPOKEN_ENOUGH = 13
_ASKED_ENOUGH = 8  # and so many where a card's number was asked for
_USUAL = (14, 15, 16, 19)  # digits of most cards
_ECHO_LEAST, _ECHO_REACH = 4, 4  # digits that the other party repeats; turns after

Placed = tuple[int, Span]  # the number of a line, and a span in it


def find_cards(lines: Sequence[Line], asked: Sequence[frozenset[str]]) -> Iterator[Placed]:
    """Card numbers by checksum, issuer and length; spoken or asked for, by their length alone."""
    masked: list[tuple[str, int, int]] = []  # digits, first and last line
    for chain in chains_of(lines, asked):
        for numbers in _in_chain(chain):
            yield from spans_of(numbers, "card")
            digits = "".join(piece.number.digits for piece in numbers)
            masked.append((digits, numbers[0].line, numbers[-1].line))
    if len(lines) > 1 and masked:
        yield from _echoes(lines, masked)


def spans_of(numbers: Sequence[Piece], kind: str) -> Iterator[Placed]:
    """One span for numbers that follow each other, more where other words lie between."""
    start = 0
    for at in range(1, len(numbers) + 1):
        if at == len(numbers) or numbers[at].run is not numbers[at - 1].run:
            part = numbers[start:at]
            yield part[0].line, Span(part[0].number.start, part[-1].number.end, kind)
            start = at


def _in_chain(chain: Chain) -> Iterator[list[Piece]]:
    total = sum(len(piece.number.digits) for piece in chain.pieces)
    if chain.labelled and chain.is_one_run and _SPOKEN_ENOUGH <= total <= LONGEST:
        yield chain.pieces
        return
    windows = list(_windows(chain))
    if (
        windows and total <= LONGEST and all(piece.run.spoken for piece in chain.pieces)
    ):  # a chance checksum within a longer number, or all of it
        yield chain.pieces
    elif windows:
        yield from [chain.pieces[: _end_of(chain, windows[0])], *windows[1:]] if chain.named else windows
    elif _is_by_length(chain, total):
        yield _first_digits(chain)
    elif not chain.other:
        for pieces in chain.by_run():
            if pieces[0].run.spoken and sum(len(piece.number.digits) for piece in pieces) >= _SPOKEN_ENOUGH:
                yield pieces


def _end_of(chain: Chain, window: Sequence[Piece]) -> int:
    """How many pieces there are up to the end of a window: what was said before it was a false start."""
    return chain.pieces.index(window[-1]) + 1


def _windows(chain: Chain) -> Iterator[list[Piece]]:
    index = 0
    while index < len(chain.pieces):
        window = _window(chain.pieces, index, chain)
        if window:
            yield chain.pieces[index : index + window]
        index += window or 1


def _is_by_length(chain: Chain, total: int) -> bool:
    """Whether its length alone tells: checksums do not survive a recogniser or a typing error."""
    if not chain.named or chain.other:
        return False
    one_run = chain.is_one_run
    if all(piece.run.spoken for piece in chain.pieces):
        return total >= (_ASKED_ENOUGH if chain.labelled else SHORTEST if one_run else _SPOKEN_ENOUGH)
    if not chain.labelled:
        return False
    return not one_run and total in _USUAL and _is_grouped(chain.pieces)


def _first_digits(chain: Chain) -> list[Piece]:
    """Whole runs until the number is complete: what follows may be its date or code."""
    most = LONGEST if not chain.corrected else 2 * LONGEST
    taken: list[Piece] = []
    total = 0
    for pieces in chain.by_run():
        length = sum(len(piece.number.digits) for piece in pieces)
        if total and total + length > most:
            break
        taken += pieces
        total += length
    return taken


def _window(pieces: Sequence[Piece], first: int, chain: Chain) -> int:
    """How many numbers from ``first`` on are the longest card that begins there; 0 if none does."""
    found = 0
    digits = ""
    for last in range(first, min(first + LONGEST, len(pieces))):
        digits += pieces[last].number.digits
        if len(digits) > LONGEST:
            break
        if len(digits) >= SHORTEST and _is_card(digits, pieces[first : last + 1], chain):
            found = last - first + 1
    return found


def _is_card(digits: str, pieces: Sequence[Piece], chain: Chain) -> bool:
    """With a word such as "card" near it a wrong checksum or an unknown issuer is forgiven, not both.

    A number that no scheme issues is still taken for a card if its checksum is right and nothing calls it
    an order: one in ten is none, and nobody misses those.
    """
    right, known = luhn(digits), issued(digits)
    if pieces[0].run is not pieces[-1].run and not (
        right and known and (chain.named or (_is_grouped(pieces) and not chain.other))
    ):
        return False
    if right and known:
        return len(digits) > SHORTEST or chain.named
    typed_whole = len(pieces) == 1 or pieces[0].run.digits == digits
    if chain.named and (right or (known and len(digits) > SHORTEST)):
        return typed_whole
    return right and len(digits) > SHORTEST and typed_whole and not chain.other


def _is_grouped(pieces: Sequence[Piece]) -> bool:
    """Whether the number comes in the groups that are printed on cards: fours, or four, six and five."""
    lengths = [
        sum(len(piece.number.digits) for piece in part)
        for _, part in groupby(pieces, lambda piece: piece.run)
    ]
    return all(length % 4 == 0 for length in lengths) or lengths == [4, 6, 5]


def _echoes(lines: Sequence[Line], masked: Sequence[tuple[str, int, int]]) -> Iterator[Placed]:
    """What the other party repeats of a number, in part or whole, while it is given or soon after."""
    for digits, first, last in masked:
        for number in range(max(first - 1, 0), min(last + _ECHO_REACH + 1, len(lines))):
            least = 2 if first < number < last else _ECHO_LEAST
            for run in lines[number].runs:
                if lines[number].party != lines[first].party and _repeats(run, digits, least):
                    yield number, Span(run.start, run.end, "card")


def _repeats(run: Run, digits: str, least: int) -> bool:
    said = run.digits
    return len(said) >= least and (said in digits or (len(said) >= SHORTEST and _alike(said, digits)))


def _alike(one: str, other: str) -> bool:
    same = sum(a == b for a, b in zip(one, other, strict=False))
    return same >= max(len(one), len(other)) - 3


def used(number: Number, spans: Sequence[Span]) -> bool:
    """Whether a number lies in one of these spans."""
    return any(span.start < number.end and number.start < span.end for span in spans)
