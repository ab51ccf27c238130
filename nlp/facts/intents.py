"""Switch intent: the customer says that they will go to somebody else; spaCy's matcher over words."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import spacy
from spacy.matcher import Matcher
from spacy.tokens import Doc

from nlp.facts.lexicon import lexicon
from nlp.facts.terms import Mention
from nlp.facts.tokens import Tokens
from nlp.facts.values import Fact, FactKind

COMPETITOR = "\ue000"  # stands for a competitor that was named, whatever its words
_RIVAL = {"ORTH": COMPETITOR}
_BREAKS = frozenset(".!?;")
_BEFORE = 4  # words before a verb in which a negation is its own
_WORDS = lexicon()["switch"]
_TAKE = (
    "leave",
    "leaving",
    "try",
    "choose",
    "choosing",
    "join",
    "joining",
    "find",
    "finding",
    "get",
    "getting",
)
_BRING = ("take", "taking", "bring")
_VERBS = frozenset(
    (*_WORDS["go"], *_WORDS["sign"], *_TAKE, *_BRING, *_WORDS["rivals"], *_WORDS["hu_go"], *_WORDS["he_go"])
)


def switch_intents(cut: Tokens, mentions: Sequence[Mention], turn: int) -> Iterator[Fact]:
    """Each place where the speaker means to go to a competitor of the lists, or to another provider."""
    if _VERBS.isdisjoint(cut.words):
        return  # the matcher is slower than a look
    words, first_of, named = _collapsed(cut, mentions)
    found = _matcher()(Doc(_matcher().vocab, words=words))
    taken = -1
    for _, start, end in sorted(found, key=lambda one: (one[1], -one[2])):
        inside = words[start:end]
        if start <= taken or _BREAKS & set(inside) or _denied(words, start):
            continue
        taken = end - 1
        name = next((named[place] for place in range(start, end) if place in named), "")
        last = first_of[end] - 1 if end < len(first_of) else len(cut.words) - 1
        yield Fact(turn, *cut.place(first_of[start], last), FactKind.SWITCH_INTENT, name)


def _collapsed(cut: Tokens, mentions: Sequence[Mention]) -> tuple[list[str], list[int], dict[int, str]]:
    """The words with each competitor as one sign, the number of the first token of each, and their names."""
    rivals = {one.first: one for one in mentions if one.term.kind is FactKind.COMPETITOR}
    words: list[str] = []
    first_of: list[int] = []
    named: dict[int, str] = {}
    place = 0
    while place < len(cut.words):
        first_of.append(place)
        rival = rivals.get(place)
        if rival is not None:
            named[len(words)] = rival.term.name
            words.append(COMPETITOR)
            place = rival.last + 1
        else:
            words.append(cut.words[place])
            place += 1
    return words, first_of, named


def _denied(words: Sequence[str], start: int) -> bool:
    """Whether a negation stands before, in the same sentence."""
    for word in reversed(words[max(0, start - _BEFORE) : start]):
        if word in _BREAKS:
            return False
        if word in _WORDS["not"] or word.endswith("n't"):
            return True
    return False


@cache
def _matcher() -> Matcher:
    matcher = Matcher(spacy.blank("xx").vocab)
    matcher.add("switch", [*_english(), *_hungarian(), *_hebrew()])
    return matcher


def _one(words: Sequence[str], often: str = "{1}") -> dict[str, Any]:
    """One of these words; ``often`` as spaCy writes it: {1}, ?."""
    return {"LOWER": {"IN": list(words)}, "OP": often}


def _some(most: int) -> dict[str, Any]:
    """Up to so many words of the same sentence that deny nothing."""
    return {"LOWER": {"NOT_IN": [*_BREAKS, *_WORDS["not"]]}, "OP": f"{{0,{most}}}"}


def _english() -> list[list[dict[str, Any]]]:
    go, to = _one(_WORDS["go"]), _one(["to", "with"])
    other = [
        _one(["another", "a", "some", "any"]),
        _one([*_WORDS["others"], "else"], "?"),
        _one(_WORDS["trades"]),
    ]
    return [
        [go, _some(4), to, _one(["the"], "?"), _RIVAL],
        [_one(_WORDS["sign"]), _one(["up"]), _some(2), _one(["with", "to", "for"]), _RIVAL],
        [_one(["leave", "leaving"]), _some(2), _one(["for", "to"]), _RIVAL],
        [_one(["try", "choose", "choosing", "join", "joining"]), _RIVAL, _one(["instead"])],
        [go, _some(4), to, *other],
        [go, _some(4), _one(["elsewhere"])],
        [go, _some(2), _one(["somewhere"]), _one(["else"])],
        [_one(["find", "finding", "get", "getting", "choose"]), _one(["myself", "me", "us"], "?"), *other],
        [_one(_BRING), _one(["my", "our"]), _one(["business", "money", "custom"]), _one(["elsewhere", "to"])],
        [go, _some(3), _one(["to", "with"]), _one(["the", "your", "a"]), _one(_WORDS["rivals"])],
    ]


def _hungarian() -> list[list[dict[str, Any]]]:
    go, to = _one(_WORDS["hu_go"]), _one(_WORDS["hu_to"])
    other = [_one(["másik", "más"]), {"LOWER": {"REGEX": _WORDS["hu_trade"]}}]
    return [
        [go, _some(5), _RIVAL],
        [_RIVAL, _some(3), go],
        [go, _some(3), to],
        [to, _some(3), go],
        [*other, _some(3), go],
        [go, _some(3), *other],
    ]


def _hebrew() -> list[list[dict[str, Any]]]:
    go = _one(_WORDS["he_go"])
    return [
        [go, _some(4), _RIVAL],
        [go, _some(3), _one(_WORDS["he_to"])],
        [go, _some(2), _one(_WORDS["he_trades"]), _one(["אחרת", "אחר"])],
    ]
