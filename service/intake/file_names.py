"""Reads metadata out of file names, by a pattern such as ``{agent}_{phone}_{started_at:%Y%m%d-%H%M%S}``."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from service.errors import InvalidInput
from service.intake import metadata

_TOKEN = re.compile(r"\{(?P<name>[^{}:]*)(?::(?P<form>[^{}]*))?\}")
_NUMBER = r"[+0(]?[0-9][0-9().\- ]*[0-9]"
_PLACES: Mapping[str, tuple[str, str]] = {  # word in the pattern: (metadata field, what it matches)
    "external_id": ("external_id", ".+?"),
    "agent": ("agent", ".+?"),
    "queue": ("queue", ".+?"),
    "campaign": ("campaign", ".+?"),
    "disposition": ("disposition", ".+?"),
    "language": ("language", "[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})?"),
    "direction": ("direction", "inbound|outbound|internal|in|out"),
    "phone": ("customer.phone", _NUMBER),
    "email": ("customer.email", r"[^@\s]+@[^@\s]+?"),
    "crm_id": ("customer.crm_id", ".+?"),
    "name": ("customer.name", ".+?"),
}
_TIMES = ("started_at", "date", "time")
_DIRECTIONS = {"in": "inbound", "out": "outbound"}
_DIRECTIVES = {
    "%Y": "[0-9]{4}",
    "%y": "[0-9]{2}",
    "%m": "[0-9]{1,2}",
    "%d": "[0-9]{1,2}",
    "%H": "[0-9]{1,2}",
    "%I": "[0-9]{1,2}",
    "%M": "[0-9]{1,2}",
    "%S": "[0-9]{1,2}",
    "%f": "[0-9]{1,6}",
    "%j": "[0-9]{1,3}",
    "%p": "[AaPp][Mm]",
    "%b": "[A-Za-z]{3}",
    "%B": "[A-Za-z]+",
    "%z": r"Z|[+-][0-9]{2}:?[0-9]{2}",
    "%%": "%",
}
_EPOCH_FORMS = {"epoch": 1, "epoch_ms": 1000}
_DEFAULT_FORMS = {"started_at": "%Y%m%d-%H%M%S", "date": "%Y%m%d", "time": "%H%M%S"}


@dataclass(frozen=True, slots=True)
class Preview:
    """What one file name would say: ``metadata``, or the ``problem`` in a sentence."""

    name: str
    metadata: Mapping[str, Any] = field(default_factory=dict)
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class FileNamePattern:
    """A pattern made ready; file names are matched whole, without their folder and last suffix."""

    pattern: str
    _expression: re.Pattern[str]
    _places: tuple[tuple[str, str], ...]  # (word, form) of each group, in order
    _zone: ZoneInfo

    def metadata(self, name: str) -> dict[str, Any]:
        """The metadata in a file name, nested as a JSON body has it.

        Raises InvalidInput(file_name_mismatch) where the name does not fit, InvalidMetadata where it fits
        and what it says cannot be taken.
        """
        match = self._expression.fullmatch(PurePath(name).stem)
        if match is None:
            raise _mismatch(name, f"does not fit the pattern {self.pattern}")
        pairs: list[tuple[str, str]] = []
        times: dict[str, tuple[str, str]] = {}
        for (word, form), value in zip(self._places, match.groups(), strict=True):
            if word in _TIMES:
                times[word] = (form, value)
            elif word and (word, value) != ("direction", "internal"):
                pairs.append((_field(word), _DIRECTIONS.get(value, value) if word == "direction" else value))
        found = metadata.from_pairs(pairs)
        if times:
            found["started_at"] = self._moment(name, times)
        metadata.parse(found)  # loud now rather than at the service
        return found

    def _moment(self, name: str, times: Mapping[str, tuple[str, str]]) -> str:
        forms = [times[word] for word in _TIMES if word in times]
        try:
            moment = _read_time(forms)
        except (ValueError, OverflowError, OSError):
            raise _mismatch(name, "holds a date or time that does not exist") from None
        return (moment if moment.tzinfo else moment.replace(tzinfo=self._zone)).isoformat()


def _read_time(forms: Sequence[tuple[str, str]]) -> datetime:
    form, value = forms[0]
    if form in _EPOCH_FORMS:
        return datetime.fromtimestamp(int(value) / _EPOCH_FORMS[form], UTC)
    return datetime.strptime(" ".join(value for _, value in forms), " ".join(form for form, _ in forms))


def compile_pattern(pattern: str, *, time_zone: str = "UTC") -> FileNamePattern:
    """Make a pattern ready. Times without ``%z`` are local times of ``time_zone``.

    Words: external_id agent queue campaign disposition language direction phone email crm_id name,
    ``attributes.x``, started_at, date and time with a strptime form (or ``epoch``, ``epoch_ms``), and ``{}``
    for what is to be skipped. Raises InvalidInput(bad_pattern).
    """
    expression, places, end = "", [], 0
    for token in _TOKEN.finditer(pattern):
        word, form = token["name"], token["form"]
        expression += _literal(pattern[end : token.start()])
        places.append((word, form or _DEFAULT_FORMS.get(word, "")))
        expression += f"({_matching(word, places[-1][1])})"
        end = token.end()
    expression += _literal(pattern[end:])
    _check(pattern, places)
    try:
        return FileNamePattern(pattern, re.compile(expression), tuple(places), ZoneInfo(time_zone))
    except (ZoneInfoNotFoundError, ValueError):
        raise _bad(f"there is no time zone {time_zone}") from None


def preview(pattern: FileNamePattern, names: Iterable[str]) -> list[Preview]:
    """What each file name would say, those that do not fit with their problem."""
    return [_preview(pattern, name) for name in names]


def _preview(pattern: FileNamePattern, name: str) -> Preview:
    try:
        return Preview(name, pattern.metadata(name))
    except InvalidInput as error:
        return Preview(name, problem=error.detail)


def _field(word: str) -> str:
    return word if word.startswith("attributes.") else _PLACES[word][0]


def _matching(word: str, form: str) -> str:
    if word in _TIMES:
        return "[0-9]{9,14}" if form in _EPOCH_FORMS else _time_expression(form)
    if form:
        raise _bad(f"{{{word}}} takes no form after a colon")
    if not word or re.fullmatch(r"attributes\.[^{}.]+", word):
        return ".*?" if not word else ".+?"
    if word not in _PLACES:
        known = ", ".join([*_PLACES, *_TIMES, "attributes.*"])
        raise _bad(f"{{{word}}} is not known; there are {known}")
    return _PLACES[word][1]


def _time_expression(form: str) -> str:
    """A strptime form as an expression; digits that nothing parts must have their full number."""
    pieces = re.split(r"(%.?)", form)
    run_together = re.search(r"%[a-zA-Z]%[a-zA-Z]", form) is not None
    expression = ""
    for piece in pieces:
        if not piece.startswith("%"):
            expression += re.escape(piece)
        elif piece not in _DIRECTIVES:
            raise _bad(f"{piece} is not a form of times that is known")
        else:
            expression += f"(?:{_full(piece) if run_together else _DIRECTIVES[piece]})"
    return expression


def _full(directive: str) -> str:
    return _DIRECTIVES[directive].replace("{1,2}", "{2}").replace("{1,3}", "{3}")


def _literal(text: str) -> str:
    if "{" in text or "}" in text:
        raise _bad("a brace is not closed")
    return re.escape(text)


def _check(pattern: str, places: list[tuple[str, str]]) -> None:
    words = [word for word, _ in places if word]
    if not words:
        raise _bad("it names nothing, as {agent} or {phone} would")
    twice = sorted({word for word in words if words.count(word) > 1})
    if twice:
        raise _bad(f"{{{twice[0]}}} stands in it twice")
    if "started_at" in words and ("date" in words or "time" in words):
        raise _bad("{started_at} stands beside {date} or {time}")
    if "time" in words and "date" not in words:
        raise _bad("{time} needs a {date}")
    if "}{" in pattern:
        raise _bad("two names stand side by side with nothing between them")


def _bad(detail: str) -> InvalidInput:
    return InvalidInput(
        "bad_pattern",
        f"The file-name pattern cannot be used: {detail}.",
        "Write it like {agent}_{phone}_{started_at:%Y%m%d-%H%M%S}.",
    )


def _mismatch(name: str, why: str) -> InvalidInput:
    return InvalidInput(
        "file_name_mismatch",
        f"The file name {PurePath(name).name} {why}.",
        "See --preview; correct the pattern.",
    )
