"""Lists are narrowed by the parameters of their address."""

from datetime import timedelta

import pytest

from tests.service.dashboard.conftest import Site
from tests.service.dashboard.reading import Element, read


def rows(html: str) -> list[Element]:
    """The lines of the first table."""
    tables = read(html).find("table")
    return tables[0].find("tbody")[0].find("tr") if tables else []


@pytest.mark.parametrize(
    ("parameter", "value", "shown"),
    [
        ("channel", "email", "E-mail"),
        ("reason", "Billing and payments", "Billing and payments"),
        ("reason", "Connection lost", "Connection lost"),
        ("no_reason", "unreliable", "Transcript not reliable"),
        ("agent", "Priya Raman", "Priya Raman"),
        ("status", "failed", "Failed"),
        ("customer", "(415) 555-2671", "Maria Alvarez"),
        ("customer", "MARIA.ALVAREZ@example.com", "Maria Alvarez"),
        ("customer", "C-1001", "Maria Alvarez"),
        ("customer", "alvarez", "Maria Alvarez"),
    ],
)
def test_a_filter_keeps_only_what_it_names(site: Site, parameter: str, value: str, shown: str) -> None:
    found = rows(site.get("/interactions", **{parameter: value}))
    assert found
    assert all(shown in row.text for row in found)


def test_days_and_words_are_filters_too(site: Site) -> None:
    today = rows(site.get("/interactions", first=site.today, last=site.today))
    assert 0 < len(today) < len(rows(site.get("/interactions")))
    assert len(rows(site.get("/interactions", text="has still not arrived"))) == 1


def test_a_list_is_narrowed_to_conversations_that_went_better_or_worse(site: Site) -> None:
    everything = len(rows(site.get("/interactions")))
    better = len(rows(site.get("/interactions", sentiment_shift="better")))
    assert 0 < better < everything
    assert len(rows(site.get("/interactions", sentiment_shift="sideways"))) == everything


def test_an_unknown_customer_has_no_interactions(site: Site) -> None:
    assert "No interaction matches." in site.get("/interactions", customer="+1 999 000 0000")


def test_what_is_no_day_asks_nothing(site: Site) -> None:
    assert rows(site.get("/interactions", first="yesterday"))


def test_pages_follow_each_other(site: Site) -> None:
    first = read(site.get("/interactions"))
    following = next(link for link in first.find("a") if link.attributes.get("rel") == "next")
    ids = {link.attributes["href"] for link in first.find("tbody")[0].find("a")}
    more = {
        link.attributes["href"]
        for link in read(site.get(following.attributes["href"])).find("tbody")[0].find("a")
    }
    assert {path for path in ids & more if path.startswith("/interactions/")} == set()


def test_a_wrong_cursor_is_told_in_a_sentence(site: Site) -> None:
    answer = site.browser.get("/interactions", params={"cursor": "nonsense"})
    assert answer.status_code == 422
    assert "Begin at the first page." in answer.text


def test_the_overview_counts_the_period_and_the_filters(site: Site) -> None:
    def total(**parameters: object) -> int:
        tile = read(site.get("/", **parameters)).find("a", class_="tile")[0]
        return int(tile.find("strong")[0].text.replace(",", ""))

    assert total(period=7) < total(period=28) < total(period=364)
    assert total(period=364, channel="email") < total(period=364)
    today = {"first": site.today, "last": site.today}
    assert total(**today) == len(rows(site.get("/interactions", **today)))
    past = site.today - timedelta(days=400)
    assert total(first=past, last=past) == 0
    assert "Nothing was analysed in this period." in site.get("/", first=past, last=past)


def test_an_impossible_period_is_told_in_a_sentence(site: Site) -> None:
    answer = site.browser.get("/", params={"first": "2026-05-01", "last": "2026-04-01"})
    assert answer.status_code == 422
    assert "bad_period" in answer.text


@pytest.mark.parametrize("asked", ["+14155552671", "maria", "MARIA.alvarez@example.com", "C-1001"])
def test_customers_are_found_by_anything_known_of_them(site: Site, asked: str) -> None:
    found = rows(site.get("/customers", q=asked))
    assert [row.find("a")[0].text for row in found] == ["Maria Alvarez"]


def test_a_customer_shows_every_channel(site: Site) -> None:
    text = read(site.get(f"/customers/{site.seeded.customer}")).text
    assert "Re: Charged twice for my March invoice" in text
    assert "+14155552671" in text
    assert "Call" in text
