"""Reads a phrase query; every mistake is told with its place.

    query    = either { "OR" either }
    either   = part { ["AND"] part }          a NOT may follow without AND
    part     = "NOT" part | filter part | "(" query ")" | row
    filter   = party and windows before a colon: agent: · first 30s: · customer last 10%:
    row      = place { place }                words one after the other; quotes around them change nothing
             | '"' place { place } '"~' N     the words in any order, at most N other words among them
    place    = word | "(" words { "|" words } ")"
    word     = cancel | cancel* | c*l | * (any one word) | refnud~ | refnud~1 | [CARD] (a masked number)

AND, OR and NOT are written in capitals; in small letters they are words. There are no regular expressions:
no query can make matching slow.
"""

import re
from dataclasses import replace

from service.phrases.lexing import Mark, bad, marks_of, scope_of
from service.phrases.query import EVERYWHERE, Absent, AllOf, AnyOf, Near, Node, Phrase, Row, Scope
from service.phrases.spoken import INNER, LETTER, UNSPACED, key_of
from service.phrases.terms import Exact, Fuzzy, Term, Wildcard

MOST_WORDS, DEEPEST, FARTHEST, MOST_EDITS = 100, 20, 50, 3
WORD = re.compile(
    rf"\[[A-Za-z_]+\]|[{UNSPACED}]|(?:(?![{UNSPACED}])(?:{LETTER}|\*))+(?:{INNER}(?:{LETTER}|\*)+)*"
)
JOINS = ("AND", "OR", "NOT")
ANY_WORD = Wildcard(("", ""))
Terms = tuple[Term, ...]


def parse(query: str) -> Phrase:
    """A query ready for use; raises InvalidInput ``bad_phrase`` with the place of the mistake."""
    reader = _Reader(query)
    node = reader.query(EVERYWHERE, 0)
    reader.finish()
    return Phrase(query, node)


