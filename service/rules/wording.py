"""Evaluates what is said: phrases, exact words, forms, patterns, words near others, phrase lists."""

import unicodedata
from collections.abc import Iterator

from service.phrases.conversation import Conversation, Span
from service.phrases.matching import evaluated
from service.phrases.narrowing import narrow
from service.phrases.presence import may_stand
from service.phrases.query import Row
from service.phrases.rows import near_spans, row_spans
from service.rules.case import Case, scope_of
from service.rules.conditions import Listed, Near, Says
from service.rules.sought import leaves, regex, words
from service.rules.verdicts import NO, Code, Evidence, Verdict, unknown, yes
from service.rules.writing import condition as text_of

_UNSEEN = frozenset(chr(sign) for part in (
    (0xAD, 0xAD), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2064), (0x2066, 0x2069), (0xFEFF, 0xFEFF)
) for sign in range(part[0], part[1] + 1))  # fmt: skip
MOST_MATCHES = 50  # of one pattern in one interaction


def says(one: Says, case: Case) -> Verdict:
    """Whether a party says it, within the window."""
    if code := case.unread():
        return unknown(code)
    if one.how == "regex":
        return _pattern(one, case)
    if one.near is not None:
        return _near(one, one.near, case)
    scope = scope_of(one.party, one.window)
    phrase = narrow(words(one.how, one.text), scope)
    if not may_stand(phrase.node, case.letters):
        return NO
    matched, spans = evaluated(phrase.node, case.conversation)
    if matched is None:
        return unknown(*case.whys(scope))
    return yes(_places(one, spans, case)) if matched else NO


def finds(one: Listed, case: Case) -> Verdict:
    """Whether a phrase of a list is found, in the words or, where it is sought there, in the sound."""
    phrases = case.library.lists.get(one.list)
    if phrases is None:
        return unknown(Code.NO_SUCH_LIST)
    text = text_of(one)
    wanted = [(name, phrase) for name, phrase in phrases if one.phrase in (None, name)]
    heard = [
        Evidence(text, start_ms=hit.start_ms, end_ms=hit.end_ms, value=hit.phrase)
        for hit in case.facts.heard
        if hit.list == one.list and one.phrase in (None, hit.phrase)
    ]
    sought = [phrase for _, phrase in wanted if phrase is not None]
    code = case.unread() if sought else None
    results = [] if code else [evaluated(phrase.node, case.conversation) for phrase in sought]
    spans = [span for matched, found in results if matched for span in found]
    if heard or any(matched for matched, _ in results):
        return yes([*heard, *_places(one, spans, case)])
    if code or any(matched is None for matched, _ in results):
        return unknown(code or Code.PARTY_UNKNOWN)
    return NO


def _places(one: Says | Listed, spans: list[Span], case: Case) -> list[Evidence]:
    text = text_of(one)
    return [case.place(text, span.turn, *case.conversation.characters(span)) for span in sorted(set(spans))]


def _near(one: Says, near: Near, case: Case) -> Verdict:
    """Words with others near them, or with none near them."""
    scope = scope_of(one.party, one.window)
    others = list(_spans(one.how, near.text, case.conversation))
    found, in_doubt = [], False
    for span in _spans(one.how, one.text, case.conversation):
        beside = any(_between(span, other) <= near.words for other in others if other.turn == span.turn)
        if beside == near.absent:
            continue
        within = case.conversation.within(span, scope)
        in_doubt = in_doubt or within is None
        found += [span] if within else []
    if found:
        return yes(_places(one, found, case))
    return unknown(*case.whys(scope)) if in_doubt else NO


def _spans(how: str, text: str, conversation: Conversation) -> Iterator[Span]:
    for leaf in leaves(words(how, text).node):
        yield from row_spans(leaf, conversation) if isinstance(leaf, Row) else near_spans(leaf, conversation)


def _between(span: Span, other: Span) -> float:
    """How many words stand between two spans of a turn; a span is not near itself."""
    if (span.first, span.last) == (other.first, other.last):
        return float("inf")
    return max(span.first - other.last, other.first - span.last) - 1


def _pattern(one: Says, case: Case) -> Verdict:
    scope = scope_of(one.party, one.window)
    text = text_of(one)
    found: list[Evidence] = []
    in_doubt = False
    for number, turn in enumerate(case.facts.turns):
        if scope.party and turn.party not in (scope.party, "unknown"):
            continue
        clean, places = cleaned(turn.text)
        for match in regex(one.text).finditer(clean):
            start, end = places[match.start()], places[match.end()]
            within = case.conversation.said_within(number, start, end, scope)
            in_doubt = in_doubt or within is None
            if within:
                found.append(case.place(text, number, start, end))
                if len(found) == MOST_MATCHES:
                    return yes(found)
    if found:
        return yes(found)
    return unknown(*case.whys(scope)) if in_doubt else NO


def cleaned(text: str) -> tuple[str, range | list[int]]:
    """The text composed (NFC) and without invisible signs; and where each of its characters stood."""
    if text.isascii() or (unicodedata.is_normalized("NFC", text) and _UNSEEN.isdisjoint(text)):
        return text, range(len(text) + 1)
    signs: list[str] = []
    places: list[int] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and (unicodedata.combining(text[end]) or text[end] in _UNSEEN):
            end += 1
        cluster = "".join(sign for sign in text[at:end] if sign not in _UNSEEN)
        for sign in unicodedata.normalize("NFC", cluster):
            signs.append(sign)
            places.append(at)
        at = end
    return "".join(signs), [*places, len(text)]
