"""Numbers, times and shares as the visitor's language writes them; nothing measured is an em dash."""

import re
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton, format_time
from babel.numbers import format_decimal, format_percent

NOTHING = "–"
MINUS = "\N{MINUS SIGN}"


class Formats:
    """Bound to one language and to the centre's time zone."""

    def __init__(self, locale: Locale, zone: tzinfo) -> None:
        self._locale = locale
        self._zone = zone

    def number(self, value: float | None, digits: int = 0) -> str:
        """A number with at most ``digits`` places."""
        if value is None:
            return NOTHING
        pattern = "#,##0." + "0" * digits if digits else "#,##0"
        return format_decimal(value, format=pattern, locale=self._locale)

    def percent(self, share: float | None, digits: int = 0) -> str:
        """A share of 1 as per cent."""
        if share is None:
            return NOTHING
        pattern = "#,##0." + "0" * digits + "%" if digits else "#,##0%"
        return format_percent(share, format=pattern, locale=self._locale)

    def signed(self, value: float | None, digits: int = 1) -> str:
        """A number with its sign, a true minus."""
        if value is None:
            return NOTHING
        rounded = round(value, digits)
        sign = "+" if rounded > 0 else MINUS if rounded < 0 else ""
        return f"{sign}{self.number(abs(rounded), digits)}"

    def clock(self, milliseconds: int | None) -> str:
        """A length or a place in a recording, 1:05 or 1:02:03."""
        if milliseconds is None:
            return NOTHING
        minutes, seconds = divmod(milliseconds // 1000, 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"

    def seconds(self, milliseconds: float | None, digits: int = 1) -> str:
        """Milliseconds as a number of seconds, without a unit."""
        return NOTHING if milliseconds is None else self.number(milliseconds / 1000, digits)

    def moment(self, value: datetime | None) -> str:
        """Day and time in the centre's zone."""
        if value is None:
            return NOTHING
        local = value.astimezone(self._zone)
        return f"{format_date(local, format='medium', locale=self._locale)} {self.time(value)}"

    def full_moment(self, value: datetime | None) -> str:
        """Day, time and zone, for a hover or a fact sheet."""
        if value is None:
            return NOTHING
        return format_datetime(value.astimezone(self._zone), format="long", locale=self._locale)

    def time(self, value: datetime | None) -> str:
        """Time of day in the centre's zone."""
        if value is None:
            return NOTHING
        return format_time(value.astimezone(self._zone), format="short", locale=self._locale)

    def day(self, value: date | None, style: str = "medium") -> str:
        """A calendar day."""
        return NOTHING if value is None else format_date(value, format=style, locale=self._locale)

    def short_day(self, value: date) -> str:
        """Month and day, for an axis."""
        return format_skeleton("MMMd", value, locale=self._locale)

    def month(self, value: date) -> str:
        """Month and year, for an axis."""
        return format_skeleton("yMMM", value, locale=self._locale)

    def since_epoch(self, milliseconds: int | None) -> str:
        """A task's time (ms since 1970)."""
        return self.moment(instant(milliseconds))


_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def instant(milliseconds: int | None) -> datetime | None:
    """Milliseconds since 1970 as an aware time."""
    return None if milliseconds is None else datetime.fromtimestamp(milliseconds / 1000, tz=UTC)


def zone(name: str) -> tzinfo:
    """The centre's time zone."""
    return ZoneInfo(name)


def humanise(name: str) -> str:
    """A name from a taxonomy as a person reads it: ``billing_and_payments`` is "Billing and payments"."""
    spaced = name.replace("_", " ").strip()
    return spaced[:1].upper() + spaced[1:]


def unhidden(text: str) -> str:
    """A text that others wrote without signs that nobody sees: they turn names round or hide in them."""
    return _HIDDEN.sub("", text)
