"""What the sound of a recording tells beside its words: holds, pauses, gaps, and how loud each party was."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.dashboard.catalogue import Words
from service.dashboard.charts import Chart, Level, Stretch, levels
from service.dashboard.formats import Formats
from service.store.tables import AnalysisRow, InteractionRow, TranscriptRow

_POINTS = 240  # of a curve; a longer recording has several seconds to a point
_LINK = "#stretches"


@dataclass(frozen=True)
class Event:
    """A stretch without conversation: ``kind`` is hold, pause or gap; ms from the start."""

    kind: str
    start_ms: int
    end_ms: int


def events(row: InteractionRow, transcript: TranscriptRow | None) -> list[Event]:
    """Holds, pauses and gaps in the order of time."""
    sound: Mapping[str, Any] = (transcript.sound if transcript else None) or {}
    found = [
        *_of("hold", sound.get("holds", ())),
        *_of("gap", sound.get("gaps", ())),
        *_of("pause", row.pauses or ()),
    ]
    return sorted(found, key=lambda event: (event.start_ms, event.end_ms))


def interludes(starts: Sequence[int | None], found: Sequence[Event]) -> list[list[Event]]:
    """The events to be told before each turn, by the turns' starts, and after the last one."""
    told: list[list[Event]] = [[] for _ in range(len(starts) + 1)]
    for event in found:
        later = (at for at, start in enumerate(starts) if start is not None and start >= event.start_ms)
        told[next(later, len(starts))].append(event)
    return told


def on_map(found: Iterable[Event], texts: Words, written: Formats) -> list[Stretch]:
    """Each kind in a row of its own under those who speak, so that no colour need tell them apart."""
    return [
        Stretch(
            texts(f"event.{event.kind}"),
            event.start_ms,
            event.end_ms,
            event.kind,
            texts(
                "interaction.said_event",
                event=texts(f"event.{event.kind}"),
                first=written.clock(event.start_ms),
                last=written.clock(event.end_ms),
            ),
            _LINK,
        )
        for event in found
    ]


def loudness(analysis: AnalysisRow | None, texts: Words, written: Formats) -> Chart | None:
    """How loud each party talked over time; None where it was not measured for any."""
    by_party = (analysis.characteristics if analysis else {}).get("loudness_by_second")
    if not isinstance(by_party, Mapping):
        return None
    points = [
        Level(texts.known(f"party.{party}", party), at, level)
        for party, seconds in sorted(by_party.items(), key=lambda item: item[0] != "customer")
        for at, level in thinned(seconds)
    ]
    if not any(point.value is not None for point in points):
        return None
    title, lead = texts("interaction.chart_loudness"), texts("interaction.chart_loudness_lead")
    return levels(points, title=title, description=lead)


def thinned(seconds: Sequence[int | None]) -> list[tuple[int, float | None]]:
    """(ms, mean level) of at most ``_POINTS`` equal parts of a recording; None where nobody talks."""
    step = max(1, -(-len(seconds) // _POINTS))
    found: list[tuple[int, float | None]] = []
    for first in range(0, len(seconds), step):
        known = [level for level in seconds[first : first + step] if level is not None]
        found.append((first * 1000, round(sum(known) / len(known), 1) if known else None))
    return found


def _of(kind: str, pairs: Iterable[Sequence[int]]) -> list[Event]:
    return [Event(kind, int(start), int(end)) for start, end in pairs]