class _Reader:
    """Recursive descent over the marks of one query."""

    def __init__(self, query: str) -> None:
        self._marks = marks_of(query)
        self._at = 0
        self._words = 0

    def finish(self) -> None:
        """Everything must have been read."""
        mark = self._next
        if mark.kind == "close":
            raise bad(mark.place, "this bracket was never opened.")
        if mark.kind != "end":
            raise bad(mark.place, "put AND, OR or NOT before this.")

    def query(self, scope: Scope, depth: int) -> Node:
        """Parts joined by OR."""
        if depth > DEEPEST:
            raise bad(self._next.place, "brackets are nested too deep.")
        parts = [self._both(scope, depth)]
        while self._takes("OR"):
            parts.append(self._both(scope, depth))
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def _both(self, scope: Scope, depth: int) -> Node:
        parts = [self._part(scope, depth)]
        while self._takes("AND") or self._is("NOT"):
            parts.append(self._part(scope, depth))
        return parts[0] if len(parts) == 1 else AllOf(tuple(parts))

    def _part(self, scope: Scope, depth: int) -> Node:
        mark = self._next
        if depth > DEEPEST:
            raise bad(mark.place, "brackets are nested too deep.")
        if self._takes("NOT"):
            return Absent(self._part(scope, depth + 1))
        if mark.kind == "filter":
            self._at += 1
            return self._part(narrowed(scope, mark), depth + 1)
        if mark.kind == "open" and self._groups():
            self._at += 1
            node = self.query(scope, depth + 1)
            self._close(mark)
            return node
        return self._row(scope)

    def _groups(self) -> bool:
        """Whether the bracket here groups whole queries: a choice holds nothing but words and bars."""
        for mark in self._marks[self._at + 1 :]:
            if mark.kind == "close":
                return False
            if mark.kind in ("open", "quote", "filter") or (mark.kind == "word" and mark.text in JOINS):
                return True
        return False

    def _row(self, scope: Scope) -> Node:
        first = self._next
        quoted = first.kind == "quote"
        if quoted:
            self._at += 1
        places = self._places(quoted=quoted)
        if quoted and self._next.kind != "quote":
            raise bad(first.place, "this quotation is not closed.")
        if not places:
            raise bad(first.place, "a word is missing here.")
        if quoted:
            self._at += 1
            if self._next.kind == "tilde":
                return self._near(places, scope)
        edges = (places[0], places[-1])
        if any((ANY_WORD,) in edge for edge in edges):
            raise bad(first.place, "* alone stands for a word between others, not at the edge.")
        return Row(places, scope)

    def _near(self, places: tuple[tuple[Terms, ...], ...], scope: Scope) -> Near:
        mark = self._take()
        between = mark.number
        if between is None or between > FARTHEST:
            raise bad(mark.place, f"say after ~ how many other words may be among these, 0 to {FARTHEST}.")
        if len(places) < 2:
            raise bad(mark.place, "a distance needs two words at least.")
        choices = []
        for place in places:
            if any(len(row) != 1 or row[0] == ANY_WORD for row in place):
                raise bad(mark.place, "with a distance every choice is of single words.")
            choices.append(tuple(row[0] for row in place))
        return Near(tuple(choices), between, scope)

    def _places(self, *, quoted: bool) -> tuple[tuple[Terms, ...], ...]:
        places: list[tuple[Terms, ...]] = []
        while True:
            mark = self._next
            if mark.kind == "word" and (quoted or mark.text not in JOINS):
                places += [((term,),) for term in self._terms()]
            elif mark.kind == "open" and (quoted or not self._groups()):
                places.append(self._choice())
            elif mark.kind in ("tilde", "bar") or (mark.kind == "filter" and quoted):
                raise bad(mark.place, f"{mark.text} has no place here.")
            else:
                return tuple(places)

    def _choice(self) -> tuple[Terms, ...]:
        opened = self._take()
        rows: list[Terms] = []
        while True:
            row: list[Term] = []
            while self._next.kind == "word":
                row += self._terms()
            if not row:
                raise bad(self._next.place, "a word is missing in this choice.")
            rows.append(tuple(row))
            if self._next.kind != "bar":
                self._close(opened)
                return tuple(rows)
            self._at += 1

    def _terms(self) -> list[Term]:
        """The words of one mark (``sign-up`` is two), the last one fuzzy where a tilde follows."""
        mark = self._take()
        colon = re.search(r"(?<!\d):|:(?!\d)", mark.text)
        if colon:
            detail = f"{mark.text[: colon.start()]!r} is no filter: agent, customer, first 30s, last 10%."
            raise bad(mark.place, detail)
        words = [match[0] for match in WORD.finditer(mark.text)]
        self._words += len(words)
        if self._words > MOST_WORDS:
            raise bad(mark.place, f"a phrase has {MOST_WORDS} words at most.")
        terms = [term_of(word, mark.place) for word in words]
        if terms and self._next.kind == "tilde":
            tilde = self._take()
            terms[-1] = fuzzy(terms[-1], tilde)
        return terms

    def _close(self, opened: Mark) -> None:
        if self._next.kind != "close":
            raise bad(opened.place, "this bracket is not closed.")
        self._at += 1

    @property
    def _next(self) -> Mark:
        return self._marks[self._at]

    def _take(self) -> Mark:
        mark = self._marks[self._at]
        self._at += 1
        return mark

    def _is(self, join: str) -> bool:
        return self._next.kind == "word" and self._next.text == join

    def _takes(self, join: str) -> bool:
        taken = self._is(join)
        self._at += taken
        return taken


def narrowed(scope: Scope, mark: Mark) -> Scope:
    """A scope within a scope: both count."""
    inner = scope_of(mark)
    if scope.party and inner.party and scope.party != inner.party:
        raise bad(mark.place, f"{inner.party} within {scope.party} can never be.")
    return replace(inner, party=inner.party or scope.party, windows=(*scope.windows, *inner.windows))


def term_of(word: str, place: int) -> Term:
    """An exact word or a wildcard."""
    if "*" not in word:
        return Exact(key_of(word))
    pieces = tuple(key_of(piece) for piece in word.split("*"))
    if word.strip("*") and len("".join(pieces)) < 2:
        raise bad(place, f"{word} means too much: give two letters at least.")
    return Wildcard(pieces) if word.strip("*") else ANY_WORD


def fuzzy(term: Term, tilde: Mark) -> Fuzzy:
    """The word with the edits asked for; without a number 1 up to five letters, else 2."""
    if not isinstance(term, Exact) or term.key.startswith("["):
        raise bad(tilde.place, "~ stands after a plain word.")
    edits = tilde.number if tilde.number is not None else 1 + (len(term.key) > 5)
    if not 1 <= edits <= MOST_EDITS or edits * 2 >= len(term.key):
        detail = f"{edits} changed letters leave too little of {term.key!r}; {MOST_EDITS} at most."
        raise bad(tilde.place, detail)
    return Fuzzy(term.key, edits)
