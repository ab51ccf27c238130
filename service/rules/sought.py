"""What a condition seeks in the words, made ready once: queries, exact words, any forms, regular expressions.

Regular expressions are RE2's: no look-around and no back references, and time that grows with the text alone,
whatever the pattern.
"""

import unicodedata
from dataclasses import replace
from functools import lru_cache
from typing import Any

import re2

from service.errors import InvalidInput
from service.phrases import parse
from service.phrases.query import Absent, AllOf, AnyOf, Near, Node, Phrase, Row
from service.phrases.spoken import tokens_of
from service.phrases.terms import Exact, Inflected, Term

_REGEX_MEMORY = 8 << 20  # a pattern that would need more is refused


@lru_cache(maxsize=4096)
def words(how: str, text: str) -> Phrase:
    """The phrase that a text asks for. Raises InvalidInput(bad_phrase)."""
    if how == "exactly":
        terms = tuple(Exact(token.key) for token in tokens_of(text))
        if not terms:
            raise InvalidInput("bad_phrase", "There is no word to look for.")
        return Phrase(text, Row(tuple(((term,),) for term in terms)))
    phrase = parse(text)
    return Phrase(text, _inflected(phrase.node)) if how == "form" else phrase


@lru_cache(maxsize=1024)
def regex(pattern: str) -> Any:
    """A compiled pattern; case does not count. Raises InvalidInput(bad_regex)."""
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    options.max_mem = _REGEX_MEMORY
    try:
        return re2.compile(unicodedata.normalize("NFC", pattern), options)
    except (re2.error, UnicodeError) as error:
        detail = (
            error.args[0].decode("utf-8", "replace")
            if error.args and isinstance(error.args[0], bytes)
            else "not text"
        )
        raise InvalidInput("bad_regex", f"This is no regular expression of RE2: {detail}.") from None


def check_words(how: str, text: str) -> None:
    """Raise InvalidInput(bad_phrase) where a query cannot be read."""
    words(how, text)


def check_regex(pattern: str) -> None:
    """Raise InvalidInput(bad_regex) for what is no pattern, and for one that matches the empty text."""
    if regex(pattern).search("") is not None:
        raise InvalidInput(
            "bad_regex", "This regular expression matches nothing at all, so it is everywhere."
        )


def check_near(how: str, text: str, other: str) -> None:
    """Raise InvalidInput where one of two texts cannot be near: it says what is absent, or is a pattern."""
    if how == "regex":
        raise InvalidInput("bad_phrase", "A distance is between words, not from a regular expression.")
    for query in (words(how, text), words(how, other)):
        leaves(query.node)


def leaves(node: Node) -> list[Row | Near]:
    """The rows of a query that may stand anywhere. Raises InvalidInput(bad_phrase) for AND and NOT."""
    if isinstance(node, Row | Near):
        return [node]
    if isinstance(node, AnyOf):
        return [leaf for part in node.parts for leaf in leaves(part)]
    raise InvalidInput("bad_phrase", "A distance is between words: leave AND and NOT out of them.")


def _inflected(node: Node) -> Node:
    if isinstance(node, AllOf | AnyOf):
        return replace(node, parts=tuple(_inflected(part) for part in node.parts))
    if isinstance(node, Absent):
        return replace(node, part=_inflected(node.part))
    if isinstance(node, Near):
        return replace(node, words=tuple(tuple(map(_any_form, terms)) for terms in node.words))
    places = tuple(tuple(tuple(map(_any_form, row)) for row in place) for place in node.places)
    return replace(node, places=places)


def _any_form(term: Term) -> Term:
    return Inflected(term.key) if isinstance(term, Exact) and not term.key.startswith("[") else term
