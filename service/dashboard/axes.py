"""Axes of the charts: what stands beside and below a drawing."""

from collections.abc import Sequence
from math import ceil
from typing import Any

import altair

INK, MUTED, LINE = "#1b2430", "#5b6675", "#e3e7ec"


def labels(limit: float) -> Any:
    """Names beside bars, cut at ``limit`` pixels."""
    return altair.Axis(
        labelColor=INK,
        labelFontSize=12,
        labelLimit=int(limit),
        labelPadding=8,
        ticks=False,
        domain=False,
        grid=False,
    )


def buckets() -> Any:
    """Days, weeks or months below columns."""
    return altair.Axis(
        labelColor=MUTED,
        labelFontSize=11,
        labelAngle=0,
        labelOverlap="parity",
        labelSeparation=8,
        labelPadding=6,
        ticks=False,
        domainColor=LINE,
        grid=False,
    )


def band(names: Sequence[str]) -> Any:
    """Every bucket has its place, also one in which nothing happened."""
    return altair.Scale(domain=list(names), paddingInner=0.25, paddingOuter=0.1)


def counts(highest: int) -> Any:
    """Whole numbers only: vega would divide a column of one contact into halves, and write both as 1."""
    step = max(1, ceil(highest / 4))
    return altair.Axis(
        labelColor=MUTED,
        labelFontSize=11,
        values=list(range(0, highest + 1, step)),
        format="d",
        ticks=False,
        domain=False,
        gridColor=LINE,
    )


def scale() -> Any:
    """Sentiment, -5 to +5."""
    return altair.Axis(
        labelColor=MUTED,
        labelFontSize=11,
        values=[-5, 0, 5],
        labelExpr="datum.value ? format(datum.value, '+d') : '0'",
        ticks=False,
        domain=False,
        gridColor=LINE,
    )


def loudness() -> Any:
    """Loudness, 0 to 100."""
    return altair.Axis(
        labelColor=MUTED, labelFontSize=11, values=[0, 50, 100], ticks=False, domain=False, gridColor=LINE
    )


def times() -> Any:
    """Minutes and seconds under the map of a conversation."""
    expression = "floor(datum.value/60000) + ':' + format(floor((datum.value%60000)/1000), '02d')"
    return altair.Axis(
        labelExpr=expression,
        labelColor=MUTED,
        labelFontSize=11,
        tickCount=6,
        ticks=False,
        domain=False,
        gridColor=LINE,
    )
