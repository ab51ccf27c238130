"""Call reasons over a period, made ready to be shown: ranked, over time, and as tables."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from service.dashboard.catalogue import Words
from service.dashboard.charts import SERIES, Bar, Chart, Piece, ranked, stacked
from service.dashboard.formats import Formats, humanise
from service.dashboard.picked import Picked, label, span
from service.store.shares import Line, Point, Totals
from service.store.trends import ReasonTrend

Link = Callable[..., str]  # the interactions behind a figure: parameters in, address out
CHARTED = 12  # bars of the ranked chart; the table has every reason


@dataclass(frozen=True)
class Reason:
    """One line of the ranked table; ``change`` is the change of the share (0.05 is five points)."""

    name: str
    parent: str | None
    count: int
    share: float | None
    previous_share: float | None
    change: float | None
    fresh: bool
    href: str


@dataclass(frozen=True)
class Cell:
    """One number of the table over time; no address where nothing lies behind it."""

    count: int
    href: str | None


@dataclass(frozen=True)
class Row:
    """One bucket."""

    label: str
    cells: Sequence[Cell]
    total: int
    breaks: Sequence[str] = ()


@dataclass(frozen=True)
class OverTime:
    """The stacked chart, its legend and its twin."""

    chart: Chart
    series: Sequence[str]
    rows: Sequence[Row]


def reasons(trend: ReasonTrend, link: Link) -> list[Reason]:
    """Every reason of the period or the one before."""
    return [_reason(line, trend.previous_measurable, link) for line in trend.rows]


def _reason(line: Line, measurable_before: int, link: Link) -> Reason:
    return Reason(
        name=line.name,
        parent=line.parent,
        count=line.count,
        share=line.share,
        previous_share=line.previous_share,
        change=line.change_points,
        fresh=bool(measurable_before and line.count and not line.previous_count),
        href=link(reason=line.name),
    )


def ranked_chart(found: Sequence[Reason], texts: Words, written: Formats) -> Chart:
    """Bars of the shares, marks of the previous ones."""
    bars = [
        Bar(
            label=humanise(reason.name),
            value=reason.share or 0.0,
            previous=reason.previous_share,
            text=written.percent(reason.share, 1),
            said=texts(
                "overview.said_reason",
                name=humanise(reason.name),
                share=written.percent(reason.share, 1),
                count=written.number(reason.count),
            ),
            href=reason.href,
        )
        for reason in found[:CHARTED]
    ]
    top = ", ".join(f"{bar.label} {bar.text}" for bar in bars[:3])
    return ranked(bars, title=texts("overview.reasons"), description=texts("overview.chart_reasons", top=top))


def over_time(trend: ReasonTrend, period: Picked, link: Link, texts: Words, written: Formats) -> OverTime:
    """Counts by bucket: the most frequent reasons each for itself, the others together."""
    names = [line.name for line in trend.rows if line.count]
    charted, others = names[: len(SERIES)], set(names[len(SERIES) :])
    rows, pieces = [], []
    shown = [humanise(name) for name in charted] + ([texts("overview.other")] if others else [])
    for totals in trend.buckets:
        points = [point for point in trend.series if point.bucket_start == totals.start]
        cells = _cells(points, charted, others, totals, link)
        begun = [
            f"{one.to_taxonomy} {one.to_version}"
            for one in trend.breaks
            if totals.start <= one.at <= totals.end
        ]
        named = span(totals.start, totals.end, period.bucket, written)
        rows.append(Row(named, cells, sum(c.count for c in cells), begun))
        pieces += [
            replace(
                _piece(place, cell, shown[place], totals, period, link, texts, written),
                mark=", ".join(begun) if not place else "",
            )
            for place, cell in enumerate(cells)
        ]
    title, lead = texts("overview.over_time"), texts("overview.chart_over_time")
    return OverTime(stacked(pieces, title=title, description=lead), shown, rows)


def _cells(
    points: Sequence[Point], charted: Sequence[str], others: set[str], totals: Totals, link: Link
) -> list[Cell]:
    counts = {point.name: point.count for point in points}
    days = {"first": totals.start, "last": totals.end}
    cells = [Cell(counts.get(name, 0), link(reason=name, **days)) for name in charted]
    if others:
        cells.append(Cell(sum(counts.get(name, 0) for name in others), None))
    return cells


def _piece(  # everything that one rectangle shows
    place: int,
    cell: Cell,
    name: str,
    totals: Totals,
    period: Picked,
    link: Link,
    texts: Words,
    written: Formats,
) -> Piece:
    bucket = label(totals.start, period.bucket, written)
    said = texts("overview.said_piece", name=name, bucket=bucket, count=written.number(cell.count))
    return Piece(bucket, place, cell.count, said, cell.href or link(first=totals.start, last=totals.end))
