"""The first page: why customers make contact, how that changes, how they feel, what is in work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from service.dashboard import reason_trend
from service.dashboard.catalogue import Words, words
from service.dashboard.charts import Bar, Chart, ranked
from service.dashboard.formats import Formats, humanise, zone
from service.dashboard.options import options, text
from service.dashboard.picked import DAYS, Picked, picked
from service.dashboard.reason_trend import Link
from service.dashboard.rendering import address, formats, render
from service.dashboard.route import PageRoute
from service.dashboard.visitor import Reader
from service.deps import SessionDep, SettingsDep
from service.store import overview, task_lists, trends
from service.store.analyses import ABSTAINED
from service.store.database import Session
from service.store.filters import TrendFilter
from service.store.labels import Labels
from service.store.overview import Overview
from service.store.tables import Status
from service.store.trends import EmotionTrend, Level, ReasonTrend

router = APIRouter(route_class=PageRoute)
EMOTIONS = 8  # the most frequent ones; neutral is not shown, it is the absence of any
RECENT = 5


@dataclass(frozen=True)
class Tile:
    """One figure; ``name`` is a text of the section overview."""

    name: str
    count: int
    aside: str
    href: str
    attention: bool = False


@dataclass(frozen=True)
class EmotionLine:
    """One emotion with the interactions that it was found in."""

    name: str
    count: int
    share: float | None
    change: float | None
    href: str


@dataclass(frozen=True)
class Unmeasured:
    """Why interactions have no reason, and how many."""

    code: str
    count: int
    href: str


@router.get("/", name="overview_page")
def show(request: Request, visitor: Reader, session: SessionDep, settings: SettingsDep) -> Response:
    """The figures of one period beside the one before, narrowed by channel, queue and agent."""
    query = request.query_params
    texts, written = words(request.state.language), formats(request)
    today = datetime.now(UTC).astimezone(zone(settings.time_zone)).date()
    period = picked(query, today=today, known=overview.days(session))
    asked = TrendFilter(
        channel=text(query, "channel"), queue=text(query, "queue"), agent=text(query, "agent")
    )
    level = Level.SUB if query.get("level") == "sub" else Level.TOP
    link = _link(period, asked)
    span = {"first": period.first, "last": period.last, "bucket": period.bucket, "filters": asked}
    counted: Labels = "model" if query.get("labels") == "model" else "corrected"
    trend = trends.call_reasons(session, level=level, labels=counted, **span)  # type: ignore[arg-type]  # the four are typed above
    felt = trends.emotions(session, **span)  # type: ignore[arg-type]
    found = reason_trend.reasons(trend, link)
    shown = _emotions(felt, link, texts)
    return render(
        request,
        "overview.html",
        period=period,
        periods=DAYS,
        asked=asked,
        level=level.value,
        options=options(session, texts),
        tiles=_tiles(session, period, asked, trend, link, texts, written),
        trend=trend,
        reasons=found,
        ranked=reason_trend.ranked_chart(found, texts, written) if found else None,
        over_time=reason_trend.over_time(trend, period, link, texts, written) if found else None,
        without=_without(trend, link),
        automatic=overview.automatic(session, asked, first=period.first, last=period.last),
        automatic_link=link(automatic="yes"),
        mood=felt.sentiment,
        emotions=shown,
        emotion_chart=_emotion_chart(felt, shown, texts, written) if shown else None,
        work=task_lists.totals(session),
        recent=task_lists.find(session, states=("queued", "running", "failed"), limit=RECENT).items,
    )


def _link(period: Picked, asked: TrendFilter) -> Link:
    """To the interactions behind a figure of this page."""
    base = {
        "channel": asked.channel,
        "queue": asked.queue,
        "agent": asked.agent,
        "first": period.first,
        "last": period.last,
    }
    return lambda **more: address("/interactions", **{**base, **more})


def _tiles(  # the figures need every part of the page
    session: Session,
    period: Picked,
    asked: TrendFilter,
    trend: ReasonTrend,
    link: Link,
    texts: Words,
    written: Formats,
) -> Sequence[Tile]:
    now = overview.get(session, first=period.first, last=period.last, filters=asked)
    before = overview.get(session, first=period.before.first, last=period.before.last, filters=asked)
    return (
        Tile("interactions", now.interactions, _before(before.interactions, texts, written), link()),
        Tile(
            "analyzed",
            trend.analysed,
            _of_all(trend.analysed, now, texts, written),
            link(status=Status.ANALYZED),
        ),
        Tile(
            "not_measurable",
            trend.not_measurable,
            _of_analyzed(trend.not_measurable, trend, texts, written),
            "#without",
        ),
        Tile(
            "without_reason",
            trend.without_reason,
            _of_analyzed(trend.without_reason, trend, texts, written),
            link(no_reason=ABSTAINED),
        ),
        Tile(
            "failed",
            now.failed,
            _before(before.failed, texts, written),
            link(status=Status.FAILED),
            now.failed > 0,
        ),
    )


def _before(count: int, texts: Words, written: Formats) -> str:
    return texts("overview.before", n=written.number(count))


def _of_all(count: int, now: Overview, texts: Words, written: Formats) -> str:
    share = count / now.interactions if now.interactions else None
    return texts("overview.of_all", share=written.percent(share))


def _of_analyzed(count: int, trend: ReasonTrend, texts: Words, written: Formats) -> str:
    share = count / trend.analysed if trend.analysed else None
    return texts("overview.of_analyzed", share=written.percent(share))


def _without(trend: ReasonTrend, link: Link) -> list[Unmeasured]:
    counts = {ABSTAINED: trend.without_reason, **trend.not_measurable_by}
    return [Unmeasured(code, count, link(no_reason=code)) for code, count in counts.items() if count]


def _emotions(felt: EmotionTrend, link: Link, texts: Words) -> list[EmotionLine]:
    lines = [line for line in felt.rows if line.count and line.name != "neutral"][:EMOTIONS]
    return [
        EmotionLine(line.name, line.count, line.share, line.change_points, link(emotion=line.name))
        for line in lines
    ]


def _emotion_chart(felt: EmotionTrend, shown: Sequence[EmotionLine], texts: Words, written: Formats) -> Chart:
    tones = {line.name: line.parent or "neutral" for line in felt.rows}
    bars = [
        Bar(
            label=texts.known(f"emotion.{line.name}", humanise(line.name)),
            value=line.share or 0.0,
            text=written.percent(line.share, 1),
            said=texts(
                "overview.said_reason",
                name=texts.known(f"emotion.{line.name}", humanise(line.name)),
                share=written.percent(line.share, 1),
                count=written.number(line.count),
            ),
            href=line.href,
            tone=tones[line.name],
        )
        for line in shown
    ]
    top = ", ".join(f"{bar.label} {bar.text}" for bar in bars[:3])
    return ranked(
        bars, title=texts("overview.emotions"), description=texts("overview.chart_emotions", top=top)
    )
