"""Words in a row and words near each other, found in an indexed conversation."""

from collections.abc import Iterator, Sequence

from service.phrases.conversation import Conversation, Span
from service.phrases.query import Near, Row
from service.phrases.terms import Term


def row_spans(row: Row, conversation: Conversation) -> Iterator[Span]:
    """Every place where the row stands, not overlapping itself; the score is the words' mean likeness."""
    if not all(any(all(map(conversation.meant, choice)) for choice in place) for place in row.places):
        return
    starts = conversation.places([choice[0] for choice in row.places[0]])
    busy = (-1, -1)
    for turn, first in starts:
        if (turn, first) <= busy:
            continue
        best: tuple[float, int] | None = None
        for end, (total, words) in _ends(row, conversation, turn, first).items():
            score = total / words
            best = max(best or (score, end), (score, end))
        if best is not None:
            busy = (turn, best[1] - 1)
            yield Span(turn, first, best[1] - 1, best[0])


def _ends(row: Row, conversation: Conversation, turn: int, first: int) -> dict[int, tuple[float, int]]:
    """Where the row can end that begins here, with the sum of likenesses and the words on the way."""
    ends = {first: (0.0, 0)}
    for place in row.places:
        reached: dict[int, tuple[float, int]] = {}
        for at, (total, words) in ends.items():
            for choice in place:
                likeness = _likeness(choice, conversation, turn, at)
                if likeness is not None:
                    end = at + len(choice)
                    way = (total + likeness, words + len(choice))
                    reached[end] = max(reached.get(end, way), way)
        ends = reached
    return ends


def _likeness(choice: Sequence[Term], conversation: Conversation, turn: int, at: int) -> float | None:
    """The sum of likenesses where the words of a choice stand here one after the other."""
    keys = conversation.keys[turn]
    if at + len(choice) > len(keys):
        return None
    total = 0.0
    for step, term in enumerate(choice):
        likeness = conversation.meant(term).get(keys[at + step])
        if likeness is None:
            return None
        total += likeness
    return total


def near_spans(near: Near, conversation: Conversation) -> Iterator[Span]:
    """Every shortest stretch that holds all the words with few enough others, not overlapping.

    Score: the mean likeness, down to half of it where as many other words are among them as may be.
    """
    standing = [conversation.places(terms) for terms in near.words]
    if not all(standing):
        return
    longest = len(near.words) + near.between
    busy = (-1, -1)
    for turn, first in _starts(standing, longest):
        if (turn, first) <= busy:
            continue
        last = _reach(standing, turn, first, min(first + longest, len(conversation.keys[turn])))
        if last is None or _reach(standing, turn, first + 1, last + 1) is not None:
            continue  # nothing, or a shorter stretch within this one
        busy = (turn, last)
        yield Span(turn, first, last, _near_score(near, standing, turn, first, last))


def _starts(standing: Sequence[dict[tuple[int, int], float]], longest: int) -> list[tuple[int, int]]:
    """Words at which a stretch may begin: wanted, and the rarest wanted word is within reach."""
    rarest = min(standing, key=len)
    near = {(turn, at - back) for turn, at in rarest for back in range(longest)}
    return sorted(near.intersection(set().union(*standing)))


def _reach(standing: Sequence[dict[tuple[int, int], float]], turn: int, first: int, stop: int) -> int | None:
    """With which word every wanted word has found a place of its own from ``first`` on (Kuhn's matching)."""
    owner: dict[int, int] = {}
    for at in range(first, stop):
        if _seat(at, turn, standing, owner, set()) and len(owner) == len(standing):
            return at
    return None


def _seat(
    at: int,
    turn: int,
    standing: Sequence[dict[tuple[int, int], float]],
    owner: dict[int, int],
    tried: set[int],
) -> bool:
    """Give the word at ``at`` to a wanted word; one that has a place already may move to free it."""
    for wanted, places in enumerate(standing):
        if wanted in tried or (turn, at) not in places:
            continue
        tried.add(wanted)
        if wanted not in owner or _seat(owner[wanted], turn, standing, owner, tried):
            owner[wanted] = at
            return True
    return False


def _near_score(
    near: Near,
    standing: Sequence[dict[tuple[int, int], float]],
    turn: int,
    first: int,
    last: int,
) -> float:
    stretch = range(first, last + 1)
    likeness = [max(places.get((turn, at), 0.0) for at in stretch) for places in standing]
    others = len(stretch) - len(near.words)
    return sum(likeness) / len(likeness) * (1 - 0.5 * others / (near.between + 1))
