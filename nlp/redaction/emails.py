"""E-mail addresses, typed or spoken in English."""

import re
from collections.abc import Iterator

from nlp.redaction.spans import Span

_TYPED = re.compile(r"[\w.%+'&/=~-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}")
_AT = r"(?:\s{1,4}at\s{1,4}|\s{0,4}[\[({]\s?at\s?[\])}]\s{0,4}|\s?@\s?)"
_DOT = r"(?:\s{1,4}(?:dot|point|period)\s{1,4}|\s{0,4}[\[({]\s?dot\s?[\])}]\s{0,4}|\s?\.\s?)"
_TOP = (
    r"(?:com|net|org|edu|gov|mil|int|info|biz|name|io|co|me|tv|app|dev|eu|uk|us|ca|au|nz|ie|de|at|ch|fr|be|nl|lu|es|pt"
    r"|it|gr|hu|il|cz|sk|pl|ro|bg|hr|si|rs|ua|se|no|dk|fi|is|ee|lv|lt|tr|in|jp|cn|kr|sg|hk|br|mx|ar|cl|za"
    r"|example|test)"
)
_JOIN = r"(?:\s{1,4}(?:dot|point|period|underscore|dash|hyphen|minus|plus)\s{1,4}|[._+-])"
_DIGIT_WORD = r"(?:zero|one|two|three|four|five|six|seven|eight|nine|oh|\d{1,4})"
_NOT_HOSTS = r"(?!(?:the|a|an|my|your|our|this|that|least|all|once|home|work)\b)"
_PART = r"[^\W_]{1,40}"
_SPELT = rf"(?:(?:[^\W\d_]|{_DIGIT_WORD})[\s-]{{1,3}}){{0,12}}"  # "j o 7 n"
_MAILBOX = rf"{_SPELT}{_PART}(?:{_JOIN}{_PART}){{0,5}}(?:\s{{1,4}}{_DIGIT_WORD}){{0,6}}"
_HOST = rf"{_NOT_HOSTS}[\w-]{{1,40}}(?:\s{{1,4}}[\w-]{{1,20}}){{0,2}}?(?:{_DOT}[\w-]{{1,20}}){{0,2}}?"
_SPOKEN = re.compile(rf"(?<!\w){_MAILBOX}{_AT}{_HOST}(?:{_DOT}{_TOP}){{1,2}}(?!\w)", re.IGNORECASE)
_SPOKEN_HINT = re.compile(rf"{_AT}[\w\s.-]{{1,90}}?{_DOT}{_TOP}(?!\w)", re.IGNORECASE)
_REACH = 200  # characters before a spoken "at" that can belong to the address


def find_emails(text: str) -> Iterator[Span]:
    """Addresses such as ``jo@mail.com``, "jo dot smith at mail dot com" and "jo [at] mail [dot] com"."""
    for match in _TYPED.finditer(text):
        start = match.start() + len(match.group()) - len(match.group().lstrip(".'/-"))
        yield Span(start, match.end(), "email")
    for hint in _SPOKEN_HINT.finditer(text):
        spoken = _around(text, hint.start())
        if spoken:
            yield spoken


def _around(text: str, at: int) -> Span | None:
    """The spoken address whose "at" stands at this place; looks only so far back, to stay linear."""
    for match in _SPOKEN.finditer(text, max(0, at - _REACH), min(len(text), at + _REACH)):
        if match.start() <= at < match.end():
            return Span(match.start(), match.end(), "email")
    return None
