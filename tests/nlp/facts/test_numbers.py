"""Amounts, dates and references: found with their values, and nothing that only looks like one."""

import pytest

from nlp.facts import FactFinder, FactKind
from nlp.transcript import Party, Turn
from tests.nlp.facts.said import found


@pytest.mark.parametrize(
    ("text", "language", "currency", "value"),
    [
        ("charged $45.20 twice", "en", "USD", "45.20"),
        ("it was 1,200 dollars and 20 cents", "en", "USD", "1200.2"),
        ("45 bucks", "en", "USD", "45"),
        ("I paid 3 thousand pounds", "en", "GBP", "3000"),
        ("€1.234,56 please", "en", "EUR", "1234.56"),
        ("EUR 12", "en", "EUR", "12"),
        ("a 12 500 Ft-os számla", "hu", "HUF", "12500"),
        ("12.500 forintot fizettem", "hu", "HUF", "12500"),
        ("12 ezer forintért", "hu", "HUF", "12000"),
        ("300 ש״ח", "he", "ILS", "300"),
        ("שילמתי 300 שקלים", "he", "ILS", "300"),
        ("₪99.90", "he", "ILS", "99.90"),
    ],
)
def test_an_amount_has_its_value_and_currency(text: str, language: str, currency: str, value: str) -> None:
    assert [(name, number) for name, number, _ in found(text, FactKind.AMOUNT, language)] == [
        (currency, value)
    ]


@pytest.mark.parametrize(
    "text", ["12 font size", "3 buckets", "the 5 ftp servers", "45", "$", "a dollar", "2 of $"]
)
def test_what_only_looks_like_an_amount_is_none(text: str) -> None:
    assert found(text, FactKind.AMOUNT) == []


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("on 2026-03-04", "en", "2026-03-04"),
        ("on 3/4/2026", "en", "2026-03-04"),
        ("on 13/4/2026", "en", "2026-04-13"),
        ("am 3.4.2026", "de", "2026-04-03"),
        ("March 4th", "en", "--03-04"),
        ("the 4th of March 2026", "en", "2026-03-04"),
        ("2026. március 4-én", "hu", "2026-03-04"),
        ("4 במרץ 2026", "he", "2026-03-04"),
        ("4 de marzo de 2026", "es", "2026-03-04"),
        ("tomorrow", "en", "2026-03-03"),
        ("the day before yesterday", "en", "2026-02-28"),
        ("3 days ago", "en", "2026-02-27"),
        ("in 2 weeks", "en", "2026-03-16"),
        ("3 napja", "hu", "2026-02-27"),
        ("2 hét múlva", "hu", "2026-03-16"),
        ("holnapután", "hu", "2026-03-04"),
        ("אתמול", "he", "2026-03-01"),
    ],
)
def test_a_day_has_its_value(text: str, language: str, value: str) -> None:
    assert [number for _, number, _ in found(text, FactKind.DATE, language)] == [value]


@pytest.mark.parametrize(
    "text", ["on 45/13/2026", "you may 5 times", "march 4 miles", "1/2", "Februar 31", "10-12-14-16"]
)
def test_what_no_calendar_has_is_no_day(text: str) -> None:
    assert found(text, FactKind.DATE) == []


def test_the_region_says_whether_the_month_comes_first() -> None:
    turns = [Turn(Party.CUSTOMER, "on 3/4/2026")]
    assert [one.value for one in FactFinder(region="GB").find(turns, language="en")] == ["2026-04-03"]


def test_without_the_day_of_the_interaction_tomorrow_has_no_value() -> None:
    assert [one.value for one in FactFinder().find([Turn(Party.CUSTOMER, "tomorrow")])] == [None]


@pytest.mark.parametrize(
    ("text", "language", "name", "value"),
    [
        ("order number 12345-AB", "en", "order", "12345-AB"),
        ("my order is #778812", "en", "order", "778812"),
        ("order 12 34 56", "en", "order", "123456"),
        ("ticket INC0012345", "en", "ticket", "INC0012345"),
        ("it says INC0012345 here", "en", "number", "INC0012345"),
        ("invoice no. 2026/0001", "en", "invoice", "2026/0001"),
        ("a rendelésszámom: 558-22919", "hu", "order", "558-22919"),
        ("a számlaszám 1234567", "hu", "invoice", "1234567"),
        ("החשבונית 223344", "he", "invoice", "223344"),
        ("מספר הזמנה 998877", "he", "order", "998877"),
    ],
)
def test_a_reference_says_what_it_is_of(text: str, language: str, name: str, value: str) -> None:
    assert [(one, number) for one, number, _ in found(text, FactKind.REFERENCE, language)] == [(name, value)]


@pytest.mark.parametrize(
    "text",
    ["order 3 pizzas", "order in 2024", "my bill of $1200.50", "in order to call 1234", "the model is good"],
)
def test_what_only_looks_like_a_reference_is_none(text: str) -> None:
    assert found(text, FactKind.REFERENCE) == []
