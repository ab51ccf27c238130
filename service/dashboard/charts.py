"""The charts of the pages: values in, SVG for a wide and for a narrow place out."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from math import ceil
from typing import Any

import altair

from service.dashboard import axes
from service.dashboard.axes import INK, MUTED
from service.dashboard.svg import LINKS, draw

# Colours a colour-blind eye tells apart (after Okabe and Ito). The style sheet knows each by its value and
# gives it another one on a dark page; the values here are what a mailed picture shows.
SERIES = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00")
OTHER = "#8a94a3"
TONES = {
    "accent": SERIES[0],
    "positive": SERIES[0],
    "negative": SERIES[5],
    "ambiguous": SERIES[3],
    "neutral": OTHER,
    "hold": SERIES[4],
    "pause": SERIES[1],
    "gap": SERIES[3],
}
# Widths of the two drawings in pixels at which letters are as large as the page's.
HALF, FULL = (460, 310), (760, 320)
ROWS = altair.NamedData("rows")  # added at the end: Altair would check every value of every row, slowly


@dataclass(frozen=True)
class Bar:
    """One line of a ranked chart; ``value`` and ``previous`` in one unit, ``text`` is how it is written."""

    label: str
    value: float
    text: str
    said: str
    href: str
    previous: float | None = None
    tone: str = "accent"


@dataclass(frozen=True)
class Piece:
    """One piece of a stacked column: which column, which series (its place in ``SERIES``, or the rest).

    ``mark`` is written at the column's beginning beside a rule: from there on something else counts.
    """

    bucket: str
    series: int
    value: float
    said: str
    href: str
    mark: str = ""


@dataclass(frozen=True)
class Point:
    """One point of a line from -5 to +5; ``value`` None leaves a gap."""

    bucket: str
    line: str
    value: float | None
    said: str
    href: str


@dataclass(frozen=True)
class Stretch:
    """One turn on the map of a conversation, in ms."""

    row: str
    start: int
    end: int
    tone: str
    said: str
    href: str


@dataclass(frozen=True)
class Level:
    """How loud (0-100) someone was at a moment (ms); ``value`` None leaves a gap."""

    line: str
    at: int
    value: float | None


@dataclass(frozen=True)
class Chart:
    """The same drawing twice: the page shows the one that fits. ``place`` is half or full of its width."""

    wide: str
    narrow: str
    place: str


def ranked(bars: Sequence[Bar], *, title: str, description: str) -> Chart:
    """Horizontal bars in the order given; a mark shows the previous period, numbers stand in a column."""
    return _drawn(_ranked, tuple(bars), HALF, title, description)


def stacked(pieces: Sequence[Piece], *, title: str, description: str) -> Chart:
    """Columns over time, one colour for each series."""
    return _drawn(_stacked, tuple(pieces), FULL, title, description)


def lines(points: Sequence[Point], *, title: str, description: str) -> Chart:
    """Lines between -5 and +5 around a zero line; a bucket without a value leaves a gap."""
    return _drawn(_lines, tuple(points), HALF, title, description)


def conversation(stretches: Sequence[Stretch], *, title: str, description: str) -> Chart:
    """Who spoke when, coloured by sentiment; a click leads to the turn."""
    return _drawn(_conversation, tuple(stretches), FULL, title, description)


def levels(points: Sequence[Level], *, title: str, description: str) -> Chart:
    """How loud each was over time, one panel's height for all, told apart by colour and by dashes."""
    return _drawn(_levels, tuple(points), HALF, title, description)


@lru_cache(maxsize=128)  # a chart is 10-100 kB of text and takes a tenth of a second or more to draw
def _drawn(
    kind: Callable[[Sequence[Any], int], Any],
    rows: tuple[Any, ...],
    widths: tuple[int, int],
    title: str,
    description: str,
) -> Chart:
    """Both drawings; equal rows are drawn once."""
    records = [_record(row) for row in rows]
    wide, narrow = (
        draw(_finished(kind(rows, width), records), title=title, description=description) for width in widths
    )
    return Chart(wide, narrow, "half" if widths == HALF else "full")


def _ranked(bars: Sequence[Bar], width: int) -> Any:
    top = max([bar.value for bar in bars] + [bar.previous or 0 for bar in bars], default=1) or 1
    scale = altair.Scale(domain=[0, top * (1.35 if width == HALF[0] else 1.6)])
    base = altair.Chart(ROWS).encode(
        y=altair.Y("label:N", sort=None, title=None, axis=axes.labels(width * 0.42)),
        href="href:N",
        description="said:N",
    )
    shapes = base.mark_bar(height=16, cornerRadiusTopRight=3, cornerRadiusBottomRight=3).encode(
        x=_bare("value:Q", scale), color=_exact("colour")
    )
    before = base.mark_tick(color=INK, thickness=2, height=22).encode(x=_bare("previous:Q", scale))
    column = altair.XDatum(scale.domain[1], scale=scale, axis=None)
    written = base.mark_text(align="right", color=INK, fontSize=12).encode(x=column, text="text:N")
    return (shapes + before + written).properties(width=width, height=max(1, len(bars)) * 30)


