"""The page of facts: what is named, the lists of terms, and what of it is shown on an interaction."""

from service.dashboard.term_lines import read_lines, written
from service.intake.term_lists import read_term_list
from service.store import facts
from service.store.facts import NewFact
from tests.service.dashboard.conftest import Site
from tests.service.dashboard.reading import read
from tests.service.dashboard.test_changes import send

LINES = "Telekom = T-Mobile, Magyar Telekom\n\nOne [exact]\n<b>Bold</b>"


def name_something(site: Site) -> None:
    """The customer of a call names a competitor and means to go there."""
    named = {"turn": 0, "party": "customer", "start_char": 0, "end_char": 4}
    with site.database.transaction() as session:
        found = [
            NewFact(kind="competitor", name="<i>Rival</i>", **named),
            NewFact(kind="switch_intent", name="", **named),
            NewFact(kind="amount", name="USD", value="45.20", **named),
        ]
        facts.replace(session, site.seeded.call, found)


def test_lines_say_what_a_list_holds() -> None:
    terms = read_lines(LINES)

    assert terms[0] == {"name": "Telekom", "aliases": ["T-Mobile", "Magyar Telekom"], "exact_case": False}
    assert terms[1] == {"name": "One", "aliases": [], "exact_case": True}
    assert read_lines(written(terms)) == terms
    assert len(read_term_list({"kind": "competitor", "terms": terms})[1]) == 3


def test_a_list_is_saved_applied_and_forgotten(own_site: Site) -> None:
    saved = send(own_site, "/facts/lists", name="rivals & co", kind="competitor", lines=LINES)
    assert saved == (303, "/facts?list=rivals%20%26%20co&done=terms_saved#form")
    page = own_site.get("/facts", list="rivals & co")
    assert "Telekom = T-Mobile, Magyar Telekom" in page
    assert "<b>Bold</b>" not in page
    assert send(own_site, "/facts/lists/apply")[0] == 303
    assert "facts before" in own_site.get("/facts")
    assert send(own_site, "/facts/lists/remove", name="rivals & co")[0] == 303
    assert "There is no list yet." in own_site.get("/facts")


def test_a_mistake_in_a_list_is_told(own_site: Site) -> None:
    assert send(own_site, "/facts/lists", name="x", kind="competitor", lines="…")[0] == 422
    assert send(own_site, "/facts/lists", name="x", kind="enemy", lines="A")[0] == 422
    assert send(own_site, "/facts/lists", name=" ", kind="competitor", lines="A")[0] == 422


def test_what_is_named_stands_on_the_interaction_and_is_counted(own_site: Site) -> None:
    name_something(own_site)
    page = own_site.get(f"/interactions/{own_site.seeded.call}")

    (named,) = read(page).find("section", **{"aria-labelledby": "named"})
    assert "Competitors" in named.text
    assert "45.20" in named.text
    assert "<i>Rival</i>" not in page
    (counted,) = read(own_site.get("/facts", period=364)).find("section", **{"aria-labelledby": "mentioned"})
    assert "<i>Rival</i>" in counted.text
    going = read(own_site.get("/facts", period=364, kind="switch_intent"))
    assert "nobody named" in going.find("section", **{"aria-labelledby": "mentioned"})[0].text


def test_interactions_are_narrowed_by_what_is_named(own_site: Site) -> None:
    name_something(own_site)
    page = own_site.get("/interactions", fact_kind="competitor", fact="<i>Rival</i>")

    assert f"/interactions/{own_site.seeded.call}" in page
    assert f"/interactions/{own_site.seeded.mail}" not in page
