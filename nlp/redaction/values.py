"""What was masked, in one spelling: so that it is known again however it is written, typed or spoken."""

from collections.abc import Iterable, Iterator, Sequence

from nlp.redaction.codes import codes_of
from nlp.redaction.emails import find_emails
from nlp.redaction.lines import Line
from nlp.redaction.number_words import words
from nlp.redaction.spans import Span

# Kinds whose values are no common words or numbers: known again in any interaction, not only in their own.
DISTINCT = frozenset({"card", "iban", "account", "national_id", "passport", "licence", "phone", "email"})
_NUMBERS = DISTINCT - {"email"} | {"cvv", "expiry", "pin", "birth_date"}
_AT = words("at kukac ät arobase arroba klammeraffe שטרודל")
_SIGNS = {
    **dict.fromkeys(words("dot point period pont punkt punto נקודה"), "."),
    **dict.fromkeys(words("underscore alulvonás aláhúzás unterstrich"), "_"),
    **dict.fromkeys(words("dash hyphen minus kötőjel bindestrich tiret guion מקף"), "-"),
}
_SHORTEST_NUMBER = 3
_LONGEST_WORDS = 4  # of a name that is sought
_CARD, _LONGEST_CARD = 12, 19
_WHOLE_NUMBER = 6  # digits: a shorter part of a split number is no value of its own


def values_of(text: str, spans: Iterable[Span], *, language: str | None = None) -> Iterator[tuple[str, str]]:
    """Kind and value of each span of the text."""
    for span in spans:
        value = value_of(text[span.start : span.end], span.kind, language)
        if value:
            yield span.kind, value


def value_of(text: str, kind: str, language: str | None = None) -> str:
    """Letters and digits of a number, an address as it is typed, of all else its words in small letters."""
    line = Line(text, language=language)
    if kind == "email":
        return _email(line)
    if kind in _NUMBERS:
        signs = "".join(code.signs for code in codes_of(line))
        if signs:
            return signs
    return " ".join(token.word for token in line.tokens)


def joined(parts: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Values of one party in their order, with the parts of split numbers put together."""
    found = [(kind, value) for kind, value in parts if kind != "card" or len(value) >= _WHOLE_NUMBER]
    cards = [value for kind, value in parts if kind == "card"]
    whole = ""
    for value in cards:
        whole = whole + value if len(whole + value) <= _LONGEST_CARD else value
        if _CARD <= len(whole) <= _LONGEST_CARD and whole.isdecimal():
            found.append(("card", whole))
    return list(dict.fromkeys(found))


def number_candidates(text: str) -> Iterator[str]:
    """Everything in a text that may be a number's value or an address: runs, codes, e-mail addresses."""
    line = Line(text)
    for run in line.runs:
        if len(run.digits) >= _SHORTEST_NUMBER:
            yield run.digits
        yield from (number.digits for number in run.numbers if len(number.digits) >= _SHORTEST_NUMBER)
    for code in codes_of(line):
        yield code.signs
        yield from (part for part in code.parts if len(part) >= _WHOLE_NUMBER)
    for span in find_emails(line):
        yield value_of(text[span.start : span.end], "email")


def word_candidates(text: str) -> Iterator[str]:
    """The words of a text one to four at a time: what may be a name, a password, an address."""
    said = [token.word for token in Line(text).tokens]
    for first in range(len(said)):
        for length in range(1, min(_LONGEST_WORDS, len(said) - first) + 1):
            yield " ".join(said[first : first + length])


def _email(line: Line) -> str:
    pieces: list[str] = []
    end = 0
    for token in line.tokens:
        gap = line.text[end : token.start].strip(" \n,")
        spoken = "@" if token.word in _AT else _SIGNS.get(token.word, token.digits or token.word)
        pieces += [gap, spoken]
        end = token.end
    return "".join(pieces)