def _stacked(pieces: Sequence[Piece], width: int) -> Any:
    heights: Counter[str] = Counter()
    for piece in pieces:
        heights[piece.bucket] += ceil(piece.value)
    bars = altair.Chart(ROWS).transform_filter("datum.value > 0").mark_bar(stroke="#ffffff", strokeWidth=1)
    bars = bars.encode(
        x=altair.X("bucket:N", title=None, axis=axes.buckets(), scale=axes.band(list(heights))),
        y=altair.Y("value:Q", title=None, axis=axes.counts(max(heights.values(), default=1)), stack="zero"),
        order=altair.Order("series:Q"),
        color=_exact("colour"),
        href="href:N",
        description="said:N",
    )
    marked = altair.Chart(ROWS).transform_filter("datum.mark !== ''")
    place = altair.X("bucket:N", title=None, bandPosition=0)
    rule = marked.mark_rule(color=INK, strokeDash=[4, 3]).encode(x=place)
    written = marked.mark_text(align="left", baseline="top", dx=4, color=INK, fontSize=11)
    whole = bars + rule + written.encode(x=place, y=altair.value(0), text="mark:N")
    return whole.properties(width=width, height=240 if width == FULL[0] else 200)


def _lines(points: Sequence[Point], width: int) -> Any:
    names = list(dict.fromkeys(point.line for point in points))
    base = altair.Chart(ROWS).encode(
        x=altair.X("bucket:N", sort=None, title=None, axis=axes.buckets()),
        y=altair.Y("value:Q", title=None, scale=altair.Scale(domain=[-5, 5]), axis=axes.scale()),
        color=altair.Color("line:N", legend=None, scale=altair.Scale(domain=names, range=list(SERIES[:4]))),
    )
    drawn = base.mark_line(strokeWidth=2).encode(detail="line:N")
    dots = base.transform_filter("isValid(datum.value)").mark_point(filled=True, size=64, opacity=1)
    zero = altair.Chart(altair.Data(values=[{"zero": 0}])).mark_rule(color=MUTED).encode(y="zero:Q")
    marks = zero + drawn + dots.encode(href="href:N", description="said:N")
    return marks.properties(width=width, height=190 if width == HALF[0] else 160)


def _conversation(stretches: Sequence[Stretch], width: int) -> Any:
    bars = altair.Chart(ROWS).mark_bar(height=20, stroke="#ffffff", strokeWidth=0.5)
    bars = bars.encode(
        x=altair.X("start:Q", title=None, axis=axes.times(), scale=altair.Scale(nice=False, zero=True)),
        x2="end:Q",
        y=altair.Y("row:N", sort=None, title=None, axis=axes.labels(90)),
        color=_exact("colour"),
        href="href:N",
        description="said:N",
    )
    rows = len({stretch.row for stretch in stretches})
    return bars.properties(width=width, height=30 * max(1, rows) + 24)


def _levels(points: Sequence[Level], width: int) -> Any:
    names = list(dict.fromkeys(point.line for point in points))
    drawn = altair.Chart(ROWS).mark_line(strokeWidth=1.5, interpolate="step-after")
    drawn = drawn.encode(
        x=altair.X("at:Q", title=None, axis=axes.times(), scale=altair.Scale(nice=False, zero=True)),
        y=altair.Y("value:Q", title=None, axis=axes.loudness(), scale=altair.Scale(domain=[0, 100])),
        color=altair.Color("line:N", legend=None, scale=altair.Scale(domain=names, range=list(SERIES[:4]))),
        strokeDash=altair.StrokeDash(
            "line:N", legend=None, scale=altair.Scale(domain=names, range=[[1, 0], [4, 2], [1, 2], [6, 3]])
        ),
    )
    return drawn.properties(width=width, height=150 if width == HALF[0] else 130)


def _finished(chart: Any, records: list[dict[str, Any]]) -> dict[str, Any]:
    """Fit into the width given, labels in; no frame, no background: the page has its own."""
    dressed = chart.properties(
        autosize=altair.AutoSizeParams(type="fit", contains="padding"), padding=2
    ).configure(font="sans-serif", view=altair.ViewConfig(stroke=None))
    specification: dict[str, Any] = dressed.to_dict(validate=False)
    return {**specification, "datasets": {**specification.get("datasets", {}), ROWS.name: records}}


def _record(row: Any) -> dict[str, Any]:
    record = asdict(row)
    if "href" in record:
        record["href"] = f"{LINKS}{record['href']}"
    if isinstance(row, Piece):
        record["colour"] = SERIES[row.series] if row.series < len(SERIES) else OTHER
    if isinstance(row, Bar | Stretch):
        record["colour"] = TONES[row.tone]
    return record


def _bare(field: str, scale: Any) -> Any:
    """A place along a scale that is not drawn."""
    return altair.X(field, title=None, axis=None, scale=scale, stack=None)


def _exact(field: str) -> Any:
    """The colour as the row says it, no legend: the page has one in its own letters."""
    return altair.Color(f"{field}:N", scale=None, legend=None)
