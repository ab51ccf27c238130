"""What the demo found: call reasons, emotions, and one customer over time."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from service.cli.report import percent, points, reasons_table
from service.settings import Settings
from service.store import customers, histories, overview, trends
from service.store.database import Database, Session
from service.store.summaries import Summary
from service.store.tables import CustomerRow

WEEKS = 4
CUSTOMERS_LOOKED_AT = 50
NO_REASON = {
    "abstained": "no reason sure enough",
    "unreliable": "transcript not reliable",
    "no_text": "nothing said or written",
    "language_not_supported": "language not supported",
}


def show(database: Database, settings: Settings, console: Console) -> None:
    """Print the report of the last four weeks, or of the days there are."""
    with database.reading() as session:
        first, last = _days(session, settings)
        reasons = trends.call_reasons(session, first=first, last=last)
        emotions = trends.emotions(session, first=first, last=last)
        console.print()
        console.print(reasons_table(reasons, first, last))
        console.print(_emotions(emotions))
        if (customer := _most_told_of(session)) is not None:
            console.print(_timeline(session, customer))


def _days(session: Session, settings: Settings) -> tuple[date, date]:
    """The last four weeks where something is in them, else all days that have anything."""
    today = datetime.now(ZoneInfo(settings.time_zone)).date()
    known = overview.days(session)
    first = today - timedelta(days=7 * WEEKS - 1)
    if known is not None and (known[1] < first or known[0] > today):
        return known
    return first, today


def _emotions(trend: trends.EmotionTrend) -> Table:
    table = Table(
        title="How customers felt", caption=f"mean sentiment {_signed(trend.sentiment)} of -5 to +5"
    )
    for name in ("Emotion", "Share", "Contacts", "Before", "Change"):
        table.add_column(name, justify="left" if name == "Emotion" else "right")
    for line in trend.rows[:8]:
        changed = points(line.change_points)
        table.add_row(line.name, percent(line.share), str(line.count), str(line.previous_count), changed)
    return table


def _most_told_of(session: Session) -> CustomerRow | None:
    """The customer with contacts on the most channels, then with the most contacts."""
    known = customers.find(session, limit=CUSTOMERS_LOOKED_AT).items

    def told(customer: CustomerRow) -> tuple[int, int]:
        contacts = histories.timeline(session, customer.id).items
        return len({summary.interaction.channel for summary in contacts}), len(contacts)

    return max(known, key=told, default=None)


def _timeline(session: Session, customer: CustomerRow) -> Table:
    known = customers.identifiers_of(session, [customer.id])[customer.id]
    identifiers = ", ".join(identifier.value for identifier in known)
    table = Table(title=f"One customer: {escape(customer.name or 'unnamed')} ({escape(identifiers)})")
    for name in ("When", "Channel", "Reason", "Sentiment", "Emotions"):
        table.add_column(name, justify="right" if name == "Sentiment" else "left")
    for summary in histories.timeline(session, customer.id).items:
        table.add_row(
            f"{summary.interaction.started_at:%Y-%m-%d %H:%M}",
            summary.interaction.channel,
            escape(_reason(summary)),
            _signed(summary.sentiment),
            ", ".join(dict.fromkeys(emotion.label for emotion in summary.emotions)) or "–",
        )
    return table


def _reason(summary: Summary) -> str:
    reason = summary.reason
    if reason is None:
        return f"({NO_REASON.get(summary.no_reason or '', summary.no_reason or summary.interaction.status)})"
    return f"{reason.parent} › {reason.name}" if reason.parent else reason.name


def _signed(value: float | None) -> str:
    return "–" if value is None else f"{value:+.1f}"
