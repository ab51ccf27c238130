"""Names of persons by rules: what announces them, titles, greetings, lists, and what was found before."""

from collections.abc import Iterator, Sequence

from nlp.redaction.gazetteer import AMBIGUOUS, given_names, surnames
from nlp.redaction.lines import Line
from nlp.redaction.name_words import ANNOUNCES, NO_NAMES, PARTICLES, SURNAME_ENDINGS
from nlp.redaction.number_words import words
from nlp.redaction.phrase_table import PhraseTable
from nlp.redaction.spans import Span

Placed = tuple[int, Span]
_TABLE = PhraseTable(ANNOUNCES)
_MOST = 4  # words of a name
_LEAD = 6  # words before the name in an answer: "yes sure, it's"
_SHORTEST_REMEMBERED = 3
_SURNAME_LETTERS = 6
_LONGEST_ACRONYM = 5
_BEFORE_PLACES = words("san santa santo são los las saint st sankt new fort port mount lake")
_AGENT_SAYS = frozenset(
    {"my name is", "my name s", "i m", "i am", "this is", "nevem", "mein name ist", "je m appelle", "soy"}
)


def find_names(lines: Sequence[Line], asked: Sequence[frozenset[str]]) -> Iterator[Placed]:
    """Names in a conversation; what an agent calls itself is of kind "agent_name", wherever it is said."""
    agents: set[str] = set()
    known: set[str] = set()
    found: list[list[tuple[int, int]]] = [[] for _ in lines]
    for number, line in enumerate(lines):
        for first, after, own in _in_line(line, asked[number]):
            found[number].append((first, after))
            parts = {
                token.word for token in line.tokens[first:after] if len(token.word) >= _SHORTEST_REMEMBERED
            }
            if own and line.party.startswith("agent"):
                agents |= parts
            known |= parts - PARTICLES
    known -= agents
    for number, line in enumerate(lines):
        spans = found[number]
        spans += _remembered(line, known | agents, spans)
        for first, after in spans:
            said = {token.word for token in line.tokens[first:after]}
            kind = "agent_name" if said & agents and not said & known else "name"
            yield number, Span(line.tokens[first].start, line.tokens[after - 1].end, kind)


