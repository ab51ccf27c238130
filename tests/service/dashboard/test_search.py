"""The page of the search."""

from tests.service.dashboard.conftest import Site
from tests.service.dashboard.reading import read


def test_a_hit_leads_to_its_turn_with_the_words_marked(site: Site) -> None:
    page = read(site.get("/search", q="the", party="customer"))

    assert [link for link in page.find("a") if "#turn-" in link.attributes["href"]]
    assert {mark.text.lower() for mark in page.find("mark")} == {"the"}


def test_filters_and_query_stay_in_the_form_and_narrow(site: Site) -> None:
    page = read(site.get("/search", q="the", channel="email", order="newest"))

    assert page.find("input", name="q")[0].attributes["value"] == "the"
    assert page.find("details")[0].has(open="") or "open" in page.find("details")[0].attributes
    rows = page.find("tbody")[0].find("tr")
    assert rows
    assert all("E-mail" in row.text for row in rows)


def test_a_query_without_a_word_is_told_on_the_page(site: Site) -> None:
    assert "This cannot be read:" in site.get("/search", q="😡")
    assert "Nothing was found." in site.get("/search", q="zzzzzz")
    assert "&lt;script&gt;" in site.get("/search", q="<script>alert(1)</script>")


def test_pages_follow_each_other(site: Site) -> None:
    page = read(site.get("/search", q="the OR a OR i"))
    (link,) = page.find("a", rel="next")
    other = read(site.get(link.attributes["href"]))

    def ids(tree: object) -> set[str]:
        return {a.attributes["href"] for a in tree.find("tbody")[0].find("a")}  # type: ignore[attr-defined]

    assert not ids(page) & ids(other)
