"""WebVTT and SubRip captions: cues with times, voices by tag (``<v Agent>``) or by prefix ("Agent: ...")."""

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nlp.plain_text import clean
from nlp.transcript import Party
from nlp.transcript_files.given import (
    LONGEST_TEXT,
    MOST_STATEMENTS,
    Given,
    Statement,
    bad_time,
    span,
    too_large,
    unreadable,
)
from nlp.transcript_files.voices import party_of

VTT, SRT = "vtt", "srt"
PAUSE_MS = 1500  # cues of one voice closer than this are one statement: they were cut to fit a screen
_MOMENT = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_TIMES = re.compile(rf"\s*{_MOMENT}\s*-->\s*{_MOMENT}(?:\s.*)?")
_TAG = re.compile(r"<(/?)([A-Za-z0-9:.]{0,60})(?:\s+([^<>]{0,200}))?>")
_PREFIX = re.compile(r"\s*(?:[-–—]\s*)?(?:>>\s*)?([^\W\d][^:<>\n]{0,39})\s*:(?:\s+|$)(.*)", re.DOTALL)
_MOST_VOICES = 8  # more names than these before a colon, and they are not names


@dataclass(frozen=True, slots=True)
class _Line:
    """A stretch of a cue in one voice; ``voice`` is None where the file does not say whose."""

    voice: str | None
    text: str
    start_ms: int
    end_ms: int


def is_vtt(text: str) -> bool:
    """Whether it begins as a WebVTT file must."""
    return re.match(r"WEBVTT(?:[ \t\n]|$)", text) is not None


def is_srt(text: str) -> bool:
    """Whether a line of times stands first or second."""
    lines = [line for line in text[:2000].split("\n") if line.strip()][:2]
    return any(_TIMES.fullmatch(line) for line in lines)


def read(text: str, format_name: str) -> Given:
    """The transcript; cues of a voice are joined across short pauses. Raises UnreadableTranscript."""
    tagged = [line for cue in _cues(text) for line in cue]
    lines = tagged if any(line.voice for line in tagged) else list(_by_prefix(tagged))
    statements = tuple(_joined(sorted(lines, key=lambda line: line.start_ms)))
    return Given(format=format_name, statements=statements)


def _cues(text: str) -> Iterator[list[_Line]]:
    """The lines of each cue; notes, styles and headers have no times and are passed over."""
    number = 0
    for block in re.split(r"\n[ \t]*\n", text):
        lines = block.strip("\n").split("\n")
        at = next((place for place, line in enumerate(lines[:2]) if "-->" in line), None)
        if at is None:
            continue
        number += 1
        if number > MOST_STATEMENTS:
            raise too_large(f"it has more than {MOST_STATEMENTS} cues")
        match = _TIMES.fullmatch(lines[at][:200])
        if match is None:
            raise bad_time(f"cue {number}", "is not written as hours:minutes:seconds")
        found = match.groups()
        start_ms, end_ms = span(_moment(found[:4]), _moment(found[4:]), f"cue {number}")
        said = "\n".join(lines[at + 1 :])
        if len(said) > LONGEST_TEXT:
            raise too_large(f"cue {number} has more than {LONGEST_TEXT} characters")
        yield [_Line(voice, spoken, start_ms, end_ms) for voice, spoken in _voices(said)]
    if not number:
        raise unreadable("it holds no cue")


def _moment(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = (part or "0" for part in parts)
    return (int(hours) * 3600 + int(minutes) * 60 + int(seconds)) * 1000 + int(fraction.ljust(3, "0"))


def _voices(said: str) -> Iterator[tuple[str | None, str]]:
    """What each voice tag holds; other tags are dropped, whatever they are."""
    voice: str | None = None
    at, kept = 0, ""
    for tag in _TAG.finditer(said):
        kept += said[at : tag.start()]
        at = tag.end()
        if tag[2].split(".")[0].lower() == "v":
            if kept.strip():
                yield voice, _plain(kept)
            voice, kept = (None if tag[1] else _plain(tag[3] or "") or None), ""
    kept += said[at:]
    if kept.strip():
        yield voice, _plain(kept)


def _plain(text: str) -> str:
    """Entities resolved after the tags were taken: an escaped tag is text. Line breaks stay."""
    lines = (" ".join(line.split()) for line in clean(html.unescape(text)).split("\n"))
    return "\n".join(line for line in lines if line)


def _by_prefix(lines: Iterable[_Line]) -> Iterator[_Line]:
    """Voices by what stands before a colon, if that names a party, or is repeated all through the file.

    A cue without a prefix goes on in the voice before it, as captions name a speaker at the change.
    """
    rows = [(line, row) for line in lines for row in line.text.split("\n")]
    names = Counter(match[1].casefold() for _, row in rows if (match := _PREFIX.fullmatch(row)))
    known = {name for name in names if party_of(name) is not Party.UNKNOWN}
    throughout = len(names) <= _MOST_VOICES and 2 * names.total() >= len(rows)
    repeated = {name for name, times in names.items() if times > 1 or not known}
    named = known | repeated if throughout else known
    voice: str | None = None
    for line, row in rows:
        match = _PREFIX.fullmatch(row)
        text = row
        if match and match[1].casefold() in named:
            voice, text = match[1], match[2]
        if text.strip():
            yield _Line(voice, text, line.start_ms, line.end_ms)


def _joined(lines: list[_Line]) -> Iterator[Statement]:
    """One statement of the cues of a voice that follow each other without a pause."""
    group: list[_Line] = []
    for line in lines:
        if group and (line.voice != group[-1].voice or line.start_ms - group[-1].end_ms > PAUSE_MS):
            yield _statement(group)
            group = []
        group.append(line)
    if group:
        yield _statement(group)


def _statement(group: list[_Line]) -> Statement:
    voice = group[0].voice or ""
    text = " ".join(" ".join(line.text.split()) for line in group)
    return Statement(
        party=party_of(voice),
        voice=voice,
        text=text,
        start_ms=group[0].start_ms,
        end_ms=max(line.end_ms for line in group),
    )
