"""Customers: searched by any identifier, and one customer's whole story."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from service.dashboard import tones
from service.dashboard.catalogue import Words, words
from service.dashboard.charts import Chart, Point, lines
from service.dashboard.formats import Formats
from service.dashboard.interactions import customers_by
from service.dashboard.options import text
from service.dashboard.rendering import formats, render
from service.dashboard.route import PageRoute
from service.dashboard.visitor import Reader
from service.deps import SessionDep, SettingsDep
from service.store import customers, histories
from service.store.database import Session
from service.store.pages import Page
from service.store.summaries import Summary
from service.store.tables import CustomerRow

router = APIRouter(route_class=PageRoute)
PAGE = 50


@dataclass(frozen=True)
class Told:
    """What the head of a customer's page says of the interactions on it."""

    total: int
    by_channel: str
    first: date | None
    last: date | None
    mood: float | None


@router.get("/customers", name="customers_page")
def search(request: Request, visitor: Reader, session: SessionDep, settings: SettingsDep) -> Response:
    """Customers, newest first, or those whom a name or an identifier names."""
    asked = text(request.query_params, "q")
    cursor = text(request.query_params, "cursor")
    page = _find(session, asked, cursor, settings.phone_region)
    known = customers.identifiers_of(session, [row.id for row in page.items])
    return render(
        request,
        "customers.html",
        asked=asked or "",
        rows=page.items,
        identifiers=known,
        next_cursor=page.next_cursor,
    )


@router.get("/customers/{customer_id}", name="customer_page")
def show(request: Request, visitor: Reader, customer_id: UUID, session: SessionDep) -> Response:
    """One customer: what they are known by, every contact on every channel, how they felt."""
    row = customers.get(session, customer_id)
    page = histories.timeline(session, customer_id, cursor=text(request.query_params, "cursor"), limit=PAGE)
    texts, written = words(request.state.language), formats(request)
    felt = [summary for summary in reversed(page.items) if summary.sentiment is not None]
    return render(
        request,
        "customer.html",
        row=row,
        identifiers=customers.identifiers_of(session, [customer_id])[customer_id],
        told=_told(page.items, texts, written),
        timeline=page.items,
        next_cursor=page.next_cursor,
        reasons=histories.last_reasons(session, customer_id, limit=8),
        trend=felt,
        trend_chart=_chart(felt, texts, written) if felt else None,
    )


def _find(session: Session, asked: str | None, cursor: str | None, region: str) -> Page[CustomerRow]:
    """An identifier, however written, names one customer; other words are looked for in names too."""
    exact = customers_by(session, asked, region) if asked else None
    if exact is not None:
        return Page([exact], None)
    return customers.find(session, text=asked, cursor=cursor, limit=PAGE)


def _told(items: Sequence[Summary], texts: Words, written: Formats) -> Told:
    channels = Counter(summary.interaction.channel for summary in items)
    days = [summary.interaction.day for summary in items]
    scores = [summary.sentiment for summary in items if summary.sentiment is not None]
    return Told(
        total=len(items),
        by_channel=" · ".join(
            f"{texts.known(f'channel.{name}', name)} {written.number(count)}"
            for name, count in channels.most_common()
        ),
        first=min(days, default=None),
        last=max(days, default=None),
        mood=sum(scores) / len(scores) if scores else None,
    )


def _chart(felt: Sequence[Summary], texts: Words, written: Formats) -> Chart:
    """Sentiment of each contact in their order; days may repeat, so that each gets a place of its own."""
    customer = texts("party.customer")
    return lines(
        [
            Point(
                bucket=f"{written.short_day(one.interaction.day)}{chr(0x200B) * place}",
                line=customer,
                value=one.sentiment,
                said=f"{written.moment(one.interaction.started_at)}: {written.signed(one.sentiment)} "
                f"{texts('sentiment.' + tones.of_sentiment(one.sentiment))}",
                href=f"/interactions/{one.interaction.id}",
            )
            for place, one in enumerate(felt)
        ],
        title=texts("customer.trend"),
        description=texts("customer.trend_lead"),
    )
