"""The page of discovery: new words, themes, and a theme that becomes a reason."""

from uuid import UUID

from service.store import archive_runs, reason_examples, taxonomies, themes
from service.store.themes import Asked, NewTheme
from service.taxonomies import Reason
from tests.service.dashboard.conftest import Site
from tests.service.dashboard.reading import read
from tests.service.dashboard.test_changes import send


def found_theme(site: Site) -> UUID:
    """A theme of two interactions, and a taxonomy of the user's own."""
    said = [(site.seeded.call, 0, "<b>The bundle</b> is gone"), (site.seeded.mail, 0, "my bundle is gone")]
    with site.database.transaction() as session:
        run, _ = themes.begin(session, Asked(), days=(None, None), fewest=2)
        themes.write(session, run, [NewTheme(("bundle", "gone"), 0.9, said)], read_of=2)
        taxonomies.put(session, "ours", [Reason(name="Bills")])
        return themes.of(session, run.id, quotes=3)[0].row.id


def test_a_theme_is_shown_and_becomes_a_reason_with_its_statements(own_site: Site) -> None:
    theme_id = found_theme(own_site)
    page = own_site.get("/discovery")
    (section,) = read(page).find("section", **{"aria-labelledby": "themes"})
    assert "bundle · gone" in section.text
    assert "<b>The bundle</b>" not in page

    fields = {"taxonomy": "ours", "reason": "Bundle gone", "parent": "Bills"}
    status, location = send(own_site, f"/discovery/themes/{theme_id}/accept", **fields)
    assert (status, location) == (303, "/discovery?done=theme_accepted#themes")
    assert "The theme is a reason of the draft now" in own_site.get("/discovery", done="theme_accepted")
    with own_site.database.reading() as session:
        row = taxonomies.get(session, "ours")
        assert [(one.name, one.parent) for one in taxonomies.draft(row)] == [
            ("Bills", None),
            ("Bundle gone", "Bills"),
        ]
        kept = reason_examples.of(session, row, reason="Bundle gone")
        assert {one.text for one in kept} == {"<b>The bundle</b> is gone", "my bundle is gone"}
        assert themes.get(session, theme_id).accepted_reason == "Bundle gone"


def test_a_theme_can_add_to_a_reason_that_is_there(own_site: Site) -> None:
    theme_id = found_theme(own_site)
    assert send(own_site, f"/discovery/themes/{theme_id}/accept", taxonomy="ours", reason=" bills ")[0] == 303
    with own_site.database.reading() as session:
        row = taxonomies.get(session, "ours")
        assert len(taxonomies.draft(row)) == 1
        assert taxonomies.example_counts(session, row) == {"Bills": 2}


def test_themes_are_sought_from_the_page(own_site: Site) -> None:
    assert send(own_site, "/discovery/themes", fewest="3", first="", last="")[0] == 303
    with own_site.database.reading() as session:
        (run,) = archive_runs.latest(session, themes.KIND)
        assert run.parameters["fewest"] == 3
    assert "being sought" in own_site.get("/discovery")
    for wrong in ("", "1", "x", "٣"):
        assert send(own_site, "/discovery/themes", fewest=wrong)[0] == 422


def test_what_is_wrong_with_an_acceptance_is_told(own_site: Site) -> None:
    theme_id = found_theme(own_site)
    assert send(own_site, f"/discovery/themes/{theme_id}/accept", taxonomy="none", reason="x")[0] == 404
    assert send(own_site, f"/discovery/themes/{theme_id}/accept", taxonomy="ours", reason=" ")[0] == 422
