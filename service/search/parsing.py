"""Reads what people type: words, "phrases", OR, -not, prefix*, customer:word; nothing else has a meaning."""

import re
from dataclasses import dataclass, field, replace

from service.errors import InvalidInput
from service.phrases.spoken import HEBREW
from service.search.folding import words_of
from service.search.query import SUBJECT, Query, Sought

LONGEST_QUERY = 1000
MOST_WORDS = 32
SHORTEST_PREFIX = 2
PARTIES = ("agent", "customer", "system", "unknown", SUBJECT)
REMEDY = 'Write for example: refund "money back" cancel* -invoice customer:angry OR customer:furious'
_QUOTES = '"“”„«»'
_PARTY = rf"(?:{'|'.join(PARTIES)})"
_MARK = re.compile(
    rf"(?P<not>-(?=[^\s-]))?(?:(?:party\s*:\s*(?P<all>{_PARTY})(?=\s|$))|(?P<of>{_PARTY}):)?"
    rf"(?:[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)(?:[{_QUOTES}]|$)(?P<star>\*?)"
    rf"|(?P<word>(?:[^\s{_QUOTES}|]|(?<=[{HEBREW}])\"(?=[{HEBREW}]))+)|(?P<bar>\|)|(?=\s|$))",
    re.IGNORECASE,
)


@dataclass
class _Reading:
    """The query as far as it is read."""

    everybody: str | None  # who must have said what names nobody
    current: str | None = None  # who must have said what follows
    joined: bool = False  # whether the next word is another choice of the last group
    groups: list[list[Sought]] = field(default_factory=list)
    without: list[Sought] = field(default_factory=list)

    def take(self, mark: re.Match[str]) -> None:
        """Read on."""
        if mark["all"]:
            self.everybody = mark["all"].lower()
        elif mark["bar"] or mark["word"] == "OR":
            self.joined = bool(self.groups)
        elif mark["word"] is None and mark["phrase"] is None:
            self.current = mark["of"].lower()
        else:
            self._add(_sought(mark, (mark["of"] or "").lower() or self.current), excluded=bool(mark["not"]))

    def _add(self, sought: Sought | None, *, excluded: bool) -> None:
        if sought is None:
            return
        if excluded and self.joined:
            raise bad("What is excluded cannot be one of two choices.")
        if excluded:
            self.without.append(sought)
        elif self.joined:
            self.groups[-1].append(sought)
        else:
            self.groups.append([sought])
        self.joined = False


def parse(text: str, *, party: str | None = None) -> Query:
    """The query; ``party`` is who must have said what names nobody.

    ``party:customer`` says the same for the whole query, ``customer:`` before a blank for what follows it,
    ``customer:word`` for the word. Raises InvalidInput(bad_search), never for mere signs.
    """
    if len(text) > LONGEST_QUERY:
        raise bad(f"A search has {LONGEST_QUERY} characters at most.")
    reading = _Reading(party)
    for mark in _MARK.finditer(text):
        if mark[0].strip():
            reading.take(mark)
    if not reading.groups:
        raise bad("There is no word in it that could be found.")
    query = Query(
        tuple(tuple(_said_by(one, reading.everybody) for one in group) for group in reading.groups),
        tuple(_said_by(one, reading.everybody) for one in reading.without),
    )
    if sum(len(sought.words) for sought in (*query.wanted, *query.without)) > MOST_WORDS:
        raise bad(f"A search has {MOST_WORDS} words at most.")
    return query


def bad(detail: str) -> InvalidInput:
    """A query that cannot be read."""
    return InvalidInput("bad_search", detail, REMEDY)


def _sought(mark: re.Match[str], party: str | None) -> Sought | None:
    """What one piece asks for; None where it holds no word."""
    written = mark["phrase"] if mark["phrase"] is not None else mark["word"]
    star = bool(mark["star"]) or written.endswith("*")
    words = tuple(word.key for word in words_of(written.rstrip("*")))
    if "*" in written.rstrip("*") and words:
        raise bad("A star stands at the end of a word.")
    if star and words and len(words[-1]) < SHORTEST_PREFIX:
        raise bad(f"A word with a star has {SHORTEST_PREFIX} letters at least.")
    return Sought(words, star, party) if words else None


def _said_by(sought: Sought, party: str | None) -> Sought:
    return sought if sought.party else replace(sought, party=party)
