"""Plain-text logs of chats: lines that begin with a time and an author become messages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from nlp.errors import UnreadableMessage

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?:\s?[AaPp]\.?[Mm]\.?)?"
_DATE = r"\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{1,4}\.?"
_WHEN = rf"(?P<when>(?:{_DATE}[,T\s]\s*)?{_CLOCK})"
_AUTHOR = r"(?P<author>[^:\[\]()\n]{1,60}?)"
# In the order in which they are tried: what has a time is surer than a name and a colon.
_FORMS = (
    re.compile(rf"^\s*[\[(]{_WHEN}[\])]\s*[-–]?\s*{_AUTHOR}\s*:\s?(?P<text>.*)$"),  # [10:32] Anna: hi
    re.compile(rf"^\s*{_AUTHOR}\s*[\[(]{_WHEN}[\])]\s*:?\s?(?P<text>.*)$"),  # Anna (10:32:11): hi
    re.compile(rf"^\s*{_WHEN}\s+[-–]\s+(?:{_AUTHOR}:\s)?(?P<text>.*)$"),  # 05/01/2024, 10:32 - Anna: hi
    re.compile(rf"^\s*{_WHEN}\s+{_AUTHOR}\s*:\s(?P<text>.*)$"),  # 10:32 Anna: hi
    re.compile(rf"^\s*{_AUTHOR}\s*:\s(?P<text>.*)$"),  # Customer: hi
)
_NUMBERS = re.compile(r"\d+")
_MOST_AUTHORS = 12  # of a log without times: more and it is a text with colons in it
_LONGEST_NAME_WORDS = 4


@dataclass(slots=True)
class _Line:
    author: str | None
    when: str | None
    text: str


def log_lines(log: str) -> list[dict[str, Any]]:
    """Messages with ``author``, ``text`` and, where the log has times, ``sent_at``.

    A line that begins no message goes on with the one before. A line with a time but no author, such as
    WhatsApp writes when somebody joins, is the system's. Without dates only the distances of ``sent_at`` mean
    something. Raises UnreadableMessage ``unreadable_messages`` where no line begins a message.
    """
    lines = _INVISIBLE.sub("", log).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    form = _form(lines)
    if form is None:
        raise UnreadableMessage(
            "unreadable_messages",
            "The log has no lines that begin with an author.",
            'Write them as "[10:32] Anna: ..." or "Customer: ...".',
        )
    found: list[_Line] = []
    for line in lines:
        match = form.match(line)
        if match is not None and (match["author"] is None or _is_name(match["author"])):
            when = match.groupdict().get("when")
            found.append(_Line(match["author"], when, match["text"]))
        elif found:
            found[-1].text += "\n" + line
    return [_message(line, moment) for line, moment in zip(found, _moments(found), strict=True)]


def _form(lines: Sequence[str]) -> re.Pattern[str] | None:
    """The way in which most lines are written that are written in any."""
    best, most = None, 0
    for form in _FORMS:
        matches = [match for line in lines[:2000] if (match := form.match(line))]
        named = {match["author"] for match in matches if match["author"] and _is_name(match["author"])}
        timed = "when" in form.groupindex
        if not named or (not timed and len(named) > _MOST_AUTHORS):
            continue
        if len(matches) > most:
            best, most = form, len(matches)
    return best


def _is_name(author: str) -> bool:
    return 0 < len(author.split()) <= _LONGEST_NAME_WORDS and not author.strip().lower().startswith("http")


def _message(line: _Line, moment: datetime | None) -> dict[str, Any]:
    who = {"author": line.author.strip()} if line.author else {"party": "system"}
    when = {"sent_at": moment.isoformat()} if moment else {}
    return {**who, **when, "text": line.text.strip()}


def _moments(lines: Sequence[_Line]) -> list[datetime | None]:
    """The times; a clock alone that goes back means the next day."""
    day_first = _day_first([line.when for line in lines if line.when])
    found: list[datetime | None] = []
    day = datetime(2000, 1, 1, tzinfo=UTC)
    last: datetime | None = None
    for line in lines:
        moment = _moment(line.when, day, day_first=day_first) if line.when else None
        dated = line.when is not None and len(_NUMBERS.findall(line.when.split(":")[0])) > 1
        if moment is not None and not dated and last is not None and moment < last - timedelta(hours=12):
            day += timedelta(days=1)
            moment += timedelta(days=1)
        last = moment or last
        found.append(moment)
    return found


def _day_first(written: Sequence[str]) -> bool:
    """Of 05/01/2024 nobody can tell; a number over 12 in the second place anywhere can."""
    for when in written:
        numbers = [int(number) for number in _NUMBERS.findall(re.split(_CLOCK, when)[0])]
        if len(numbers) == 3 and numbers[0] <= 12 < numbers[1]:
            return False
    return True


def _moment(when: str, day: datetime, *, day_first: bool) -> datetime | None:
    clock = re.search(_CLOCK, when)
    if clock is None:
        return None
    numbers = [int(number) for number in _NUMBERS.findall(clock[0])]
    hour = numbers[0] % 12 + 12 if "p" in clock[0].lower() else numbers[0]
    hour = 0 if "a" in clock[0].lower() and numbers[0] == 12 else hour
    date = [int(number) for number in _NUMBERS.findall(when[: clock.start()])]
    try:
        if len(date) == 3:
            day = datetime(*_year_month_day(date, day_first=day_first), tzinfo=UTC)
        return day.replace(hour=hour, minute=numbers[1], second=numbers[2] if len(numbers) > 2 else 0)
    except ValueError:
        return None


def _year_month_day(date: Sequence[int], *, day_first: bool) -> tuple[int, int, int]:
    if date[0] > 31:
        return date[0], date[1], date[2]
    year = date[2] if date[2] > 99 else 2000 + date[2]
    return (year, date[1], date[0]) if day_first else (year, date[0], date[1])
