"""The page of phrases: search, lists, and what of them is shown on an interaction."""

import pytest

from service.dashboard.phrases import read_lines, written
from service.errors import InvalidInput
from service.intake.phrase_lists import read_phrase_list
from service.store import interactions, phrase_hits, phrase_lists, transcripts
from tests.service.dashboard.conftest import Site
from tests.service.dashboard.reading import read
from tests.service.dashboard.test_changes import send

LINES = "greeting [agent first 2m] = (thank* | how)\n\ngoodbye [sound] = thank you goodbye"


def test_lines_of_the_form_say_all_of_a_list_and_come_back() -> None:
    phrases = read_lines(LINES)

    assert phrases == [
        {
            "name": "greeting",
            "query": "(thank* | how)",
            "party": "agent",
            "window": "first 2m",
            "sound": False,
        },
        {"name": "goodbye", "query": "thank you goodbye", "party": None, "window": None, "sound": True},
    ]
    assert read_lines(written(phrases)) == phrases
    assert len(read_phrase_list({"phrases": phrases})) == 2


@pytest.mark.parametrize("line", ["refund", "= money", "[agent] = money", "refund ="])
def test_a_line_that_is_none_is_told_with_its_number(line: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_lines(f"a = b\n{line}")
    assert caught.value.detail.startswith("Line 2 ")


def test_hits_of_a_search_lead_to_their_turn(site: Site) -> None:
    page = read(site.get("/phrases", query="the", party="customer"))

    links = [link.attributes["href"] for link in page.find("a") if "#turn-" in link.attributes["href"]]
    assert links
    assert page.find("mark")


def test_a_mistake_in_a_search_is_told_on_the_page(site: Site) -> None:
    assert "This cannot be read:" in site.get("/phrases", query="(the")


def test_a_list_is_saved_applied_shown_and_removed(own_site: Site) -> None:
    status, location = send(own_site, "/phrases/lists", name="manners & co", lines=LINES)
    assert (status, location) == (303, "/phrases?list=manners%20%26%20co&done=phrases_saved#form")
    page = read(own_site.get(location.partition("#")[0]))
    assert page.find("textarea")[0].text.startswith("greeting [agent first 2m] = (thank* | how)")
    with own_site.database.transaction() as session:
        row = interactions.get(session, own_site.seeded.call)
        turns = transcripts.turns(session, row.id)
        hits = phrase_hits.matched(phrase_lists.list_all(session), turns, duration_ms=row.duration_ms)
        phrase_hits.replace(session, row.id, hits)
    assert "Phrases found" in own_site.get(f"/interactions/{own_site.seeded.call}")
    filtered = own_site.get("/interactions", phrase="greeting", phrase_list="manners & co")
    assert str(own_site.seeded.call) in filtered
    assert str(own_site.seeded.mail) not in filtered
    assert send(own_site, "/phrases/lists/apply", name="manners & co")[0] == 303
    assert "interactions" in own_site.get("/phrases")
    assert send(own_site, "/phrases/lists/remove", name="manners & co")[0] == 303
    assert "Phrases found" not in own_site.get(f"/interactions/{own_site.seeded.call}")


@pytest.mark.parametrize("lines", ["", "a = (b", "a [sometimes] = b", "a = b\na = c"])
def test_a_list_that_cannot_be_is_told_and_not_saved(own_site: Site, lines: str) -> None:
    assert send(own_site, "/phrases/lists", name="x", lines=lines)[0] == 422
    with own_site.database.reading() as session:
        assert phrase_lists.list_all(session) == []