def _remembered(line: Line, known: set[str], spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places where a name that was found elsewhere is said alone."""
    taken = {at for first, after in spans for at in range(first, after)}
    return [
        (at, at + 1)
        for at, token in enumerate(line.tokens)
        if at not in taken
        and token.word in known
        and (
            _is_capital(line, at)
            or (not line.is_cased and token.word not in AMBIGUOUS and token.word not in NO_NAMES)
        )
    ]


def _in_line(line: Line, asked: frozenset[str]) -> Iterator[tuple[int, int, bool]]:
    """Tokens of each name, and whether who speaks is called so."""
    read = line.tokens
    index = 0
    if "name" in asked:
        answer = _answer(line)
        if answer is not None:
            yield (*answer, False)
            index = answer[1]
    while index < len(read):
        beside = _TABLE.at(read, index)
        if beside is not None:
            length, kind = beside
            name = _announced(line, index + length, kind)
            if name is not None:
                said = " ".join(token.word for token in read[index : index + length])
                yield (*name, said in _AGENT_SAYS)
                index = name[1]
                continue
        after = _listed(line, index)
        if after is not None:
            before = _TABLE.at(read, after) if after < len(read) else None
            yield index, after, before is not None and before[1] == "after"
            index = after
        else:
            index += 1
    yield from _labelled(line)


def _announced(line: Line, index: int, kind: str) -> tuple[int, int] | None:
    """The name after words of this kind."""
    read = line.tokens
    if index >= len(read) or kind == "after":
        return None
    gap = line.text[read[index - 1].end : read[index].start]
    if (
        len(gap) > 3
        or any(sign in gap for sign in '?!;)"')
        or ("." in gap and kind not in ("title", "parting"))
    ):
        return None
    sure = kind in ("sure", "title")
    if kind in ("parting", "greeting") and not ("," in gap or "\n" in gap or gap == " "):
        return None
    after = _name_from(line, index, sure=sure)
    if after is None:
        return None
    if sure or _is_given(line, index) or any(_is_surname(line, at) for at in range(index, after)):
        return index, after
    closes = after == len(read) or line.text[read[after - 1].end : read[after].start].strip()[:1] in (
        ",",
        "!",
        ".",
        "\n",
    )
    if kind == "greeting" and closes and after - index <= 2 and _is_capital(line, index):
        return index, after
    several = after - index >= 2 and all(_is_capital(line, at) for at in range(index, after))
    return (
        (index, after)
        if kind == "maybe" and several and read[index - 1].word in ("is", "m", "am", "bin", "soy", "suis")
        else None
    )


def _name_from(line: Line, index: int, *, sure: bool) -> int | None:
    """The token after the name that may begin here; None if none does."""
    read = line.tokens
    at = index
    while at < len(read) and at - index < _MOST:
        if at > index and not _is_adjacent(line, at):
            break
        word = read[at].word
        particle = word in PARTICLES and at + 1 < len(read) and _is_capital(line, at + 1) and at > index
        if not (particle or _may_be_name(line, at, sure=sure, first=at == index)):
            break
        at += 1
    while at > index and read[at - 1].word in PARTICLES:
        at -= 1
    if at == index + 1 and len(read[index].word) == 1:
        return None
    return at if at > index else None


def _may_be_name(line: Line, at: int, *, sure: bool, first: bool) -> bool:
    word = line.tokens[at].word
    if word in NO_NAMES or not word.isalpha() or word in line.words.numbers:
        return False
    if _is_capital(line, at):
        return True
    if line.is_cased and not _is_hebrew(word):
        return False
    if first:
        return (sure and len(word) >= _SHORTEST_REMEMBERED) or (
            word in given_names() and word not in AMBIGUOUS
        )
    return word in surnames() or word in given_names()


def _listed(line: Line, index: int) -> int | None:
    """The token after a name that begins with one of the lists."""
    if (
        not line.is_cased
        or not _is_capital(line, index)
        or _is_acronym(line, index)
        or _is_place(line, index)
    ):
        return None
    word = line.tokens[index].word
    after = _name_from(line, index, sure=False)
    if after is None:
        return None
    count = after - index
    if count >= 3 and any(len(line.tokens[at].word) == 1 for at in range(index + 1, after - 1)):
        return after  # an initial between two names
    if word in given_names() and word not in AMBIGUOUS:
        return after
    if count < 2:
        known = word in surnames() and word not in AMBIGUOUS
        return after if (known or _ends_as_surname(word)) and _is_inside(line, index) else None
    others = [line.tokens[at].word for at in range(index + 1, after)]
    if any(map(_ends_as_surname, others)):
        return after
    several = _is_in_lists(word) and any(map(_is_in_lists, others)) and not set(others) <= AMBIGUOUS
    return after if several else None


def _is_in_lists(word: str) -> bool:
    return word in given_names() or word in surnames()


def _is_acronym(line: Line, at: int) -> bool:
    written = line.text[line.tokens[at].start : line.tokens[at].end]
    return len(written) <= _LONGEST_ACRONYM and written.isupper()


def _is_place(line: Line, at: int) -> bool:
    """ "San Francisco", "St. Louis": a saint's name, or a new one, is a place."""
    return at > 0 and line.tokens[at - 1].word in _BEFORE_PLACES and _is_capital(line, at - 1)


def _is_inside(line: Line, index: int) -> bool:
    """Whether a capital letter means something here: not at the beginning of a sentence."""
    before = line.text[line.tokens[index - 1].end : line.tokens[index].start] if index else "."
    return not any(sign in before for sign in '.?!:\n"')


def _labelled(line: Line) -> Iterator[tuple[int, int, bool]]:
    """ "Name: ...", "What's the name on the account? User: ..."."""
    read = line.tokens
    for cue in line.cues:
        if cue.kind != "name":
            continue
        for at in range(cue.after, min(cue.after + _LEAD, len(read))):
            gap = line.text[read[at - 1].end : read[at].start]
            if (":" in gap or "?" in gap) and _is_capital(line, at):
                after = _name_from(line, at, sure=True)
                if after is not None:
                    yield at, after, False
                    break


def _answer(line: Line) -> tuple[int, int] | None:
    """The name in an answer to "your name?": after "yes, it's" or at once."""
    read = line.tokens
    for at in range(min(_LEAD, len(read))):
        word = read[at].word
        if word in NO_NAMES or word in line.words.fillers or _TABLE.at(read, at) is not None:
            continue
        after = _name_from(line, at, sure=_is_capital(line, at) or len(read) - at <= 3)
        return (at, after) if after is not None else None
    return None


def _is_adjacent(line: Line, at: int) -> bool:
    gap = line.text[line.tokens[at - 1].end : line.tokens[at].start]
    initial = len(line.tokens[at - 1].word) == 1
    return gap in (" ", "-", "'", "’", "  ") or (initial and gap in (". ", "."))


def _is_capital(line: Line, at: int) -> bool:
    return at in line.capitals


def _is_hebrew(word: str) -> bool:
    return "\u05d0" <= word[0] <= "\u05ea"


def _is_given(line: Line, at: int) -> bool:
    return line.tokens[at].word in given_names() and (
        _is_capital(line, at) or line.tokens[at].word not in AMBIGUOUS
    )


def _is_surname(line: Line, at: int) -> bool:
    word = line.tokens[at].word
    if not (_is_capital(line, at) or not line.is_cased):
        return False
    return (word in surnames() and (word not in AMBIGUOUS or at > 0)) or _ends_as_surname(word)


def _ends_as_surname(word: str) -> bool:
    return len(word) >= _SURNAME_LETTERS and word.endswith(SURNAME_ENDINGS)
