"""E-mail addresses, typed, or spoken in six languages."""

import re
from collections.abc import Iterator, Sequence

from nlp.redaction.labels import labels_of
from nlp.redaction.lines import Line
from nlp.redaction.number_words import words
from nlp.redaction.spans import Span
from nlp.redaction.tokens import Token

_TYPED = re.compile(r"[\w.%+'&/=~-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}")


_AT = words("at")  # also a common word: a host and its ending must follow
_SURELY_AT = words(
    "kukac kukacka kukucs ät arobase arrobase arobas arroba klammeraffe klammeraffen affenschwanz"
    " שטרודל כרוכית"
)
_DOT = words("dot point period pont punkt punto ponto נקודה")
_JOINERS = _DOT | words(
    "underscore dash hyphen minus plus aláhúzás alulvonás alsóvonás kötőjel mínusz unterstrich"
    " bindestrich strich tiret bas"
    " souligné guion guión bajo subrayado מקף תחתון קו"
)
_TOP = words(
    "com net org edu gov mil int info biz name io co me tv app dev eu uk us ca au nz ie de at ch fr be"
    " nl lu es pt it gr hu il"
    " cz sk pl ro bg hr si rs ua se no dk fi is ee lv lt tr in jp cn kr sg hk br mx ar cl za example"
    " test kom komm קום נט אורג"
    " איל cat online shop xyz"
)
_HOSTS = words(
    "gmail googlemail hotmail outlook yahoo icloud aol gmx web freemail citromail indamail walla וואלה"
    " ג'ימייל גימייל orange"
    " free laposte wanadoo sfr telefonica proton protonmail live msn t-online"
)
_NO_HOSTS = words(
    "the a an my your our this that least all once home work any first last der die das le la el los un"
    " una den dem"
)
_NO_MAILBOX = words(
    "located office look looking is are was were shop shopping order ordered orders buy bought site"
    " website page"
    " online us me it them you"
    " available account sale works working here there found find read check login sign visit support"
    " store people"
    " arrived arrive stay started start open closed meeting and or but i"
)
_COPULAS = words(
    "שלי is it s its it's that that's address am az ez a e ist lautet est c'est c es son sería הוא היא זה"
    " sure yes okay ok so well uh"
    " um igen persze ja natürlich oui sí claro כן my mine the az címem cím adresse dirección"
)
_SPELLING = words("as like in for mint wie comme como כמו")
SPOKEN_SIGNS = _SURELY_AT | _DOT  # a spoken address has one of them
_MOST_BEFORE = 40  # tokens of a mailbox: it may be spelled letter by letter
_MOST_ASKED = 12
_MOST_HOST = 12
_MOST_LABEL = 3


def find_emails(line: Line, *, asked: frozenset[str] = frozenset()) -> Iterator[Span]:
    """Addresses such as ``jo@mail.com``, "jo dot smith at mail dot com", "kovács kukac freemail pont hu"."""
    text = line.shown
    if "@" in text:
        for match in _TYPED.finditer(text):
            start = match.start() + len(match.group()) - len(match.group().lstrip(".'/-"))
            yield Span(start, match.end(), "email")
    read = line.tokens
    for at, token in enumerate(read):
        if at and (token.word in _AT or token.word in _SURELY_AT):
            after, sure = at + 1, token.word in _SURELY_AT
        elif (
            at
            and "@" in text[read[at - 1].end : token.start]
            and len(text[read[at - 1].end : token.start]) > 1
        ):
            after, sure = at, True
        else:
            continue
        end = _host_end(line, after, sure=sure)
        if end is not None and (sure or read[at - 1].word not in _NO_MAILBOX):
            first = _mailbox(line, min(at, after), asked)
            yield Span(read[first].start, read[end - 1].end, "email")


def _host_end(line: Line, index: int, *, sure: bool) -> int | None:
    """The token after the host, "g mail dot com"; None if there is none."""
    read = line.tokens
    if index >= len(read) or read[index].word in _NO_HOSTS:
        return None
    named = index + 1 if read[index].word in _HOSTS else None
    if read[index].word == "g" and index + 1 < len(read) and read[index + 1].word == "mail":
        named = index + 2
    end: int | None = None
    dotted, length, at = False, 0, index  # length: words since the last dot
    while at < min(index + _MOST_HOST, len(read)):
        between = line.text[read[at - 1].end : read[at].start] if at > index else ""
        gap = between.strip()
        if gap == "." and between[0] == "." and between != ".":  # a sentence ends
            break
        if gap.strip("[]().'’׳-"):
            break
        word = read[at].word
        if word in _DOT:
            dotted, length, at = True, 0, at + 1
            continue
        dotted = dotted or "." in gap
        if dotted and (word in _TOP or (sure and end is None)):
            end = at + 1
        elif end is not None or length >= _MOST_LABEL:
            break
        dotted, length, at = False, length + 1, at + 1
    return end if end is not None else (named if sure or named else None)


def _mailbox(line: Line, at: int, asked: frozenset[str]) -> int:
    """The first token of what stands before "at"."""
    read = line.tokens
    first = at - 1
    while first > 0 and at - first < _MOST_BEFORE:
        before, gap = read[first - 1], line.text[read[first - 1].end : read[first].start]
        if gap in (".", "_", "-", "+") or before.word in _JOINERS or _is_joined(read, first, line):
            first -= 1
        else:
            break
    while first < at - 1 and (read[first].word in _COPULAS or read[first].word in _JOINERS):
        first += 1
    if "email" in labels_of(line, first, at, asked):
        first = min(first, _after_cue(line, first))
    return first


def _is_joined(read: Sequence[Token], first: int, line: Line) -> bool:
    """Whether the token before belongs to the same mailbox: a joiner follows it, or both are spelled."""
    if read[first].word in _JOINERS or read[first].word in _SPELLING or read[first - 1].word in _SPELLING:
        return first > 1 or read[first].word in _JOINERS
    spelled = _is_sign(read[first], line) and _is_sign(read[first - 1], line)
    return spelled or (_is_number(read[first], line) and read[first - 1].word not in _COPULAS)


def _is_sign(token: Token, line: Line) -> bool:
    return len(token.word) == 1 or _is_number(token, line)


def _is_number(token: Token, line: Line) -> bool:
    return bool(token.digits) or token.word in line.words.numbers


def _after_cue(line: Line, first: int) -> int:
    """Where an address begins that was announced: after "my e-mail is", or with the answer."""
    ends = [cue.after for cue in line.cues_before(first, _MOST_ASKED)]
    start = ends[-1] if ends else max(0, first - _MOST_ASKED) if first <= _MOST_ASKED else first
    while start < first and (
        line.tokens[start].word in _COPULAS or line.tokens[start].word in line.words.fillers
    ):
        start += 1
    return start if first - start <= _MOST_ASKED else first
