"""Passwords, user names and answers to security questions: whatever is said to be one."""

import re
from collections.abc import Iterator

from nlp.redaction.lines import Line
from nlp.redaction.number_words import words
from nlp.redaction.spans import Span

_KINDS = frozenset({"password", "username", "secret"})
_IS = words("is was s ist lautet war est c était es era az ez הוא היא זה to als")
_NOT_VALUES = words(
    "wrong incorrect not no invalid expired reset the a an being required too blocked locked same case"
    " correct for what that"
    " this it my your working never always also still already still forgotten lost changed asking where"
    " when how please so very"
    " falsch nicht ungültig abgelaufen gesperrt weg vergessen hibás rossz nem lejárt elfelejtettem faux"
    " incorrect pas expiré oublié"
    " incorrecta no equivocada olvidé caducada שגויה לא שכחתי used needed weak short long saved missing"
    " sent there because"
)
_LEAD = words("it s its is yes sure ok okay uh um well the my das ist ja igen az oui c est es sí la זה כן")
_VALUE = re.compile(r"\S{2,64}")
_QUOTES = "\"'“”„«»‘’.,;:!?)("
_MOST = 6  # words of an answer that is nothing but the secret


def find_secrets(line: Line, *, asked: frozenset[str] = frozenset()) -> Iterator[Span]:
    """What follows "my password is", and short answers to the question for one."""
    for cue in line.cues:
        if cue.kind in _KINDS:
            found = _value_after(line, cue.after, cue.kind)
            if found is not None:
                yield found
    kinds = sorted(_KINDS & asked)
    if kinds and not line.cues and 0 < len(line.tokens) <= _MOST + 4:
        first = 0
        while first < len(line.tokens) and line.tokens[first].word in _LEAD:
            first += 1
        rest = line.tokens[first:]
        if 0 < len(rest) <= _MOST and rest[0].word not in _NOT_VALUES and "?" not in line.text:
            yield Span(rest[0].start, rest[-1].end, kinds[0])


def _value_after(line: Line, index: int, kind: str) -> Span | None:
    read = line.tokens
    at = index
    while at < len(read) and at - index < 3 and read[at].word in _IS:
        at += 1
    end = read[index - 1].end
    marked = line.shown[end : end + 2].lstrip()[:1] in (":", "=")
    if (at == index and not marked) or at >= len(read) or read[at].word in _NOT_VALUES:
        return None
    gap = line.shown[read[at - 1].end : read[at].start]
    if any(sign in gap for sign in ".?!\0") and not marked:
        return None
    if kind == "secret":
        last = at
        while (
            last + 1 < len(read)
            and last - at < 2
            and line.shown[read[last].end : read[last + 1].start] == " "
        ):
            last += 1
        return Span(read[at].start, read[last].end, kind)
    match = _VALUE.search(line.shown, end + 1 if marked and at == index else read[at].start)
    if match is None:
        return None
    value = match.group().strip(_QUOTES)
    start = match.start() + match.group().find(value) if value else match.start()
    stop = max(start + len(value), _spelled_end(line, at))
    number = line.run_at.get(at + 1) if at + 1 < len(read) and read[at + 1].close else None
    stop = max(stop, number.end if number is not None else 0)
    return Span(start, stop, kind) if value else None


def _spelled_end(line: Line, at: int) -> int:
    """The end of a value that is spelled: letters and numbers one by one, "capital h u n t e r two"."""
    read = line.tokens
    end = read[at].end
    while at < len(read):
        word = read[at].word
        small = (
            len(word) == 1
            or word in line.words.numbers
            or read[at].digits
            or word in ("capital", "dash", "underscore")
        )
        if not small or (at and "." in line.shown[read[at - 1].end : read[at].start].strip(" ")):
            break
        end = read[at].end
        at += 1
    return end
